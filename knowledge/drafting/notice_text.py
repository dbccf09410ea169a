"""A notice as issued, cut into clauses under its own numbers: 一 · 二（一） · 二（一）1 · 四.2 · 第十六条（一）."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from knowledge.drafting.word_lists import load
from knowledge.model import Model

_HAN = "一二三四五六七八九十百"
_LEVELS = (
    re.compile(rf"第[{_HAN}]+章"),
    re.compile(rf"第[{_HAN}]+条"),
    re.compile(rf"(?P<n>[{_HAN}]{{1,3}})、"),
    re.compile(rf"[（(](?P<n>[{_HAN}]{{1,3}})[）)]"),
    re.compile(r"(?P<n>\d{1,2})(?:[．、]|\.(?!\d))"),
    re.compile(r"[（(](?P<n>\d{1,2})[）)]"),
)
_CHAPTER, _ARTICLE, _PART, _SECTION, _ITEM, _POINT = range(6)
_LONGEST_TITLE = 30
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[【（(]\d{4}[〕\]】）)]\s*\d+\s*号")
_DATE_LINE = re.compile(
    r"\s*(?:\d{4}|[二〇○零一三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*(?:印发)?\s*"
)

_PRINTED = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?=\s*印发)")


class NoticeWords(Model):
    """Words by which the parts of a notice around its clauses are known (`notice_words.yaml`)."""

    tail: dict[str, tuple[str, ...]]
    subject: tuple[str, ...]
    heads: dict[str, str]


@cache
def notice_words() -> NoticeWords:
    """Give them."""
    return load(NoticeWords, "notice_words.yaml")


@dataclass(slots=True)
class DraftClause:
    """A clause of the notice: its anchor, its title (may be empty), its lines."""

    anchor: str
    title: str
    lines: list[str] = field(default_factory=list)
    deep: bool = False

    @property
    def text(self) -> str:
        """The verbatim text."""
        return "\n".join(self.lines).strip()

    @property
    def sentences(self) -> Iterator[str]:
        """Go through the sentences, without the number they may begin with and without the mark at their end."""
        for line in self.lines:
            for sentence in re.split(r"(?<=[。！；])", line):
                plain = unnumbered(sentence.strip()).strip("。！； \u3000")
                if plain:
                    yield plain


def unnumbered(line: str) -> str:
    """Drop the number a line begins with."""
    for pattern in _LEVELS:
        found = pattern.match(line)
        if found:
            return line[found.end() :].lstrip("\u3000 ")
    return line


def clauses_of(text: str) -> list[DraftClause]:
    """Cut a notice into clauses, head and tail under anchors of their own."""
    lines = [re.sub(r"^#{1,6}\s*", "", line).strip("\u3000 \t") for line in text.splitlines()]
    lines = [line for line in lines if line and not re.fullmatch(r"[-—_=*]{3,}", line)]
    first = next((number for number, line in enumerate(lines) if _level(line) is not None), len(lines))
    tail = _tail_begins(lines, first)
    found = [*_head(lines[:first]), *_body(lines[first:tail]), *_tail(lines[tail:])]
    return _distinct(found)


def _level(line: str) -> int | None:
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(line)), None)


def _head(lines: Sequence[str]) -> Iterator[DraftClause]:
    heads, rest, subject, addressed = notice_words().heads, list[str](), list[str](), False
    for number, line in enumerate(lines):
        plain = re.sub(r"\s+", "", line)
        if _NUMBER.fullmatch(plain):
            yield DraftClause(heads["number"], "", [line])
        elif not subject and (plain.startswith("关于") or plain.endswith(notice_words().subject)):
            subject.append(line)
            yield DraftClause(heads["subject"], "", subject)
        elif number == 0 and len(plain) <= _LONGEST_TITLE and not subject and len(lines) > 1:
            yield DraftClause(heads["issuer"], "", [line])
        elif plain.endswith(("：", ":")) and len(plain) < 4 * _LONGEST_TITLE and subject and not rest and not addressed:
            addressed = True
            yield DraftClause(heads["to"], "", [line])
        else:
            rest.append(line)
    if rest:
        yield DraftClause(heads["preamble"], "", rest)


def _body(lines: Sequence[str]) -> Iterator[DraftClause]:
    path: dict[int, str] = {}
    current: DraftClause | None = None
    for line in lines:
        level = _level(line)
        if level is None or (level == _ARTICLE and not _LEVELS[_ARTICLE].match(line)):
            if current is not None:
                current.lines.append(line)
            continue
        if current is not None:
            yield current
        found = _LEVELS[level].match(line)
        number = found[0] if level in (_CHAPTER, _ARTICLE) else found["n"]  # type: ignore[index]
        path = {deep: part for deep, part in path.items() if deep < level} | {level: number}
        titled = level in (_CHAPTER, _PART) and len(line) <= _LONGEST_TITLE and "。" not in line
        current = DraftClause(_anchor(path), line if titled else "", [] if titled else [line], level > _PART)
    if current is not None:
        yield current


def _anchor(path: dict[int, str]) -> str:
    """Put the numbers together: 二（一）1, 四.2, 第十六条（一）."""
    if _ARTICLE in path:
        path = {level: part for level, part in path.items() if level >= _ARTICLE}
    anchor = ""
    for level, part in sorted(path.items()):
        if level in (_CHAPTER, _ARTICLE, _PART):
            anchor += part
        elif level in (_SECTION, _POINT):
            anchor += f"（{part}）"
        else:
            anchor += f".{part}" if anchor and not anchor.endswith("）") else part
    return anchor


def _tail_begins(lines: Sequence[str], first: int) -> int:
    """Find where the last clause ends: at the first line that is a contact, an attachment's name, a date."""
    last = max(
        (number for number, line in enumerate(lines) if _level(line) is not None and number >= first), default=first
    )
    for number in range(first, len(lines)):
        rest = [
            line
            for line in lines[number:]
            if (_level(line) or 0) in (_CHAPTER, _ARTICLE, _PART, _SECTION) and _level(line) is not None
        ]
        if _tail_name(lines[number]) and not rest:
            return number
    for number in range(last + 1, len(lines)):
        if _DATE_LINE.fullmatch(lines[number]):
            return number - 1 if number - 1 > last and len(lines[number - 1]) <= _LONGEST_TITLE else number
    return len(lines)


