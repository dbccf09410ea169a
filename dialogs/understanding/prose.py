"""Values of several fields in free prose: 我们是…，项目叫…，2021年起，有510人参与，花了7万5.

Theory of operation. People with their phones are found first, for they take several clauses; then each clause is
offered to the field it names, to those whose unit, option or shape it has, and last to the names, which take any words
that follow 我们是 or 项目叫. The fields' validators decide; every value is the words it came from.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from dialogs.fields.registry import kind_of
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.corrections import stated
from dialogs.understanding.frames import LONGEST, frame, whole
from dialogs.understanding.mentions import Mention, names_of
from dialogs.understanding.no_value import tells_kind
from dialogs.understanding.prose_names import bare_words, source_said, title_in, unit_in, without_lead
from dialogs.understanding.putting_off import in_passing
from dialogs.understanding.situation import Situation
from dialogs.understanding.small_talk import is_small_talk
from knowledge.form import Field, Form, once_a_form
from knowledge.text.person_names import is_person
from knowledge.text.question_form import Asks, asks

_MOST_PARTS = 3  # clauses before a phone that may name its person and unit
PHONE = re.compile(
    r"(?<![\d备第字])(?:1\d{10}|1[3-9]\d[- ]\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|[48]00-?\d{3}-?\d{4}"
    r"|[2-8]\d{6,7})(?![\d号])"
    r"|[零〇一二三四五六七八九幺]{7}"
)
_LABELLED = re.compile(r"\A[【\[]?(?P<label>[^【】\[\]:：]{1,10}?)[】\]]?[:：】\]]\s*+(?P<value>.{1,160})\Z", re.DOTALL)
_SELF = re.compile(r"我|俺|咱|本人")
_DATED = re.compile(r"[\d零〇一二三四五六七八九]{1,4}(?:年|月|[./-]\d)")
_APPLIED = re.compile(
    r"(?:申报|报送|推荐|报名?|项目)[^，,“《]{0,4}[“《](?P<name>[^”》]{2,40})[”》]|[“《](?P<other>[^”》]{2,40})[”》]项目"
)
_CODE = re.compile(r"[0-9A-Za-z]{8,}|@")
_FULL_DAY = re.compile(r"\d{1,2}(?:月|[./-])\d{1,2}[日号]?|[今昨明]天|今日")
_YES_NO = 12  # characters; a yes or no is short
_LEADS = 1  # characters before a name that leads in to another field's words
_FACTS = 3  # facts that make a message a list of them
_NUMBERLESS = re.compile(r"[^\d，。？?]{2,30}")
_TELLING = 4  # characters of words that may tell something
_DIGITS = 4  # digits of a registration number, at least


@dataclass
class Prose:
    """Reads one message for all the fields it tells of."""

    cut: list[SpokenClause]
    text: str
    at: Situation
    found: dict[str, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)  # clauses that have given a value

    def read(self) -> "Prose":
        """Find every value; `found` holds field → the words it came from, in the form's order."""
        self._skip()
        for number in range(len(self.cut)):
            if number not in self.used:
                self._people(number)
        for reading in (
            self._labelled,
            self._linked,
            self._coded,
            self._named,
            self._shaped,
            self._yes_or_no,
            self._source,
            self._called,
        ):
            for number, clause in enumerate(self.cut):
                if number not in self.used and reading(clause):
                    self.used.add(number)
        for number, clause in enumerate(self.cut):
            self._unit_along(clause)
            self._money_along(number)
        for number in range(1, len(self.cut)):
            self._between(number)
        self.found = {one.key: self.found[one.key] for one in self.at.pack.form.fields if one.key in self.found}
        return self

    def _skip(self) -> None:
        """Leave out questions, and what is taken back: 2019年2月，哦不，2019年3月."""
        for number, clause in enumerate(self.cut):
            if whole("repair", clause.plain):
                self.used |= {number, number - 1}
            elif asks(clause.plain + clause.mark[:1]) is Asks.YES and _LABELLED.match(self._words(clause)) is None:
                self.used.add(number)
                self.questions.append(self._words(clause) + clause.mark[:1])

    def _words(self, clause: SpokenClause) -> str:
        return self.text[clause.start : clause.end]

    def _give(self, one: Field, words: str) -> bool:
        words = words.strip(" ，,。；;")
        if one.key in self.found or len(words) <= (0 if kind_of(one).assents else 1) or not self.at.fits(one, words):
            return False
        if kind_of(one).named and not self._is_somebody(one, words):
            return False
        self.found[one.key] = words
        return True

    def _is_somebody(self, one: Field, words: str) -> bool:
        """Tell whether words that were not asked for name a person, by the surname: 教老人用 is nobody."""
        return is_person(str(getattr(self.at.judge(one, words), "value", "")))

    def left(self) -> tuple[str, ...]:
        """Give the words that were found to belong to no field, each once; what is said in passing is not worth it."""
        words = [self._words(clause) for number, clause in enumerate(self.cut) if self._is_left(number, clause)]
        return tuple(dict.fromkeys(words))

    def _is_left(self, number: int, clause: SpokenClause) -> bool:
        words = self._words(clause)
        told = number in self.used or any(words in value or value in words for value in self.found.values())
        return not told and len(clause.plain) >= _TELLING and not in_passing(clause) and not is_small_talk(clause.plain)

    # ---- people

    def _people(self, number: int) -> None:
        """Read a person with a phone, and what stands before it back to where the contact is named."""
        if "http" in self.cut[number].plain or not PHONE.search(self.cut[number].plain):
            return
        first = number
        while number - first < _MOST_PARTS and self._may_lead(first - 1):
            if self._begins(first) and not (first and self.units_person(first - 1)):
                break
            first -= 1
        told = [key for each in range(first, number + 1) for key in self.units_person(each)]
        named = told[:1] or [key for each in range(first, number + 1) for key in self._contacts_named(each)]
        last = number
        while last + 1 < len(self.cut) and _REACHED.search(self.cut[last + 1].plain):
            last += 1
        for begin in range(first, number + 1):
            words = _PLEASANTRY.sub(" ", self.text[self.cut[begin].start : self.cut[last].end])
            words = _MYSELF.sub("", words)
            if self._person(words, named):
                self.used |= set(range(begin, last + 1))
                return

    def _begins(self, number: int) -> bool:
        """Tell whether a clause itself begins with its person: 联系人孔祥瑞, 我叫孔祥瑞."""
        return bool(self._contacts_named(number)) or _INTRODUCED.match(self.cut[number].plain) is not None

    def units_person(self, number: int) -> list[str]:
        """Give the contact whose unit a clause tells: a unit, and a word only this contact's name has (推荐)."""
        clause = self.cut[number]
        if not unit_in(self._words(clause)):
            return []
        named = [each for each in self.at.mentions(clause.plain) if each.part is None and not each.by_person]
        keys = [key for each in named for key in each.keys if len(each.keys) == 1]
        return [key for key in keys if "unit" in self.at.pack.fields[key].parts]

    def _person(self, words: str, named: list[str]) -> bool:
        contacts = [one for one in self.at.pack.form.fields if kind_of(one).people]
        size = 1 if _SELF.search(words) else -1  # who speaks of himself is the nearest, others come with their unit
        named_first = sorted(contacts, key=lambda each: (each.key not in named, size * len(each.parts)))
        return any(self._give(one, words) for one in named_first if one.key in named or not named)

    def _contacts_named(self, number: int) -> list[str]:
        """Give the contacts a clause names in full: 联系人孔祥瑞 is no recommending unit."""
        return [
            mention.keys[0]
            for mention in self.at.mentions(self.cut[number].plain)
            if mention.whole
            and mention.part is None
            and mention.keys[0] not in self.found
            and kind_of(self.at.pack.fields[mention.keys[0]]).people
        ]

    def _may_lead(self, number: int) -> bool:
        """Tell whether a clause may belong to the person behind it: it says nothing of another field."""
        if number < 0 or number in self.used:
            return False
        clause = self.cut[number]
        others = [each for each in self.at.mentions(clause.plain) if each.whole and each.part is None]
        alone = all(kind_of(self.at.pack.fields[key]).people for each in others for key in each.keys[:1])
        titled = not others and bool(title_in(self._words(clause), ()))
        return alone and not titled and not PHONE.search(clause.plain) and not any(map(str.isdigit, clause.plain))

    # ---- figures, options, words

    def _labelled(self, clause: SpokenClause) -> bool:
        """Read 花了：12万 and 【项目】云上盲道: a label in people's own words, then the value."""
        match = _LABELLED.match(self._words(clause))
        if match is None:
            return False
        label, value = match["label"].strip().lower(), match["value"]
        fields = [self.at.pack.fields[key] for each in self.at.mentions(label) for key in self._with_kin(each)]
        fields += [one for one in self.at.pack.form.fields if label in one.units or tells_kind(one, label)]
        fields += [one for one in self.at.pack.form.fields if len(label) > 1 and _begins_or_ends(one, label)]
        return any(self._give(one, value) for one in fields)

    def _named(self, clause: SpokenClause) -> bool:
        taken = False
        mentions = [mention for mention in self.at.mentions(clause.plain) if not mention.by_person]
        if len(mentions) > 1 and mentions[-1].end == len(clause.plain):
            mentions.pop()  # nothing is said of it: 来源是某专项资金
        for number, mention in enumerate(mentions):
            behind = mentions[number + 1 :]
            end = behind[0].start if behind else len(clause.plain)
            far = next((other.start for other in behind if other.whole), len(clause.plain))
            taken = self._said_of(clause, mention, end, far) or taken
        return taken or self._spoken_lead(clause)

    def _said_of(self, clause: SpokenClause, mention: Mention, end: int, far: int) -> bool:
        """Give what is said behind a field's name: to the next name, free words to the next full one (`far`)."""
        near, further = (stated(clause, mention, each).value for each in (end, far))
        behind, free = (self.text[slice(*span)].strip() if span else "" for span in (near, further))
        for key in self._with_kin(mention):
            one = self.at.pack.fields[key]
            wordy = kind_of(one).takes_words
            apart = key not in mention.keys and mention.start > _LEADS
            if (wordy and (not mention.whole or apart)) or kind_of(one).people:
                continue  # a piece of a name alone begins no name: 公益发展中心 is no project
            unit = unit_in(free) if is_unit_field(one) else ""
            pieces = [unit, bare_words(free)] if wordy else [behind, self._words(clause)]
            if any(len(piece) > 1 and self._give(one, piece) for piece in pieces):
                return True
        return False

    def _with_kin(self, mention: Mention) -> list[str]:
        """The fields meant, then those named after one of them (资金 → 资金来源): they take what it does not."""
        kin = [other.key for key in mention.keys for other in self._kin(self.at.pack.fields[key])]
        return [*mention.keys, *(key for key in dict.fromkeys(kin) if key not in mention.keys)]

    def _kin(self, one: Field) -> list[Field]:
        return list(_kin_of(self.at.pack.form)[one.key])

    def _spoken_lead(self, clause: SpokenClause) -> bool:
        """Read 我们是…, 项目叫…: the openings the pack knows for a field."""
        words = self._words(clause)
        for one in self.at.pack.form.fields:
            if kind_of(one).titled:
                continue
            for lead in sorted(one.lead_ins, key=len, reverse=True):
                behind = words.partition(lead)[2].strip(" :：") if lead in words[: len(lead) + 8] else ""
                if len(behind) > 1 and self._give(one, behind):
                    return True
        return False

    def _shaped(self, clause: SpokenClause) -> bool:
        """Read a clause whose unit, option or look only some fields have; what their examples name comes first."""
        words = self._words(clause)
        nouns = re.findall(r"[一-鿿]{2,4}", re.sub(r"[\d零一二三四五六七八九十百千万亿多余]", " ", clause.plain))
        unit, form = unit_in(words), self.at.pack.form
        shaped = [one for one in form.fields if _is_day(one, clause.plain)]
        shaped += [one for one in form.fields if _has_shape(one, clause.plain)]
        fields = [one for one in shaped if not (unit and kind_of(one).optioned)]  # 应急救援队 is no kind of project
        fields.sort(key=lambda one: -sum(noun in one.example for noun in nouns))
        return any(self._give(one, words) for one in fields)

    def _yes_or_no(self, clause: SpokenClause) -> bool:
        """Read 备过案: the characters of a yes-or-no field's name with 过 between them; and the number behind it."""
        words = self._words(clause)
        for one in self.at.pack.form.fields:
            begin = _names_loosely(one, clause.plain) if kind_of(one).assents and len(words) <= _YES_NO else -1
            if begin >= 0 and (self._give(one, words) or self._give(one, words[begin:])):
                return True
            if self._numbers(one, clause):
                return True
        return False

    def _numbers(self, one: Field, clause: SpokenClause) -> bool:
        """Read 号是…, and a bare number of many digits, for the field that hangs on a yes."""
        hangs = one.when is not None and bool(set(one.when.keys) & self.found.keys())
        if not hangs or sum(map(str.isdigit, clause.plain)) < _DIGITS:
            return False
        led = frame(r"\A[^\d,]{0,4}?(?:号码?|编号)?(?:是|为)[:：]?(?P<new>.{4,60})\Z").match(clause.plain[:LONGEST])
        told = self._words(clause)[led.start("new") :] if led else self._words(clause)
        return kind_of(one).figured and not PHONE.fullmatch(told) and self._give(one, told)

    def _source(self, clause: SpokenClause) -> bool:
        """Read 都是众筹来的 where a field asks for the source of another's money."""
        value = source_said(self._words(clause))
        money = [one for one in self.at.pack.form.fields if kind_of(one).shaped and one.key in self.found]
        kin = [other for one in money for other in self._kin(one) if kind_of(other).takes_words]
        return bool(value) and any(self._give(one, value) for one in kin)

    def _money_along(self, number: int) -> None:
        """Read the source beside an amount (财政拨款3.2万元), and a bare amount behind one (某专项资金，6万5)."""
        words = self._words(self.cut[number])
        amount = _AMOUNT.search(self.cut[number].plain)
        for one in self.at.pack.form.fields:
            for source in (other for other in self._kin(one) if is_source(other, self.at.pack.form)):
                if amount and self.found.get(one.key, "") in words and one.key in self.found:
                    said = (source_said(piece) for piece in (words[: amount.start()], words[amount.end() :]))
                    next((each for each in said if each and self._give(source, each)), None)
                before = self._words(self.cut[number - 1]) if number else ""
                if number not in self.used and _AMOUNT.fullmatch(words) and self.found.get(source.key, "\0") in before:
                    self.used |= {number} if self._give(one, words) else set()

    # ---- names

    def _between(self, number: int) -> None:
        """Read what stands between the name of one's unit and the next fact as the name of the project."""
        clause, before = self.cut[number], self._words(self.cut[number - 1])
        units = [
            self.found[one.key] for one in self.at.pack.form.fields if is_unit_field(one) and one.key in self.found
        ]
        if number in self.used or len(self.found) < _FACTS or not any(before.endswith(unit) for unit in units):
            return
        bare = _NUMBERLESS.fullmatch(self._words(clause)) and not self.at.mentions(clause.plain)
        for one in self.at.pack.form.fields if bare else ():
            if kind_of(one).titled and not is_unit_field(one) and self._give(one, self._words(clause)):
                self.used.add(number)

    def _called(self, clause: SpokenClause) -> bool:
        """Read the names of units and of projects, by their ends, by quotes, or by what leads in to them.

        A unit is one field's: of that whose name is spoken of (我们队叫…), else of the first that is open.
        """
        words = self._words(clause)
        spoken = {key for each in self.at.mentions(clause.plain) for key in each.keys}
        titled = [one for one in self.at.pack.form.fields if kind_of(one).titled and one.key not in self.found]
        units = [one for one in sorted(titled, key=lambda each: self._rank(each, spoken, words)) if is_unit_field(one)]
        unit = unit_in(words) if units else ""
        given = bool(unit) and any(self._give(one, unit) for one in units)
        titles = [one for one in sorted(titled, key=lambda each: each.key not in spoken) if one not in units]
        names = ((one, title_in(words, self._leads(one))) for one in titles)
        return any(name and self._give(one, name) for one, name in names) or given

    def _rank(self, one: Field, spoken: set[str], words: str) -> int:
        """Say how near a unit's field is: spoken of; who says 我们是… names the applicant; else in the form's order."""
        known_by = {path.partition(".")[0] for path in self.at.pack.form.identity.values()}
        own = one.key in known_by and _SELF.match(words.lstrip()) is not None
        return 0 if one.key in spoken else 1 if own else 2

    def _linked(self, clause: SpokenClause) -> bool:
        """Read an address of the web, whatever is asked for, for the only field of links."""
        links = [one for one in self.at.pack.form.fields if kind_of(one).links]
        return len(links) == 1 and "http" in clause.plain and self._give(links[0], self._words(clause))

    def _coded(self, clause: SpokenClause) -> bool:
        """Read a number or an address only one open field can hold, by its own check: 代码…, 身份证…, a mailbox."""
        words = self._words(clause)
        if not _CODE.search(words) or "http" in words:
            return False
        open_ = [one for one in self.at.pack.form.fields if one.key not in self.found and not self.at.holds(one.key)]
        fitting = [one for one in open_ if kind_of(one).coded and self.at.fits(one, words)]
        spoken = {key for each in self.at.mentions(clause.plain) for key in each.keys}
        named = [one for one in fitting if one.key in spoken]
        chosen = named if len(named) == 1 else fitting
        return len(chosen) == 1 and self._give(chosen[0], words)

    def _unit_along(self, clause: SpokenClause) -> None:
        """Read the unit in a clause that gave something else as well: 我们某协会报“某项目”."""
        units = [one for one in self.at.pack.form.fields if is_unit_field(one) and one.key not in self.found]
        unit = unit_in(self._words(clause)) if units and not self._contacts_named(self.cut.index(clause)) else ""
        if unit and not any(unit in value for value in self.found.values()):
            self._give(units[0], unit)
        titled = [one for one in self.at.pack.form.fields if kind_of(one).titled and not is_unit_field(one)]
        quoted = _APPLIED.search(self._words(clause)) if titled else None
        quoted_name = (quoted["name"] or quoted["other"]) if quoted else ""
        if quoted_name and not any(quoted_name in value for value in self.found.values()):
            self._give(titled[0], quoted_name)

    def _leads(self, one: Field) -> tuple[str, ...]:
        return tuple(sorted((*one.lead_ins, *names_of(one)), key=len, reverse=True))


