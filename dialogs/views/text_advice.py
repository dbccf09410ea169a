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
        context.say(f"“{field.label}”还没有内容，写好发给我，我再帮您看。")
        return
    text = held.display
    rules = [rule for rule in field.rules if rule.rule == "mentions"]
    lines = [_count(context, field, text)]
    lines += [line for rule in rules for line in _parts(text, rule)]
    lines += _private(text)
    citations = tuple(Citation(clause=rule.clause, quote=rule.quote) for rule in rules if rule.clause and rule.quote)
    lines += [f"依据（{each.clause}）：“{each.quote}”" for each in citations]
    context.say("\n".join(lines), (), citations)


def _count(context: TurnContext, field: Field, text: str) -> str:
    count = count_words(text)
    limits = [_limit(context, rule) for rule in field.rules if rule.rule == "word_limit"]
    rest = f"，上限{limits[0]}字，还可以写{limits[0] - count}字" if limits else ""
    return f"“{field.label}”现有{count}字{rest}。"


def _limit(context: TurnContext, rule: Rule) -> int:
    return int(context.pack.facts.number(rule.limit) if isinstance(rule.limit, str) else str(rule.limit or 0))


def _parts(text: str, rule: Rule) -> Iterator[str]:
    """Point at the sentence that says most about each part; among equals, at one not pointed at yet."""
    sentences = [match[0].strip() for match in _SENTENCE.finditer(text)]
    used: set[str] = set()
    for part, words in rule.words.items():
        counts = {sentence: sum(word in sentence for word in words) for sentence in sentences}
        best = max(sentences, key=lambda each: (counts[each], each not in used), default="")
        if not counts.get(best):
            yield f"✗ {part}：还没有看到，建议补一两句"
            continue
        used.add(best)
        yield f"✓ {part}：“{shorten(best, _SHOWN)}”"


def _private(text: str) -> list[str]:
    """Point at personal data by paragraph and place, without repeating it."""
    lines = []
    for found in find_private(text):
        before = text[: found.start].split("\n")
        paragraph = sum(1 for line in before if line.strip()) or 1
        lines.append(f"⚠ 第{paragraph}段第{len(before[-1]) + 1}字起有{found.what}{found.shown}，请打码或删去")
    return lines
