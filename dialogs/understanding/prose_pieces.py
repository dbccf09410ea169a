"""A told message in its smallest pieces: cut at bars, between listed facts and at brackets; marks of a list left off.

People list facts in many ways: 1、…, • …, 📌…, a / b / c, a｜b, 参与320人、受益4100人, 已备案（备案号…）, 情况如下：….
Every piece is a literal stretch of the message. A list that is one value (专职3人、志愿者60人; 会费、社会捐赠) stays
whole: behind its comma nothing begins that names another field.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from dialogs.fields.registry import kind_of
from dialogs.understanding.clauses import SpokenClause, folded
from dialogs.understanding.frames import frame
from dialogs.understanding.mentions import Mention
from dialogs.understanding.prose_figures import paired
from dialogs.understanding.prose_names import leads_title, leads_unit, unit_in
from dialogs.understanding.prose_words import prose_words
from dialogs.understanding.situation import Situation
from knowledge.text.person_names import is_person

_BAR = re.compile(r"\s*[|｜]\s*|\s+/\s+|(?<=[㐀-鿿”》」）)\d])/(?=[㐀-鿿“《「])")
_PARTING = re.compile(r"[、/|｜\s（(【]")
_ITEM = re.compile(r"、(?=\S)|(?<=\S)\s+(?=\S)|(?<=[^\s【])(?=【)")
_BRACKET = re.compile(r"[（(](?P<inner>[^（()）]{2,60})[)）]")
_NUMBERED = re.compile(r"(?:[（(]\d{1,2}[)）]|\d{1,2}[、．)）]|\d{1,2}\.(?!\d)|[①-⑳⑴-⒇])\s*")
_LISTED = re.compile(r"(?:\A|[\n：:])\s*\d{1,2}[.、．)）]")
_LISTS = 3  # numbers at the beginnings of lines that make a numbered list
_TIGHT = re.compile(r"(?<![^\s：:])\d{1,2}\.(?=\d)")  # 7.80万元 in such a list
_INTRODUCTION = re.compile(r"(?P<said>[^:：\d]{2,16})[:：]\s*(?=\S)")
_NOUN = re.compile(r"项目|单位|名|人|号")
_CHAT_HEAD = re.compile(  # 小周 2024/1/30 10:21, as messengers write above what is copied out of them
    r"^[^\S\n]*\[?(?:[^\s\d:：]{1,12}[^\S\n]+)?(?:(?:\d{4}[-/年])?\d{1,2}[-/月]\d{1,2}日?[^\S\n]+)?"
    r"\d{1,2}:\d{2}(?::\d{2})?\]?[^\S\n]*[^\s:：]{0,12}[:：]?[^\S\n]*$",
    re.MULTILINE,
)
_DASHED = re.compile(r"[-–—*·●•◆■▪>]+\s*")
_QUOTE = re.compile(r"[“《「『][^”》」』]{2,40}[”》」』]")
_DATE = re.compile(r"(?:\d{2}|\d{4}|[零〇一二三四五六七八九]{4})(?:年|[./-]\d{1,2}(?!\d*[万亿%]))")
_NEAR = 1  # characters before the name of a field that begins a fact
PHONE = re.compile(
    r"(?<![\d备第字])(?:1\d{10}|1[3-9]\d[- ]\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|[48]00-?\d{3}-?\d{4}"
    r"|[2-8]\d{6,7})(?![\d号])"
    r"|[零〇一二三四五六七八九幺]{7}"
)
_FINDS = re.compile(r"(?:找|联系)(?!人|电话|方式|号码|手机)[一-鿿]{2,4}")
_OURS = re.compile(r"(?:我们?|咱们?|俺们?|本)(?:单位)?的?")
_AROUND = 9  # characters around an option: 项目属于互联网+…类
_MARK = 2  # characters between a name and what is said of it
_LEAST = 3  # characters of a fact before a listing comma
_MARKS = " \t\n，,。;；：:"


def pieces_of(text: str, cut: list[SpokenClause], at: Situation) -> list[SpokenClause]:
    """Give the pieces of a message's clauses, in order; cut once a turn."""
    return at.once("pieces", text, lambda: _cut(text, cut, at))