_MYSELF = re.compile(r"\A(?:联系人)?(?:就)?(?:是|找)?(?:我|俺)(?:本人)?(?:是|叫)?(?=[一-鿿]{2,4}\d)")
_INTRODUCED = re.compile(
    r"(?:我|俺|本人)(?:叫|是)(?!们)|(?:有事)?(?:找|联系)(?!人)(?:我|俺)?(?=[一-鿿]{2,4}(?:$|\W|\d|手机|电话))"
)
_REACHED = re.compile(r"@|\A(?:微信|邮箱|电子邮箱|传真|qq)")  # a further way to reach the same person
_AMOUNT = re.compile(r"(?:[约共\d.]|[零一二两三四五六七八九十百千万亿多余半])+[元块]?(?:钱)?")
_PLEASANTRY = re.compile(r"(?:就行|就好|即可|就可以|行了|收)(?=[，,\s]*\d)")


@once_a_form
def _kin_of(form: Form) -> dict[str, tuple[Field, ...]]:
    """Give, by its key, the fields named after each (资金 → 资金来源)."""
    names = {one.key: names_of(one) for one in form.fields}
    return {
        one.key: tuple(
            other
            for other in form.fields
            if other.key != one.key and any(name in longer for name in names[one.key] for longer in names[other.key])
        )
        for one in form.fields
    }


