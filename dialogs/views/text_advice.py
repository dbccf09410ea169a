"""Looking over a long text with the applicant: its 字数, which demanded parts are there, what must be masked."""

import re
from collections.abc import Iterator

from dialogs.context import TurnContext
from dialogs.fields.private_data import find_private
from dialogs.views.field_view import shorten
from knowledge.form import Field, Rule
from knowledge.notice import Citation
from knowledge.text.word_count import count_words

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_SHOWN = 46  # characters of a sentence; the message must fit a screen


def advise(context: TurnContext, field: Field) -> None:
    """Say what a text has and lacks, each demanded part with the sentence that shows it."""
    held = context.draft.values.get(field.key)
    if held is None:
        context.tell("advice.empty", label=field.label)
        return
    text = held.display
    rules = [rule for rule in field.rules if rule.rule == "mentions"]
    lines = [_count(context, field, text)]
    lines += [line for rule in rules for line in _parts(context, text, rule)]
    lines += _private(context, text)
    citations = tuple(Citation(clause=rule.clause, quote=rule.quote) for rule in rules if rule.clause and rule.quote)
    lines += [context.words("advice.grounds", clause=each.clause, quote=each.quote) for each in citations]
    context.say("\n".join(lines), (), citations)


def _count(context: TurnContext, field: Field, text: str) -> str:
    count = count_words(text)
    limits = [_limit(context, rule) for rule in field.rules if rule.rule == "word_limit"]
    if not limits:
        return context.words("advice.count", label=field.label, count=count)
    left = limits[0] - count
    return context.words("advice.count_limit", label=field.label, count=count, limit=limits[0], left=left)


def _limit(context: TurnContext, rule: Rule) -> int:
    return int(context.pack.facts.number(rule.limit) if isinstance(rule.limit, str) else str(rule.limit or 0))


def _parts(context: TurnContext, text: str, rule: Rule) -> Iterator[str]:
    """Point at the sentence that says most about each part; among equals, at one not pointed at yet."""
    sentences = [match[0].strip() for match in _SENTENCE.finditer(text)]
    used: set[str] = set()
    for part, words in rule.words.items():
        counts = {sentence: sum(word in sentence for word in words) for sentence in sentences}
        best = max(sentences, key=lambda each: (counts[each], each not in used), default="")
        if not counts.get(best):
            yield context.words("advice.part_missing", part=part)
            continue
        used.add(best)
        yield context.words("advice.part_there", part=part, sentence=shorten(best, _SHOWN))


def _private(context: TurnContext, text: str) -> list[str]:
    """Point at personal data by paragraph and place, without repeating it."""
    lines = []
    for found in find_private(text):
        before = text[: found.start].split("\n")
        paragraph = sum(1 for line in before if line.strip()) or 1
        place = {"paragraph": paragraph, "place": len(before[-1]) + 1}
        lines.append(context.words("advice.private", what=found.what, shown=found.shown, **place))
    return lines