def lists_facts(text: str, cut: list[SpokenClause], at: Situation, least: int) -> bool:
    """Tell whether a message has so many pieces; most are not worth cutting: they hold no sign that parts facts."""
    return _PARTING.search(text) is not None and len(pieces_of(text, cut, at)) >= least


def _cut(text: str, cut: list[SpokenClause], at: Situation) -> list[SpokenClause]:
    listed = len(_LISTED.findall(text)) >= _LISTS
    heads = [match.span() for match in _CHAT_HEAD.finditer(text) if not at.mentions(folded(match[0]))]
    told = [clause for clause in cut if not any(start <= clause.start < end for start, end in heads)]
    return _joined([piece for clause in told for piece in _pieces_of(clause, text, at, listed=listed)], text, at)


def _joined(found: list[SpokenClause], text: str, at: Situation) -> list[SpokenClause]:
    """Join to a piece that only names a field what follows it: 项目，茶山直播间; 资金，8万."""
    joined: list[SpokenClause] = []
    for piece in found:
        before = joined[-1] if joined else None
        apart = tells(piece.plain, at) and not PHONE.fullmatch(piece.plain)
        near = before is not None and piece.start - before.end <= _MARK and not apart
        if before and near and (_names_only(before.plain, at) or _asks_only(before.plain, piece.plain, at)):
            words = folded(text[before.start : piece.end])
            joined[-1] = SpokenClause(before.start, piece.end, words, piece.mark)
        else:
            joined.append(piece)
    return joined


def _asks_only(plain: str, behind: str, at: Situation) -> bool:
    """Tell whether a piece is the name of a field of yes or no, and the next one answers it: 是否备案，是."""
    named = next((each for each in at.mentions(plain) if each.whole and each.part is None), None)
    one = at.pack.fields[named.keys[0]] if named is not None else None
    kind = kind_of(one) if one is not None else None
    return kind is not None and kind.assents and behind in (kind.typed(answer=True), kind.typed(answer=False))


def _names_only(plain: str, at: Situation) -> bool:
    """Tell whether a piece is nothing but the name of a field of names or figures, or of what is applied for."""
    if frame("{work_noun}|单位").fullmatch(plain) or plain.endswith(("有个项目", "有一个项目", "的项目是")):
        return True
    named = next((each for each in at.mentions(plain) if each.whole and each.part is None), None)
    whole = named is not None and named.end - named.start == len(plain)
    kind = kind_of(at.pack.fields[named.keys[0]]) if named is not None else None
    return (
        whole
        and kind is not None
        and (kind.titled or kind.named or kind.telling or (kind.numbered and not kind.assents))
    )


def _pieces_of(clause: SpokenClause, text: str, at: Situation, *, listed: bool) -> Iterator[SpokenClause]:
    if "http" in clause.plain:
        yield clause
        return
    edges = _edges(clause.plain, at)
    for number, (start, end) in enumerate(edges):
        first, last = _bare(text, clause.start + start, clause.start + end, listed=listed)
        first = _behind_opening(text, first, last, at)
        if first < last and not _opening().fullmatch(text[first:last] + "："):
            plain = clause.plain[first - clause.start : last - clause.start]
            yield SpokenClause(first, last, plain, clause.mark if number == len(edges) - 1 else "")


def _behind_opening(text: str, first: int, last: int, at: Situation) -> int:
    """Leave off what leads up to all that is told and names nothing itself: 把我们的情况说说：项目叫…."""
    match = _INTRODUCTION.match(text[first:last])
    if match is None or _NOUN.search(match["said"]) or any(each.whole for each in at.mentions(folded(match["said"]))):
        return first
    return first + match.end() if begins_fact(folded(text[first + match.end() : last]), at) else first


