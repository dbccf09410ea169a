"""Names of units and of projects in a clause, found by their ends, their quotes, or by what leads in to them.

What is said around a name is taken off piece by piece (嗯 · 我们 · 单位 · 的话 · 是), in any order and number; the name
is what begins where no such piece fits any more.
"""

import re
from functools import lru_cache

from dialogs.understanding.prose_words import prose_words
from knowledge.text.divisions import first_place

_QUOTED = re.compile(r"[“《「『\"](?P<name>[^”》」』\"]{2,40})[”》」』\"]")
_BETWEEN = re.compile(r"\A(?:[\s:：是叫]|为(?!了))+")
_UNCLOSED = re.compile(r"\A[（(](?=[^（()）]*\Z)")  # a bracket that is not closed within the name
_LEAST = 4  # characters of a unit's name
_NO_TITLE = re.compile(
    r"名.{0,3}|[\d啦了啊呀吧呢吗]*|.{0,3}(?:名|项目|一个|的)|.?[个是的一下]{1,2}|(?:信息|资料|材料|情况|内容).{0,5}|(?:我|咱|俺)们?[是的]?"
)
_ABOUT = re.compile(r"\A(?:的|这|公益项目|项目|活动|是|来|参|申报)")
_CLOSING_WORK = re.compile(r"(?<=..)(?:公益)?(?:项目|活动)\Z")
_OF_UNITS = (
    "单位",
    "团队",
    "主办",
    "承办",
    "申报",
    "我",
    "咱",
    "俺",
    "本单位",
)  # nouns that follow 项目 where a unit is told
_SINCE = re.compile(
    r"[自从打于]?(?:\d{2,4}|[零〇一二三四五六七八九]{2,4})(?:年|[./-]\d)"
)  # 该项目自2021年… tells a time
_FAR = 16  # characters before the place a unit's name begins with
_SELF = ("我", "咱", "俺", "他", "她", "本单位")
_OPENING_QUOTES = "“《「『"
_LEADING = ("是", "为", "叫", "由", "替", "经")  # what the name of a unit follows
_MOST = 12  # pieces said before a name


