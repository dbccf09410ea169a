"""Facts a notice states, each named: number, title, office, days with hours, addresses, phones, people, sums."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from knowledge.drafting.notice_text import DraftClause, issued_line, notice_words
from knowledge.drafting.word_lists import load
from knowledge.model import Model
from knowledge.notice import squeeze
from knowledge.text.dates import date_figures
from knowledge.text.person_names import is_person

_DAY = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日"
    r"(?:[（(][^（）()]{1,8}[)）])?(?P<hour>(?:上午|中午|下午|晚上|晚)?\d{1,2}(?:[:：]\d{2}|[时点](?:\d{1,2}分|整)?))?"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(
    r"(?<![\d-])(?:[（(]?0\d{2,3}[)）]?[-—－ ]?\d{7,8}(?:-\d{1,4})?|1[3-9]\d{9}|400-?\d{3}-?\d{4})(?![\d-])"
)
_URL = re.compile(r"https?://[A-Za-z0-9./_%?=&#-]+|www\.[A-Za-z0-9./_-]+")
_POSTCODE = re.compile(r"邮(?:政)?编(?:码)?[：:]?(\d{6})")
_ADDRESS = re.compile(r"地址[：:]?为?(?P<place>[^。；;\n]+)")
_PLACE = re.compile(r"[（(](?P<place>[^（）()]{4,30}[路街巷道][^（）()]{0,6}号[^（）()]{0,20})[)）]")
_NAMED = re.compile(r"(?:命名|名称|标注|文件名|主题|题目|标题)[^“”。；]{0,12}[“\"](?P<pattern>[^”\"]{3,60})[”\"]")
_JOINED = re.compile(r"[+＋—_-]")
_QUOTA = re.compile(
    r"(?P<what>[^，。；、]{0,20}?)(?:不超过|不得超过|至多|最多|可推荐|限报|限推荐|限|推荐)(?:申报|推荐|报送)?(?P<n>\d+)(?P<unit>[个项人名件家篇])"
)
_AMOUNT = re.compile(r"(?:补助|奖励|资助|奖金|补贴|经费|资金)[^，。；\d]{0,10}(?P<n>\d+(?:\.\d+)?)(?P<unit>万元|元)")
_PEOPLE = re.compile(r"联\s?系\s?人[：:]\s*(?P<people>[^。；;\n0-9]{2,30})")
_CONTACT_SPAN = 60  # characters before a phone in which its owner is looked for


class FactWords(Model):
    """Words by which facts are told apart (`fact_words.yaml`)."""

    deadline: tuple[str, ...]
    not_deadline: tuple[str, ...]
    opening: tuple[str, ...]
    deadlines: dict[str, tuple[str, ...]]
    phones: dict[str, tuple[str, ...]]
    contact: tuple[str, ...]
    departments: tuple[str, ...]
    quota: tuple[str, ...]
    what: dict[str, str]


@cache
def _words() -> FactWords:
    return load(FactWords, "fact_words.yaml")


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact: its name, its value as YAML holds it, the clause it stands in, the words it was read from."""

    name: str
    value: str | int | date
    clause: str
    quote: str


def facts_of(clauses: Sequence[DraftClause]) -> list[FoundFact]:
    """Find the facts of a notice, the first of a kind under the plain name, further ones numbered."""
    found: dict[str, FoundFact] = {}
    for fact in (*_of_head(clauses), *_of_days(clauses), *_of_reach(clauses), *_of_numbers(clauses)):
        if any(each.value == fact.value and _base(each.name) == _base(fact.name) for each in found.values()):
            continue
        twin = next((each for each in found.values() if _same_day(each.value, fact.value)), None)
        if twin is not None:  # the same day again, with its hour
            fuller = max(twin, fact, key=lambda each: len(str(each.value)))
            found[twin.name] = FoundFact(twin.name, fuller.value, fuller.clause, fuller.quote)
            continue
        name, number = fact.name, 1
        while name in found:
            number += 1
            name = f"{fact.name}_{number}"
        found[name] = FoundFact(name, fact.value, fact.clause, fact.quote)
    return list(found.values())


def what_is(name: str) -> str:
    """Say in Chinese what a fact is."""
    return _words().what.get(_base(name), name)


