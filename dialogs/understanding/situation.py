"""What a message is read against: the form, the field asked for, what the draft holds, what is being continued."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, TypeVar, cast

from dialogs.fields.outcome import Outcome, Rejected
from dialogs.fields.read_value import Misread
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.progress import asked_fields
from dialogs.session import Draft, Pending
from dialogs.understanding.inner_figures import figures_in, named_figures
from dialogs.understanding.mentions import Mention, mentions_of
from knowledge.form import Field
from knowledge.pack import NoticePack
from knowledge.search.answer import Abstention, Answer
from knowledge.text.tokens import speakable


class Search(Protocol):
    """Finds answers in the notice (`knowledge.search.finder.Finder`)."""

    def find(self, question: str, *, today: date, during: str | None = None) -> Answer | Abstention:
        """Answer or abstain."""


Made = TypeVar("Made")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")


@dataclass
class Situation:
    """Lives for one reading; judgements and searches are made once each."""

    pack: NoticePack
    finder: Search
    today: date
    asked: Field | None = None
    draft: Draft = field(default_factory=lambda: Draft(id=0))
    pending: Pending | None = None
    review: bool = False  # the whole application is being reviewed
    follows_answer: bool = False  # the notice has just answered a question
    offered: tuple[tuple[str, str], ...] = ()  # the buttons last shown: id, label
    _spoken: dict[str, list[Mention]] = field(default_factory=dict)
    _judged: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    _made: dict[tuple[str, str], object] = field(default_factory=dict)
    _found: dict[tuple[str, str | None], Answer | Abstention] = field(default_factory=dict)

    def once(self, what: str, text: str, make: Callable[[], Made]) -> Made:
        """Give what is made of a text, made once: a message is looked at by several readings."""
        if (what, text) not in self._made:
            self._made[what, text] = make()
        return cast("Made", self._made[what, text])

    def mentions(self, plain: str) -> list[Mention]:
        """Find the fields folded words speak of: by name, by number as it is shown, by a person held in one."""
        if plain in self._spoken:
            return self._spoken[plain]
        found = [self._numbered(each) if each.number else each for each in mentions_of(self.pack.form).find(plain)]
        if self.asked is not None and kind_of(self.asked).optioned:
            found = [each for each in found if not each.number or plain[each.end - 1] != "个"]  # 第一个: an option
        found += [each for each in self._people(plain) if not any(each.meets(o) for o in found)]
        self._spoken[plain] = sorted(found, key=lambda each: each.start)
        return self._spoken[plain]

    def _numbered(self, mention: Mention) -> Mention:
        """Say which field a number means as numbers are shown: those not asked for have none."""
        asked = asked_fields(self.pack, self.draft)
        fits = mention.number is not None and 0 < mention.number <= len(asked)
        return replace(mention, keys=(asked[mention.number - 1].key,)) if fits and mention.number else mention

    def _people(self, plain: str) -> list[Mention]:
        """Find the names of people held in contacts: 雷鸣换号了."""
        found = []
        for key, held in self.draft.values.items():
            name = held.value.get("name") if isinstance(held.value, dict) else None
            begin = plain.find(name) if isinstance(name, str) and name and key in self.pack.fields else -1
            if begin >= 0:
                found.append(Mention((key,), begin, begin + len(str(name)), by_person=True))
        return found

    def inner_mentions(self, plain: str) -> list[Mention]:
        """Find the nouns of figures held inside values: 志愿者改成66个, where 4名社工，60名志愿者 is held."""
        return [
            Mention((key,), begin, end, noun=one.noun)
            for key, text in self.listings().items()
            for one, begin, end in named_figures(text, plain)
        ]

    def listings(self) -> dict[str, str]:
        """Give the values held that list figures of several kinds, by field."""
        return self.once("listings", "", self._listings)

    def _listings(self) -> dict[str, str]:
        held = {key: value for key, value in self.draft.values.items() if key in self.pack.fields}
        return {key: value.text for key, value in held.items() if self._lists(self.pack.fields[key], value.text)}

    def _lists(self, one: Field, text: str) -> bool:
        kind = kind_of(one)
        if kind.people or kind.several_messages or kind.dated:
            return False
        figures = figures_in(text)
        alone = "parts" in one.allows and any(each.measure or each.noun not in one.units for each in figures)
        return len(figures) > 1 or alone

    def judge(self, one: Field, text: str) -> Outcome:
        """Judge a text as the value of a field."""
        key = one.key, text
        if key not in self._judged:
            self._judged[key] = validate(one, text, self.pack, self.today)
        return self._judged[key]

    def fits(self, one: Field, text: str) -> bool:
        """Tell whether a field takes a text, perhaps with a doubt."""
        if kind_of(one).titled and _PHONE.search(text):
            return False  # no unit and no project is called by a phone
        return bool(text.strip()) and self.takes(one, text)

    def takes(self, one: Field, text: str) -> bool:
        """Tell whether a field takes words as they are, blank ones included."""
        return not isinstance(self.judge(one, text), Rejected)

    def says_none(self, one: Field, text: str) -> bool:
        """Tell whether words answer a field with nothing, as 没有了 does where a list is asked for."""
        outcome = self.judge(one, text)
        return not isinstance(outcome, Rejected) and outcome.value == kind_of(one).nothing

    def missing(self, one: Field, text: str) -> int:
        """Count the parts of a contact that words lack."""
        try:
            kind_of(one).read(one, text, self.today)
        except Misread as misread:
            named = str(misread.parts.get("missing", ""))
            return len(named.split("、")) if misread.reason == "missing_part" else len(one.parts)
        return 0

    def find(self, question: str, during: str | None = None) -> Answer | Abstention:
        """Search the notice for a question."""
        key = question, during
        if key not in self._found:
            self._found[key] = self.finder.find(speakable(question), today=self.today, during=during)
        return self._found[key]

    @property
    def previous(self) -> str | None:
        """The field whose value came with the latest message that gave one."""
        told = {key: held.message for key, held in self.draft.values.items() if held.message is not None}
        return max(told, key=lambda key: told[key] or 0, default=None)

    def holds(self, key: str) -> bool:
        """Tell whether the draft has a value for a field."""
        return key in self.draft.values