def _tail_name(line: str) -> str:
    plain = re.sub(r"\s+", "", line)
    return next((name for name, words in notice_words().tail.items() if plain.startswith(words)), "")


def _tail(lines: Sequence[str]) -> Iterator[DraftClause]:
    current: DraftClause | None = None
    signature = notice_words().heads["signature"]
    enclosed = notice_words().heads["enclosure"]
    for number, line in enumerate(lines):
        inside = current is not None and current.anchor == enclosed
        name = "" if inside else enclosed if re.fullmatch(r"附[件表]\s*\d*[：:]?", line) else _tail_name(line)
        if inside:
            current.lines.append(line)  # type: ignore[union-attr]
            continue
        follows = number + 1 < len(lines) and _DATE_LINE.fullmatch(lines[number + 1]) is not None
        if _DATE_LINE.fullmatch(line) or (follows and not name):
            name = signature
        if name and (current is None or current.anchor != name):
            if current is not None:
                yield current
            current = DraftClause(name, "", [])
        if current is None:
            current = DraftClause(signature, "", [])
        current.lines.append(line)
    if current is not None:
        yield current


def _distinct(clauses: list[DraftClause]) -> list[DraftClause]:
    seen: dict[str, int] = {}
    for clause in clauses:
        seen[clause.anchor] = seen.get(clause.anchor, 0) + 1
        if seen[clause.anchor] > 1:
            clause.anchor += f"-{seen[clause.anchor]}"
    return clauses


def issued_line(clauses: Sequence[DraftClause]) -> str:
    """Give the line with the date of issue; an empty text when there is none."""
    for clause in reversed(clauses):
        for line in reversed(clause.lines):
            if _DATE_LINE.fullmatch(line):
                return line
            if found := _PRINTED.search(line):
                return found[0]
    return ""