def _same_day(one: str | int | date, other: str | int | date) -> bool:
    """Tell whether two values are one day, of which one may have an hour."""
    first, second = str(one)[:10], str(other)[:10]
    return first == second and re.fullmatch(r"\d{4}-\d{2}-\d{2}", first) is not None


def _base(name: str) -> str:
    return re.sub(r"_\d+$", "", name)


def _of_head(clauses: Sequence[DraftClause]) -> Iterator[FoundFact]:
    heads = notice_words().heads
    by_anchor = {clause.anchor: clause for clause in clauses}
    if heads["number"] in by_anchor:
        text = by_anchor[heads["number"]].text
        yield FoundFact("document_no", re.sub(r"\s+", "", text), heads["number"], text)
    if issued := issued_of(clauses):
        yield FoundFact("issued_on", issued, heads["signature"], issued_line(clauses))
    issuer = by_anchor.get(heads["issuer"])
    signature = by_anchor.get(heads["signature"])
    if issuer is not None:
        yield FoundFact("issuer", issuer.text, issuer.anchor, issuer.text)
    elif signature is not None and not re.search(r"\d{4}\s*年", signature.lines[0]):
        yield FoundFact("issuer", signature.lines[0], signature.anchor, signature.lines[0])
    for clause in clauses:
        if named := re.search(r"《([^《》]{2,40}[表书])》", clause.text):
            yield FoundFact("form_title", named[0], clause.anchor, named[0])
            break


def issued_of(clauses: Sequence[DraftClause]) -> date | None:
    """Give the day of issue."""
    line = squeeze(issued_line(clauses))
    found = _DAY.search(date_figures(line, date.min) if line and not line[:4].isdigit() else line)
    return _day(found, None, None) if found else None


def _of_days(clauses: Sequence[DraftClause]) -> Iterator[FoundFact]:
    """Find openings and deadlines: days not before the day of issue, with the words of one beside them."""
    issued, words, taken = issued_of(clauses), _words(), False
    year = issued.year if issued else None
    for clause in _numbered(clauses):
        for sentence in clause.sentences:
            plain, month = squeeze(sentence), None
            if not any(word in plain for word in (*words.deadline, *words.opening)):
                continue
            for found in _DAY.finditer(plain):
                month = int(found["month"]) if found["month"] else month
                day = _day(found, year, month)
                before, behind = plain[: found.start()], plain[found.end() :]
                if day is None or (issued and day < issued) or _is_other(before, behind):
                    continue
                stretch = re.split(r"[，,；;。]", before)[-1]
                following = re.split(r"[，,；;。]", behind)[0]
                value: str | date = f"{day.isoformat()} {_hour(found['hour'])}" if found["hour"] else day
                if following.startswith(words.opening) or re.match(
                    r"[至到—－~-]{1,2}(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日", behind
                ):
                    yield FoundFact("opening", value, clause.anchor, sentence)
                elif _closes(stretch, following):
                    name = _deadline_name(plain, stretch + following) if taken else "deadline"
                    taken = True
                    yield FoundFact(name, value, clause.anchor, sentence)


def _numbered(clauses: Sequence[DraftClause]) -> list[DraftClause]:
    around = {*notice_words().heads.values(), *notice_words().tail}
    return [clause for clause in clauses if clause.anchor not in around]


def _is_other(before: str, behind: str) -> bool:
    """Tell whether a day is about something else: the list is published, the project began, figures are counted."""
    near = re.split(r"[，,。；;]", before)[-1] + re.split(r"[，,。；;]", behind)[0]
    return any(word in near for word in _words().not_deadline)


def _closes(stretch: str, following: str) -> bool:
    ends = re.match(
        r"(?:[（(][^（）()]*[)）])?(?:之前|以前|前|止|截止|结束|为止|截至|24时|(?:系统)?(?:自动)?关闭)", following
    )
    return ends is not None or stretch.endswith(
        (
            "至",
            "到",
            "截止",
            "截至",
            "最迟",
            "最晚",
            "截止时间为",
            "截止日期为",
            "不晚于",
            "不迟于",
            "于",
            "：",
            ":",
            "为",
        )
    )


def _deadline_name(sentence: str, near: str) -> str:
    for text in (near, sentence):
        for name, words in _words().deadlines.items():
            if any(word in text for word in words):
                return name
    return "deadline"


