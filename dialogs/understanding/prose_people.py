"""People told in free prose with a way to reach them: 联系人孔祥瑞，138…; 推荐单位某局，李敏，0551-….

A person is found by the phone; what stands before it belongs along as long as it says nothing of another field: a name,
a label, the unit. Whose contact it is, the labels say; the unit tells a contact that has one.
"""

import re
from dataclasses import dataclass, field

from dialogs.fields.contact_words import contact_parts
from dialogs.fields.own_label import is_label
from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import is_unit, may_be_person, parted_title
from dialogs.understanding.clauses import SpokenClause, folded
from dialogs.understanding.prose_fields import is_source, is_unit_field
from dialogs.understanding.prose_names import tells_source, unit_in
from dialogs.understanding.prose_pieces import PHONE, is_option
from dialogs.understanding.situation import Situation
from knowledge.form import Field
from knowledge.text.person_names import is_person

_MOST_PARTS = 3  # clauses before a phone that may name its person and unit
_MYSELF = re.compile(r"\A(?:联系人)?(?:就)?(?:是|找)?(?:我|俺)(?:本人)?(?:是|叫)?(?=[一-鿿]{2,4}\d)")
_INTRODUCED = re.compile(
    r"(?:我|俺|本人)(?:叫|是)(?!们)|(?:有事)?(?:找|联系)(?!人|电话|方式|号码|手机)(?:我|俺)?(?=[一-鿿]{2,4}(?:$|\W|\d|手机|电话))"
)
_REACHED = re.compile(r"@|\A(?:微信|邮箱|电子邮箱|传真|qq)")  # a further way to reach the same person
_PLEASANTRY = re.compile(r"(?:就行|就好|即可|就可以|行了|收)(?=[，,\s]*\d)")
SELF = re.compile(r"我|俺|咱|本人")
AMOUNT = re.compile(r"(?:[约共\d.]|[零一二两三四五六七八九十百千万亿多余半])+[元块]?(?:钱)?")


