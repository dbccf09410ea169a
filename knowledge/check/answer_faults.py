"""Do the answers say what the notice does not, and do wordings catch anything? Addresses, amounts in hanzi, 「什么」.

Numbers in figures are looked at with the rest of an entry (`faq_faults.py`).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from knowledge.facts import Facts
from knowledge.faq import FaqEntry
from knowledge.loading.faq_files import read_faq
from knowledge.notice import squeeze
from knowledge.pack import NoticePack
from knowledge.problems import Problem, Told, told
from knowledge.search.follow_up import is_like_any
from knowledge.search.index import wordings
from knowledge.text.numerals import whole_number

_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|https?://[A-Za-z0-9./_-]+")
_HANZI = "零〇一二两三四五六七八九十百千万"
_AMOUNT = re.compile(
    rf"(?<![第{_HANZI}、])([{_HANZI}]+)(?:个?工作日|个月|份|张|天|日|年|元|万元|字|名|人|次|小时|分钟)"
)
_NUMBER = re.compile(rf"\d+|[{_HANZI}]+")
_LEAST = 2  # 「一份」 and 「一次」 may say nothing but that there is something

_Place = tuple[int | str, ...]
_Fault = tuple[_Place, str, Told, bool]  # place in `Faq`, the words at fault, what is said, whether it is grave


def answer_problems(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List addresses and amounts of answers that stand nowhere in the notice, and wordings any question is like."""
    said = squeeze("".join(clause.title + clause.text for clause in pack.notice.clauses.values()))
    said += " ".join(pack.facts.shown(name) for name in pack.facts)
    numbers = {whole_number(words) for words in _NUMBER.findall(said)}
    faults = [
        (("entries", number, *place), words, text, grave)
        for number, entry in enumerate(pack.faq.entries)
        for place, words, text, grave in (*_in_answer(entry, said.lower(), numbers), *_greedy(entry))
    ]
    sources = read_faq(folder)[1] if faults else None
    for place, words, text, grave in faults:
        if sources is not None:
            yield Problem(*sources.where(place, words), *text, grave=grave)


def _in_answer(entry: FaqEntry, said: str, numbers: set[int | None]) -> Iterator[_Fault]:
    """Look at what an answer gives.

    A wrong address sends everybody's papers astray; an amount may be a way of speaking.
    """
    text = "" if entry.from_office else Facts.without_names(entry.answer)
    for address in dict.fromkeys(_ADDRESS.findall(text)):
        if address.lower().rstrip("./") not in said:
            yield ("answer",), address, told("faq.strange_address", address=address), True
    for match in _AMOUNT.finditer(text) if entry.covered else ():
        value = whole_number(match[1])
        if value is not None and value >= _LEAST and value not in numbers:
            yield ("answer",), match[0], told("faq.strange_amount", amount=match[0]), False


def _greedy(entry: FaqEntry) -> Iterator[_Fault]:
    """Find wordings without a topic of their own: whatever is asked is like them."""
    for wording in wordings(entry):
        if is_like_any(wording):
            part = "question" if wording == entry.question else "variants"
            yield (part,), wording, told("faq.greedy", wording=wording, id=entry.id), False