def is_source(one: Field, form: Form) -> bool:
    """Tell whether a field of free words is named after one of money: 资金来源."""
    return one.key in _sources_of(form)


@once_a_form
def _sources_of(form: Form) -> frozenset[str]:
    sums = [other for other in form.fields if tells_kind(other, "") is not None]
    wordy = {
        one.key for one in form.fields if kind_of(one).takes_words and not (kind_of(one).titled or kind_of(one).roomy)
    }
    return frozenset(one.key for other in sums for one in _kin_of(form)[other.key] if one.key in wordy)


def is_unit_field(one: Field) -> bool:
    """Tell whether a field asks for the name of a unit, by its example."""
    return kind_of(one).titled and _is_unit_name(one.example)


@lru_cache(256)
def _is_unit_name(example: str) -> bool:
    unit = unit_in(example)
    return bool(unit) and without_lead(example) == unit


def _begins_or_ends(one: Field, label: str) -> bool:
    return any(name.startswith(label) or name.endswith(label) for name in names_of(one))


def _names_loosely(one: Field, plain: str) -> int:
    """Give where two characters of a field's name stand, close together (备过案); -1 where they do not."""
    found = (pattern.search(plain) for pattern in _loose_pieces(names_of(one)))
    return max((match.start() for match in found if match), default=-1)