@lru_cache(1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = prose_words()
    return (
        re.compile(rf"\s*(?:{words.unit_act})?(?:{words.unit_head}){{0,{_MOST}}}+(?:{words.unit_called})?\s*"),
        re.compile(rf"(?:{words.unit_end})(?=$|[^一-鿿]|(?:{words.unit_after}))"),
        re.compile(rf"\s*(?:{words.title_head}){{0,{_MOST}}}+(?:{words.title_called})?"),
        re.compile(rf"(?:{words.title_tail})$"),
    )


def without_lead(words: str) -> str:
    """Leave off what is said before the name of one's unit: 我们这边是…."""
    match = _patterns()[0].match(words)
    return words[match.end() :] if match else words


@lru_cache(512)
def _from_place(words: str) -> str:
    """Leave off what is said before the name of a unit; one that begins with a place begins there: 我单位|无为市…."""
    said = without_lead(words)
    place = first_place(words)
    if place is None or place[0] > _FAR:
        return said
    begun = len(words) - len(said)
    led = words.startswith(_SELF) or words[: place[0]].endswith(_LEADING)
    return words[place[0] :] if begun > place[0] or led else said


def unit_in(words: str) -> str:
    """Give the name of a unit that stands in a clause, from behind its lead-in to its first full ending."""
    said = _from_place(words)
    match = next((each for each in _patterns()[1].finditer(said) if each.end() >= _LEAST), None)
    head = re.search(r"[一-鿿（）()·A-Za-z0-9]{2,60}$", said[: match.end()]) if match else None
    if head is None or (head.start() and said[head.start() - 1] in _OPENING_QUOTES):
        return ""  # “村娃书房” is what a unit does
    return without_lead(_UNCLOSED.sub("", head[0]))


def title_in(words: str, leads: tuple[str, ...]) -> str:
    """Give the name of a project: what stands in quotes, or what follows 项目叫; without 这个项目 behind it."""
    if quoted := _QUOTED.search(words):
        return _with_rest(words, quoted)
    unit = "" if says_title(words) else unit_in(words)
    rest = (words.partition(unit)[2] if unit else words).strip()
    lead = _patterns()[2].match(rest)
    head = lead[0] if lead else ""
    sign = re.search(prose_words().title_sign, head) is not None
    named = next((name for name in leads if rest.startswith(name)), "")
    begun = max(len(head) if sign else 0, len(named))
    title = _BETWEEN.sub("", rest[begun:])
    bare = _patterns()[3].sub("", title).strip()
    if not begun and (bare == title.strip() or unit or not title.rstrip().endswith(("项目", "活动"))):
        return ""
    of_unit = re.search(r"(?:名称|全称|全名)(?:是|为|[:：])?\Z", head) is not None and not says_title(words)
    if of_unit and bare and unit_in(bare) == bare and not unit:
        return ""  # 机构名称是某中心 names a unit
    if re.search(rf"(?:{prose_words().title_act})", head):
        bare = _CLOSING_WORK.sub("", bare)
    return "" if _NO_TITLE.fullmatch(bare) or _SINCE.match(bare) or (unit and unit in bare) else bare


def _with_rest(words: str, quoted: re.Match[str]) -> str:
    """Give a name in quotes; where it is but the first half, 项目名称：“某某”社区行动, the whole."""
    rest = _patterns()[3].sub("", words[quoted.end() :]).strip(" ，,。")
    more = re.fullmatch(r"[一-鿿]{3,30}", rest) and not _CLOSING_WORK.fullmatch(rest) and not _ABOUT.search(rest)
    return (
        words[quoted.start() : quoted.end()] + rest if more and calls_title(words[: quoted.start()]) else quoted["name"]
    )


def says_title(words: str) -> bool:
    """Tell whether words begin with 项目叫…: what follows is no unit, whatever it ends with (书房)."""
    lead = _patterns()[2].match(words.strip())
    works = lead is not None and re.search(prose_words().title_work, lead[0]) is not None
    return works and lead is not None and not words.strip().startswith(_OF_UNITS, lead.end())


def without_work(words: str) -> str:
    """Leave off 项目 behind a name that is told alone: 一碗热粥项目."""
    return _CLOSING_WORK.sub("", _patterns()[3].sub("", words))


def calls_title(words: str) -> bool:
    """Tell whether words say what a project is called, 项目名称叫…, and not just what it is: 项目是公益性质的."""
    lead = _patterns()[2].match(words.strip())
    return (
        lead is not None
        and says_title(words)
        and re.search(r"(?:名称?|名字|名儿|全称|叫做?|名为)(?:就?是|为|[:：,，])?\s?\Z", lead[0]) is not None
    )


def leads_title(words: str) -> bool:
    """Tell whether words begin with what leads in to the name of a project, 报的是…, or end with 这个项目."""
    lead = _patterns()[2].match(words)
    led = lead is not None and re.search(prose_words().title_sign, lead[0]) is not None
    return led or re.search(r"(?:这个|这一)(?:项目|活动)\Z", words) is not None


def leads_unit(words: str) -> bool:
    """Tell whether words lead in to the name of a unit that follows: 我们是某中心."""
    return without_lead(words) != words and bool(unit_in(words))


def unit_said(words: str) -> str:
    """Give the name of a unit with nothing but pleasantries around it; empty where more is said."""
    unit = unit_in(words)
    before, _, after = words.partition(unit) if unit else ("", "", words)
    plain_before = re.fullmatch(r"[一-鿿]{0,2}[\W_]*", without_lead(before))
    return unit if unit and plain_before and re.fullmatch(prose_words().after, after) else ""


def bare_words(words: str) -> str:
    """Leave off what is said around words of one's own: 都是众筹来的 → 众筹."""
    match = re.match(prose_words().around, words)
    return match["core"] if match else words


def source_said(words: str) -> str:
    """Give where money comes from, if a clause tells that by its ending; empty otherwise."""
    core = bare_words(words)
    match = re.search(rf"(?:{prose_words().source})\Z", core)
    own = match is not None and re.fullmatch(rf"(?:{prose_words().source_not})*+", core[: match.start()])
    only_sum = own and match is not None and match[0] in ("经费", "资金", "收入", "支持")
    return core if match and not only_sum else ""


def tells_source(words: str) -> bool:
    """Tell whether words speak of where money comes from: 捐赠, 拨款, 自筹."""
    return re.search(prose_words().source, words) is not None
