"""Open topics as staff read them: a message, or entries to paste into `faq/answers.yaml` or `faq/open.yaml`."""

import json

from bot.messages import say
from bot.office.open_topics import OpenTopic, OpenTopics
from knowledge.pack import NoticePack

SHOWN = 10  # topics in one message
ALSO = 3  # further wordings shown of each


def as_message(found: OpenTopics, pack: NoticePack, *, shown: int = SHOWN) -> str:
    """Write the open topics as one message of at most `shown` topics."""
    parts = [say("open.head", times=found.times, topics=len(found.topics)) if found.topics else say("open.none")]
    parts += [_topic(number, topic, pack) for number, topic in enumerate(found.topics[:shown], 1)]
    if len(found.topics) > shown:
        parts.append(say("open.more", number=len(found.topics) - shown))
    if found.left_open:
        topics = "、".join(_times(question, number) for question, number in found.left_open.items())
        parts.append(say("open.left_open", topics=topics))
    if found.settled:
        parts.append(say("open.settled", number=found.settled))
    return "\n\n".join([*parts, say("open.how")] if found.topics else parts)


def _topic(number: int, topic: OpenTopic, pack: NoticePack) -> str:
    lines = [say("open.topic", number=number, question=_times(topic.group.head, topic.group.times))]
    if others := list(topic.group.wordings)[1 : 1 + ALSO]:
        lines.append(say("open.also", others="；".join(others)))
    if topic.field in pack.fields:
        lines.append(say("open.at_field", label=pack.fields[str(topic.field)].label))
    if topic.nearest is not None:
        lines.append(say("open.nearest", question=topic.nearest.question, id=topic.nearest.entry))
    return "\n".join(lines)


def _times(question: str, number: int) -> str:
    return say("open.times", question=question, number=number)


def as_yaml(found: OpenTopics, pack: NoticePack) -> str:
    """Write the open topics as entries for the files of the FAQ, the answers left to staff."""
    taken = {entry.id for entry in pack.faq.entries}
    names = (name for number in range(1, len(taken) + len(found.topics) + 1) if (name := f"new_{number}") not in taken)
    entries = [_entry(name, topic) for name, topic in zip(names, found.topics, strict=False)]
    return "\n\n".join([say("open.yaml_head"), *entries])


def _entry(name: str, topic: OpenTopic) -> str:
    question, *others = topic.group.wordings
    lines = [say("open.yaml_times", number=topic.group.times)]
    if topic.nearest is not None:
        lines.append(say("open.yaml_nearest", id=topic.nearest.entry, question=topic.nearest.question))
    lines += [f"- id: {name}", f"  question: {json.dumps(question, ensure_ascii=False)}"]
    if others:
        lines += ["  variants: |", *(f"    {other}" for other in others)]
    lines.append("  answer:")
    if topic.field:
        lines.append(f"  fields: [{topic.field}]")
    return "\n".join(lines)