@dataclass
class PeopleTold:
    """The pieces of a message and what was found in them: first the people."""

    cut: list[SpokenClause]
    text: str
    at: Situation
    found: dict[str, str] = field(default_factory=dict)
    pieces: list[SpokenClause] = field(default_factory=list)
    done: set[int] = field(default_factory=set)  # pieces that have given a value

    def _words(self, clause: SpokenClause) -> str:
        return self.text[clause.start : clause.end]

    def _give(self, one: Field, words: str) -> bool:
        words = words.strip(" ，,、。；;")
        if one.key in self.found or len(words) <= (0 if kind_of(one).assents else 1) or not self.at.fits(one, words):
            return False
        if kind_of(one).takes_words and (is_label(one, words) or self._is_label(words)):
            return False
        if kind_of(one).named and not self._is_somebody(one, words):
            return False
        if kind_of(one).titled and tells_source(words) and not unit_in(words) and is_unit_field(one):
            return False  # 单位自筹 names no unit
        if AMOUNT.fullmatch(words) and is_source(one, self.at.pack.form):
            return False
        self.found[one.key] = words
        return True

    def _is_label(self, words: str) -> bool:
        """Tell whether words are nothing but the name of some field: 任教学校."""
        return any(each.whole and each.end - each.start == len(words) for each in self.at.mentions(folded(words)))

    def _is_somebody(self, one: Field, words: str) -> bool:
        """Tell whether words that were not asked for name a person, by the surname: 教老人用 is nobody."""
        return is_person(str(getattr(self.at.judge(one, words), "value", "")))

    def people(self, number: int) -> None:
        """Read a person with a phone, and what stands before it back to where the contact is named."""
        if "http" in self.pieces[number].plain or not PHONE.search(self.pieces[number].plain):
            return
        first = number
        while number - first < _MOST_PARTS and self._may_lead(first - 1):
            if self._begins(first) and not (first and self.units_person(first - 1)):
                break
            first -= 1
        told = [key for each in range(first, number + 1) for key in self.units_person(each)]
        named = told[:1] or [key for each in range(first, number + 1) for key in self._contacts_named(each)]
        last = number
        while last + 1 < len(self.pieces) and _REACHED.search(self.pieces[last + 1].plain):
            last += 1
        for end in (last, last + 1) if self._may_follow(last + 1) else (last,):
            for begin in range(first, number + 1):
                words = _PLEASANTRY.sub(" ", self.text[self.pieces[begin].start : self.pieces[end].end])
                if self._person(_MYSELF.sub("", words), named):
                    self.done |= set(range(begin, end + 1))
                    return

    def _may_follow(self, number: int) -> bool:
        """Tell whether a piece names who is reached by the phone before it, and has no phone of its own: …找龚念慈."""
        own = number + 1 < len(self.pieces) and PHONE.search(self.pieces[number + 1].plain)
        return number < len(self.pieces) and not own and self._may_lead(number)

    def _begins(self, number: int) -> bool:
        """Tell whether a clause itself begins with its person: 联系人孔祥瑞, 我叫孔祥瑞."""
        return bool(self._contacts_named(number)) or _INTRODUCED.match(self.pieces[number].plain) is not None

    def units_person(self, number: int) -> list[str]:
        """Give the contact whose unit a clause tells: a unit, and a word only this contact's name has (推荐)."""
        clause = self.pieces[number]
        if not unit_in(self._words(clause)):
            return []
        named = [each for each in self.at.mentions(clause.plain) if each.part is None and not each.by_person]
        keys = [key for each in named for key in each.keys if len(each.keys) == 1]
        return [key for key in keys if "unit" in self.at.pack.fields[key].parts]

    def _is_of_contact(self, clause: SpokenClause) -> bool:
        """Tell whether a unit is told as that of somebody to call: 推荐单位某局 is no applicant."""
        return bool(self.units_person(self.pieces.index(clause))) or any(
            mention.whole and mention.part is None and kind_of(self.at.pack.fields[mention.keys[0]]).people
            for mention in self.at.mentions(clause.plain)
        )

    def _person(self, words: str, named: list[str]) -> bool:
        contacts = [one for one in self.at.pack.form.fields if kind_of(one).people]
        size = 1 if SELF.search(words) else -1  # who speaks of himself is the nearest, others come with their unit
        named_first = sorted(contacts, key=lambda each: (each.key not in named, size * len(each.parts)))
        return any(self._give(one, words) for one in named_first if one.key in named or not named)

    def _contacts_named(self, number: int) -> list[str]:
        """Give the contacts a clause names in full: 联系人孔祥瑞 is no recommending unit."""
        return [
            mention.keys[0]
            for mention in self.at.mentions(self.pieces[number].plain)
            if mention.whole
            and mention.part is None
            and mention.keys[0] not in self.found
            and kind_of(self.at.pack.fields[mention.keys[0]]).people
        ]

    def _may_lead(self, number: int) -> bool:
        """Tell whether a clause may belong to the person behind it: it says nothing of another field."""
        if number < 0 or number in self.done:
            return False
        clause = self.pieces[number]
        if self.units_person(number) and not any(map(str.isdigit, clause.plain)):
            return True
        others = [each for each in self.at.mentions(clause.plain) if each.whole and each.part is None]
        alone = all(kind_of(self.at.pack.fields[key]).people for each in others for key in each.keys[:1])
        if not alone or PHONE.search(clause.plain) or any(map(str.isdigit, clause.plain)):
            return False
        return bool(others) or self._tells_somebody(number)

    def _tells_somebody(self, number: int) -> bool:
        """Tell whether a piece that names no field is a person, or a unit where another was told before."""
        words = self._words(self.pieces[number])
        if is_option(self.pieces[number].plain, self.at):
            return False
        if _INTRODUCED.match(self.pieces[number].plain) or self.units_person(number):
            return True
        unit = unit_in(words)
        earlier = any(unit_in(self._words(clause)) for clause in self.pieces[:number])
        if unit and not earlier:
            return False
        if number + 1 < len(self.pieces) and PHONE.match(self.pieces[number + 1].plain) and may_be_person(words):
            return True
        said = [each.words for each in contact_parts(words).words]
        return bool(said) and all(each == unit or is_person(parted_title(each)[0]) or is_unit(each) for each in said)
