"""Open topics as staff read them: a message, or entries to paste into `faq/answers.yaml` or `faq/open.yaml`."""

import json

from bot.office.open_topics import OpenTopic, OpenTopics
from knowledge.pack import NoticePack

SHOWN = 10  # topics in one message
ALSO = 3  # further wordings shown of each

NOTHING = "没有答不上来的问题。"
HEAD = "没有答上来的问题：{times}次，归为{topics}个话题，问得多的在前。"
MORE = "……还有{number}个话题，运行 shenbao unanswered 可以看全部。"
LEFT_OPEN = "通知没有说明、已如实答复的：{topics}。"
SETTLED = "另有{number}次当时没答上来，现在的问答已经能回答，不再列出。"
HOW = (
    "要补充问答：运行 shenbao unanswered --yaml，把需要的条目粘贴到 faq/answers.yaml"
    "（通知没有说的，粘贴到 faq/open.yaml）的 entries 下面，写好答复后保存即可生效。"
)

YAML_HEAD = """\
# 由申报人没有得到回答的问题整理（个人信息已隐去）。没有写好答复之前保存，会提示并且不生效。
# · 通知里有依据的：粘贴到 faq/answers.yaml 的 entries 下面，写好 answer，补上 cites，逐字引用原文。
# · 通知没有说明的：粘贴到 faq/open.yaml 的 entries 下面，把 answer 换成 about，例如 about: 用餐安排。"""
YAML_NEAREST = (
    "# 最接近的已有问答：{id}（{question}）。问的是同一件事的话，不必新建，把这些问法加到 faq/wordings 里它的名下。"
)


def as_message(found: OpenTopics, pack: NoticePack, *, shown: int = SHOWN) -> str:
    """Write the open topics as one message of at most `shown` topics."""
    parts = [HEAD.format(times=found.times, topics=len(found.topics)) if found.topics else NOTHING]
    parts += [_topic(number, topic, pack) for number, topic in enumerate(found.topics[:shown], 1)]
    if len(found.topics) > shown:
        parts.append(MORE.format(number=len(found.topics) - shown))
    if found.left_open:
        parts.append(LEFT_OPEN.format(topics="、".join(_times(question, n) for question, n in found.left_open.items())))
    if found.settled:
        parts.append(SETTLED.format(number=found.settled))
    return "\n\n".join([*parts, HOW] if found.topics else parts)


def _topic(number: int, topic: OpenTopic, pack: NoticePack) -> str:
    lines = [f"{number}. {_times(topic.group.head, topic.group.times)}"]
    if others := list(topic.group.wordings)[1 : 1 + ALSO]:
        lines.append(f"   也问：{'；'.join(others)}")
    if topic.field in pack.fields:
        lines.append(f"   多在填“{pack.fields[str(topic.field)].label}”时问")
    if topic.nearest is not None:
        lines.append(f"   最接近的问答：{topic.nearest.question}（{topic.nearest.entry}）")
    return "\n".join(lines)


def _times(question: str, number: int) -> str:
    return f"{question}（{number}次）"


def as_yaml(found: OpenTopics, pack: NoticePack) -> str:
    """Write the open topics as entries for the files of the FAQ, the answers left to staff."""
    taken = {entry.id for entry in pack.faq.entries}
    names = (name for number in range(1, len(taken) + len(found.topics) + 1) if (name := f"new_{number}") not in taken)
    entries = [_entry(name, topic) for name, topic in zip(names, found.topics, strict=False)]
    return "\n\n".join([YAML_HEAD, *entries])


def _entry(name: str, topic: OpenTopic) -> str:
    question, *others = topic.group.wordings
    lines = [f"# 共问过{topic.group.times}次"]
    if topic.nearest is not None:
        lines.append(YAML_NEAREST.format(id=topic.nearest.entry, question=topic.nearest.question))
    lines += [f"- id: {name}", f"  question: {json.dumps(question, ensure_ascii=False)}"]
    if others:
        lines += ["  variants: |", *(f"    {other}" for other in others)]
    lines.append("  answer:")
    if topic.field:
        lines.append(f"  fields: [{topic.field}]")
    return "\n".join(lines)