def _edges(plain: str, at: Situation) -> list[tuple[int, int]]:
    """Give where the pieces of a folded clause begin and end."""
    quotes = [match.span() for pattern in (_QUOTE, PHONE) for match in pattern.finditer(plain)]
    cuts = [match.span() for match in _BAR.finditer(plain)]
    names = [each for each in at.mentions(plain) if each.whole]
    for match in _BRACKET.finditer(plain):
        if plain.startswith((":", "："), match.end()) or any(each.start < match.start() < each.end for each in names):
            continue  # 联系人（申报单位）：…: the bracket belongs to the label
        if tells(match["inner"], at) or _stands_alone(plain[: match.start()]):
            cuts += [(match.start(), match.start() + 1), (match.end() - 1, match.end())]
    begin = 0
    for match in _ITEM.finditer(plain):
        left, right = plain[begin : match.start()], re.split(r"[、，,/|｜]", plain[match.end() :])[0]
        if len(left) >= _LEAST and begins_fact(right, at) and not _is_name_alone(left, at):
            cuts.append(match.span())
            begin = match.end()
    cuts = [span for span in sorted(cuts) if not any(a < span[1] and span[0] < b for a, b in quotes)]
    starts, ends = [0, *(b for _, b in cuts)], [*(a for a, _ in cuts), len(plain)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]


def begins_fact(plain: str, at: Situation) -> bool:
    """Tell whether words begin a fact of their own: with a field's name, a date, a quote, a phone, an option, a sum."""
    mentions = [each for each in at.mentions(plain) if each.part is None and not each.by_person]
    named = (
        any(each.start <= _NEAR or _OURS.fullmatch(plain[: each.start]) for each in mentions)
        or plain.startswith("【")
        or _FINDS.match(plain) is not None
    )
    named = named or (bool(unit_in(plain)) and any(_is_of_people(each, at) for each in mentions))
    counted = any(map(str.isdigit, plain)) and bool(mentions)
    shaped = any(pattern.search(plain) for pattern in (_DATE, PHONE)) or is_person(plain) or bool(_QUOTE.match(plain))
    return (
        named
        or counted
        or shaped
        or leads_title(plain)
        or leads_unit(plain)
        or is_option(plain, at)
        or bool(paired(plain, at, frozenset()))
    )


def _is_of_people(mention: Mention, at: Situation) -> bool:
    return all(kind_of(at.pack.fields[key]).people for key in mention.keys)


def tells(plain: str, at: Situation) -> bool:
    """Tell whether words tell of a field: by its name, or as where money comes from."""
    named = any(each.whole and each.part is None and each.start <= _NEAR for each in at.mentions(plain))
    return named or _source_end().search(plain) is not None or _long_code().search(plain) is not None


@lru_cache(1)
def _source_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{prose_words().source})\Z")


@lru_cache(1)
def _long_code() -> re.Pattern[str]:
    return re.compile(r"\d{6,}号?\Z")


@lru_cache(1)
def _self_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{prose_words().unit_head})+\Z")


def _stands_alone(before: str) -> bool:
    """Tell whether nothing but words for oneself stand before a bracket: 我单位（…）."""
    return bool(before) and _self_words().match(before) is not None


def _is_name_alone(left: str, at: Situation) -> bool:
    """Tell whether there is nothing but a field's name, of which something is said later: 参与人数、受益人数分别是…."""
    return any(not each.start and each.end == len(left) for each in at.mentions(left))


def is_option(plain: str, at: Situation) -> bool:
    """Tell whether words are an option with little around it: 归社会帮扶那类."""
    names = (
        choice.label.rpartition("+")[2]
        for one in at.pack.form.fields
        if kind_of(one).optioned and not kind_of(one).several
        for choice in one.choices
    )
    if _source_end().search(plain):
        return False  # 教育发展基金资助 tells where money comes from
    return any(len(name) > 1 and name in plain and len(plain) - len(name) <= _AROUND for name in names)


def _bare(text: str, start: int, end: int, *, listed: bool) -> tuple[int, int]:
    """Leave marks of a list, signs and what introduces the whole off both ends of a stretch."""
    before = -1
    while start < end and before != start:
        before = start
        while start < end and (text[start] in _MARKS or _is_sign(text[start])):
            start += 1
        for pattern in (_TIGHT if listed and before < 0 else _NUMBERED, _NUMBERED, _DASHED, _opening()):
            match = pattern.match(text, start, end)
            if match and match.end() < end:
                start = match.end()
    while start < end and (text[end - 1] in _MARKS or _is_sign(text[end - 1])):
        end -= 1
    return start, end


def _is_sign(char: str) -> bool:
    """Tell whether a character is a drawn sign: 📌, ✅ and what joins them."""
    return unicodedata.category(char) in ("So", "Sk", "Cf", "Mn", "Me") and char not in "□☐☑☒√"


@lru_cache(1)
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:{prose_words().opening})")
