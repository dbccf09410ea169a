"""What one message gives so far: values by field, the answer being said, what was taken back.

A value is put right as a whole, in a part of it, or by exchanging the words denied. What the field's own validator does
not take is no value.
"""

import re
from dataclasses import dataclass, field, replace

from rapidfuzz.fuzz import partial_ratio, ratio

from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import ends_like_unit
from dialogs.understanding.inner_figures import with_figure, with_further, with_named_figure
from dialogs.understanding.mentions import Mention
from dialogs.understanding.new_values import marked_values, possible_values, unquoted
from dialogs.understanding.patches import (
    exchanged,
    parts_in,
    with_beginning,
    with_figure_of,
    with_measure,
    with_part,
    with_piece,
    with_tail,
)
from dialogs.understanding.situation import Situation
from knowledge.form import Field
from knowledge.text.person_names import is_person

_SHORT = 16  # characters; the end of a number is told in few words
_TELLING = 4  # characters of old words that show by themselves which value is meant
_ALIKE = 50  # of 100: a name and the same name put right


@dataclass
class ToldValues:
    """Gathers the values of one message."""

    text: str
    at: Situation
    given: dict[str, str] = field(default_factory=dict)  # field → the text for it, the latest counts
    answer: list[tuple[int, int]] = field(default_factory=list)  # spans of plain words
    stale: list[tuple[int, int]] = field(default_factory=list)  # those taken back
    targets: list[Mention] = field(default_factory=list)  # fields said to be wrong, whose new value must follow
    old: str = ""  # the old value, as it was denied
    partly: bool = False  # a few characters of a value are said to be wrong, not all of it
    part: str | None = None  # the part of the asked contact said to be wrong
    last: Mention | None = None  # the field given last; None: the one asked for
    marked: bool = False  # something showed that this is no plain message
    parts: set[str] = field(default_factory=set)  # the parts of the contact given last that were told

    def _set(self, mention: Mention, words: str) -> bool:
        """Put words to the first of the fields meant that takes them, as a whole or as a part of what it holds."""
        for key in self._likeliest(mention, words):
            told = words.strip()
            value = self._inside(key, mention.noun, told) if mention.noun else self._value(key, told, mention.part)
            if value is not None:
                self._give(key, value)
                one, same = self.at.pack.fields[key], self.last is not None and self.last.keys[0] == key
                parts = parts_in(one, words, mention.part) if kind_of(one).people else {}
                self.last = replace(mention, keys=(key,)) if kind_of(one).people else mention
                self.parts = (self.parts if same else set()) | parts.keys()
                return True
        return False

    def _value(self, key: str, words: str, part: str | None) -> str | None:
        one, before = self.at.pack.fields[key], self._before(key)
        bare = words if kind_of(one).titled else unquoted(words)
        people, wordy = kind_of(one).people, kind_of(one).takes_words
        bare = re.sub(r"[了啦吧哈]+\Z", "", bare) if people else bare
        tail = with_tail(before, "".join(filter(str.isdigit, words))) if part != "name" else None
        measured = with_measure(before, bare)
        today = self.at.today
        ways = [
            bare if people and before and self.at.missing(one, bare) == 0 else None,
            with_part(one, before, bare, part, today) if before and people else None,
            measured if kind_of(one).shaped and self.old else None,
            exchanged(before, self.old, bare) if self.old else None,
            measured if wordy else None,
            with_piece(before, bare) if self.partly and kind_of(one).titled else None,
            bare,
            measured,
            with_beginning(before, bare) if kind_of(one).shaped else None,
            tail if len(bare) <= _SHORT and not (kind_of(one).numbered or wordy) else None,
        ]
        fitting = (way for way in ways if way is not None and self.at.fits(one, way))
        value = next(fitting, None)
        if value is None and (marked := [each for each in marked_values(words) if each != words]):
            return self._value(key, marked[0], part)
        return value

    def _adds(self, words: str) -> bool:
        """Read 再加2个司机: one more figure for the value that lists several, the latest such value first."""
        if len(words) > _SHORT or self.answer:
            return False
        listings, latest = self.at.listings(), self.at.previous
        for key in sorted(listings, key=lambda each: each != latest):
            value = with_further(self.given.get(key, listings[key]), words)
            if value is not None and self.at.fits(self.at.pack.fields[key], value):
                self._give(key, value)
                self.marked = True
                return True
        return False

    def _inside(self, key: str, noun: str, words: str) -> str | None:
        """Exchange one figure of a value that lists several."""
        before = self._before(key)
        ways = (with_figure(before, noun, each) for each in (words, *marked_values(words)))
        return next((way for way in ways if way is not None and self.at.fits(self.at.pack.fields[key], way)), None)

    def _give(self, key: str, value: str) -> None:
        self.given[key] = value
        self.targets = [each for each in self.targets if key not in each.keys]
        if self.at.asked is not None and key == self.at.asked.key:
            self.answer, self.stale = [], []

    def _before(self, key: str) -> str:
        """Give what is known of a field: given in this message, being answered, or held."""
        held = self.at.draft.values.get(key)
        own = self._answer_text() if self.at.asked is not None and key == self.at.asked.key else ""
        return self.given.get(key) or own or (held.text if held else "")

    def _likeliest(self, mention: Mention, words: str = "") -> list[str]:
        """The field being answered first, then what is held and most like `words`."""
        asked = self.at.asked.key if self.at.asked else None
        own, last = bool(self.answer), self.last.keys if self.last is not None and mention.part else ()
        return sorted(
            mention.keys,
            key=lambda key: (
                key not in last,
                not (own and key == asked),
                not self.at.holds(key),
                -partial_ratio(self._before(key), words),
            ),
        )

    def _resembles(self, target: Mention, words: str) -> bool:
        """A name put right looks like the name that was wrong; other values only have to fit."""
        key = self._likeliest(target)[0]
        held, one = self._before(key), self.at.pack.fields[key]
        return not (kind_of(one).takes_words and held) or ratio(words, held) >= _ALIKE

    def _completes(self, words: str) -> bool:
        """Take a name or a phone told right behind a contact put right as a further part of it: 蒋雯，180…."""
        if self.last is None or self.answer or not kind_of(self.at.pack.fields[self.last.keys[0]]).people:
            return False
        told = parts_in(self.at.pack.fields[self.last.keys[0]], words)
        plain = told.get("phone") or is_person(told.get("name", ""))
        further = bool(told) and bool(plain) and self.parts.isdisjoint(told)
        return further and self._set(replace(self.last, part=None), words)

    def _exchange(self, old: str, new: str, targets: list[Mention]) -> bool:
        if not old or not new:
            return False
        wanted = [key for target in targets for key in self._likeliest(target)]
        own = self.at.asked.key if self.at.asked is not None and self._answer_text() else None
        keys = wanted or ([own] if own else []) or list(self.at.draft.values)
        fitting = [key for key in keys if self._exchanged(key, old, new) is not None]
        if not fitting and own and not wanted and len(old) >= _TELLING:
            fitting = [key for key in self.at.draft.values if self._exchanged(key, old, new) is not None]
        if not fitting or (len(fitting) > 1 and not wanted):
            return False
        self._give(fitting[0], self._exchanged(fitting[0], old, new) or new)
        return True

    def _removes(self, old: str, mention: Mention) -> bool:
        """Take words out of a value, nothing put in their place: 把“浙江省”三个字去掉."""
        for key in self._likeliest(mention, old):
            before = self._before(key)
            rest = before.replace(old, "", 1)
            if old and rest != before and self.at.fits(self.at.pack.fields[key], rest):
                self._give(key, rest)
                self.last = mention
                return True
        return False

    def _puts(self, words: str, mention: Mention, *, ahead: bool) -> bool:
        """Put words before a value, or behind it: 单位前面要加安徽省."""
        for key in self._likeliest(mention):
            one, before = self.at.pack.fields[key], self._before(key)
            value = words + before if ahead else before + words
            named = kind_of(one).takes_words and not kind_of(one).roomy  # a text that lacks 第一段 is sent anew
            if before and named and self.at.fits(one, value):
                self._give(key, value)
                self.last = mention
                return True
        return False

    def _exchanged(self, key: str, old: str, new: str) -> str | None:
        one, before = self.at.pack.fields.get(key), self._before(key)
        value = with_part(one, before, new, None, self.at.today) if one and old in before else None
        value = value or ((with_figure_of(before, old, new) or exchanged(before, old, new)) if one else None)
        if one and value is None and self._is_held_as(one, old):
            value = new  # 230 of what was typed as 二百三
        return value if one and value is not None and self.at.fits(one, value) else None

    def _is_held_as(self, one: Field, words: str) -> bool:
        """Tell whether words say what a field of figures holds, in other characters."""
        held = self.at.draft.values.get(one.key)
        plain = held is not None and kind_of(one).numbered and not kind_of(one).assents and self.at.fits(one, words)
        return plain and held is not None and getattr(self.at.judge(one, words), "value", None) == held.value

    def _answer_text(self) -> str:
        return self.text[self.answer[0][0] : self.answer[-1][1]] if self.answer else ""

    def _for_asked(self, words: str, before: str) -> str | None:
        """Give the answer that new words make, by themselves or as a part of the contact said before."""
        asked = self.at.asked
        if asked is None:
            return None
        people = kind_of(asked).people
        ways = [with_part(asked, before, words, self.part, self.at.today) if people else None]
        ways += [with_named_figure(before, words)]
        ways += [with_piece(before, words) if kind_of(asked).titled and not ends_like_unit(words) else None]
        ways += [exchanged(before, self.old, words), words] if self.old else [words]
        ways += [with_measure(before, words), with_beginning(before, words) if kind_of(asked).shaped else None]
        exact = not (kind_of(asked).numbered or kind_of(asked).takes_words or kind_of(asked).shaped)
        ways += [with_tail(before, words)] if exact else []
        ways += [with_part(asked, before, words, None, self.at.today)] if people else []
        return next((way for way in ways if way is not None and self.at.fits(asked, way)), None)

    def _repaired(self) -> str | None:
        """Give the answer after a taking back: what was said behind it, or a part of what was said before put right."""
        asked, before = self.at.asked, self.text[self.stale[0][0] : self.stale[-1][1]]
        if asked is None or not self.answer:
            return before if asked is not None and self.at.fits(asked, before) else None
        joined = self._answer_text()
        clauses = [self.text[start:end] for start, end in self.answer]
        marked = [value for words in reversed(clauses) for value in marked_values(words)]
        if kind_of(asked).takes_words and len(clauses) > 1 and ratio(clauses[-1], before) >= _ALIKE:
            ordered = [clauses[-1], *marked, *clauses]  # 打错 是云课堂 田间云课堂: all of it said anew at the end
        elif kind_of(asked).takes_words:
            ordered = [*marked_values(joined), *marked, *clauses] if len(clauses) == 1 else [*marked, *clauses]
        else:
            last_first = [value for words in reversed(clauses) for value in possible_values(words)]
            ordered = [*marked_values(joined), joined, *marked, *last_first]
        return next((value for words in ordered if (value := self._for_asked(words, before))), None)