@cache
def _loose_pieces(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Give the patterns of two neighbouring characters of any of the names, up to two others between them."""
    pieces = {name[start : start + 2] for name in names for start in range(len(name) - 1)}
    return tuple(re.compile(rf"{re.escape(piece[0])}.{{0,2}}?{re.escape(piece[1])}") for piece in sorted(pieces))


def _is_day(one: Field, plain: str) -> bool:
    """Tell whether a day or month is told with a word of the field's name: 2024年1月28日填报 for 填报日期."""
    if not kind_of(one).dated or kind_of(one).shaped or not (_FULL_DAY.search(plain) or _DATED.search(plain)):
        return False
    return any(name[:2] in plain for name in names_of(one))


def _has_shape(one: Field, plain: str) -> bool:
    """Tell whether words have a shape only this kind of field has: its units, money, a date, or a choice's label."""
    kind = kind_of(one)
    if kind.optioned:
        return chosen_option(one, plain)
    if kind.shaped:
        cued = tells_kind(one, plain)
        return bool(_DATED.search(plain)) if cued is None else cued
    return bool(one.units) and _measured(one.units).search(plain) is not None


@cache
def _measured(units: tuple[str, ...]) -> re.Pattern[str]:
    """Give the pattern of a figure with one of the units behind or before it."""
    words = "|".join(map(re.escape, units))
    return re.compile(rf"[\d万亿千百十余多几](?:个|位|名)?(?:{words})|(?:{words}).{{0,3}}?\d")


def chosen_option(one: Field, plain: str) -> bool:
    """Tell whether words hold the name of one of a field's options, or what is told apart in it: 教育 of 类+教育."""
    names = [choice.label.rpartition("+")[2] for choice in one.choices]
    names += [f"{alias}类" for choice in one.choices for alias in choice.aliases if len(alias) > 1]
    return any(name in plain for name in names)