def _hour(text: str) -> str:
    plain = text.replace("：", ":")
    found = re.fullmatch(
        r"(?P<half>上午|中午|下午|晚上|晚)?(?P<h>\d{1,2})(?::(?P<m>\d{2})|[时点](?:(?P<m2>\d{1,2})分|整)?)?", plain
    )
    if found is None:
        return "24:00"
    hour = int(found["h"]) + (12 if found["half"] in ("下午", "晚上", "晚") and int(found["h"]) < 12 else 0)  # noqa: PLR2004 - half a day
    return f"{hour:02d}:{int(found['m'] or found['m2'] or 0):02d}"


def _day(found: re.Match[str], year: int | None, month: int | None) -> date | None:
    year = int(found["year"]) if found["year"] else year
    month = int(found["month"]) if found["month"] else month
    try:
        return date(year or 0, month or 0, int(found["day"]))
    except ValueError:
        return None


def _of_reach(clauses: Sequence[DraftClause]) -> Iterator[FoundFact]:
    """Find how the office is reached, and how files are to be named."""
    for clause in clauses:
        if clause.anchor == notice_words().heads["enclosure"]:
            continue
        text = clause.text
        yield from (FoundFact("email", found[0], clause.anchor, found[0]) for found in _EMAIL.finditer(text))
        yield from (FoundFact("website", found[0], clause.anchor, found[0]) for found in _URL.finditer(text))
        yield from (
            FoundFact("postcode", found[1], clause.anchor, found[0]) for found in _POSTCODE.finditer(squeeze(text))
        )
        for found in (*_ADDRESS.finditer(text), *_PLACE.finditer(text)):
            place = re.split(r"[，,（(]?(?:邮编|邮政编码|电话|联系)", found["place"])[0].strip(" ，,")
            yield FoundFact("contact_address", place, clause.anchor, place)
        for found in _NAMED.finditer(text):
            if _JOINED.search(found["pattern"]):
                yield FoundFact("material_name", found["pattern"], clause.anchor, found["pattern"])
        for found in _PEOPLE.finditer(text):
            yield from _people(clause.anchor, found["people"])
        yield from _phones(clause)


def _phones(clause: DraftClause) -> Iterator[FoundFact]:
    words, last = _words(), 0
    for found in _PHONE.finditer(clause.text):
        before = clause.text[max(last, found.start() - _CONTACT_SPAN) : found.start()]
        near = re.split(r"[；;。]", before)[-1]
        name = next(
            (name for name, marks in words.phones.items() if any(mark in near for mark in marks)), "contact_phone"
        )
        number = re.sub(r"[（(）)]", "", found[0]).replace("—", "-").replace("－", "-")
        yield FoundFact(name, number, clause.anchor, found[0])
        if name == "contact_phone":
            people = list(_people(clause.anchor, near))
            yield from people or _people(clause.anchor, before)
        last = found.end()


def _people(anchor: str, words: str) -> Iterator[FoundFact]:
    """Find department and people in `联系人：市科技局高新科 沈岚、何一舟`, also written together."""
    people, department = list[str](), ""
    for word in re.split(r"[：:，,、；;。\s（）()/]+", words):
        name = next(
            (word[-size:] for size in (4, 3, 2) if is_person(word[-size:]) and _is_department(word[:-size])), ""
        )
        plain = re.sub(r"(?:老师|同志|先生|女士|科长|处长|主任)$", "", word)
        if _is_department(word) and not is_person(word):
            department = word
        elif name:
            department, people = word[: -len(name)] or department, [*people, name]
        elif is_person(plain) and not any(mark in word for mark in _words().contact):
            people.append(word)
    if department:
        yield FoundFact("contact_department", department, anchor, department)
    if people:
        yield FoundFact("contact_name", "、".join(people), anchor, people[0])


def _is_department(word: str) -> bool:
    return len(word) > 1 and word.endswith(_words().departments) and not any(mark in word for mark in _words().contact)


def _of_numbers(clauses: Sequence[DraftClause]) -> Iterator[FoundFact]:
    """Find quotas and sums of money."""
    for clause in _numbered(clauses):
        for sentence in clause.sentences:
            plain = squeeze(sentence)
            if any(word in plain for word in _words().quota):
                for found in _QUOTA.finditer(plain):
                    yield FoundFact("quota", int(found["n"]), clause.anchor, sentence)
            for found in _AMOUNT.finditer(plain):
                yield FoundFact("amount", f"{found['n']}{found['unit']}", clause.anchor, sentence)
