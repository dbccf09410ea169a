"""What one message gives so far: values by field, the answer being said, what was taken back.

A value is put right as a whole, in a part of it, or by exchanging the words denied. What the field's own validator does
not take is no value.
"""

import re
from dataclasses import dataclass, field

from rapidfuzz.fuzz import partial_ratio, ratio

from dialogs.fields.registry import kind_of
from dialogs.understanding.mentions import Mention
from dialogs.understanding.new_values import marked_values, possible_values, unquoted
from dialogs.understanding.patches import exchanged, with_beginning, with_figure_of, with_measure, with_part, with_tail
from dialogs.understanding.situation import Situation

_SHORT = 16  # characters; the end of a number is told in few words
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
    part: str | None = None  # the part of the asked contact said to be wrong
    last: Mention | None = None  # the field given last; None: the one asked for

    def _set(self, mention: Mention, words: str) -> bool:
        """Put words to the first of the fields meant that takes them, as a whole or as a part of what it holds."""
        for key in self._likeliest(mention, words):
            value = self._value(key, words.strip(), mention.part)
            if value is not None:
                self._give(key, value)
                self.last = mention
                return True
        return False

    def _value(self, key: str, words: str, part: str | None) -> str | None:
        one, before = self.at.pack.fields[key], self._before(key)
        bare = words if kind_of(one).titled else unquoted(words)
        people, wordy = kind_of(one).people, kind_of(one).takes_words
        bare = re.sub(r"[了啦吧哈]+\Z", "", bare) if people else bare
        tail = with_tail(before, "".join(filter(str.isdigit, words))) if part != "name" else None
        measured = with_measure(before, bare)
        ways = [
            with_part(one, before, bare, part) if part and before and people else None,
            exchanged(before, self.old, bare) if self.old else None,
            measured if wordy else None,
            bare,
            measured,
            with_part(one, before, bare, part if people else None),
            with_beginning(before, bare) if kind_of(one).shaped else None,
            tail if len(bare) <= _SHORT and not (kind_of(one).numbered or wordy) else None,
        ]
        fitting = (way for way in ways if way is not None and self.at.fits(one, way))
        value = next(fitting, None)
        if value is None and (marked := [each for each in marked_values(words) if each != words]):
            return self._value(key, marked[0], part)
        return value

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
        own = bool(self.answer)
        return sorted(
            mention.keys,
            key=lambda key: (
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

    def _exchange(self, old: str, new: str, targets: list[Mention]) -> bool:
        if not old or not new:
            return False
        wanted = [key for target in targets for key in self._likeliest(target)]
        own = self.at.asked.key if self.at.asked is not None and self._answer_text() else None
        keys = wanted or ([own] if own else []) or list(self.at.draft.values)
        fitting = [key for key in keys if self._exchanged(key, old, new) is not None]
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

    def _exchanged(self, key: str, old: str, new: str) -> str | None:
        one = self.at.pack.fields.get(key)
        before = self._before(key)
        value = (with_figure_of(before, old, new) or exchanged(before, old, new)) if one else None
        return value if one and value is not None and self.at.fits(one, value) else None

    def _answer_text(self) -> str:
        return self.text[self.answer[0][0] : self.answer[-1][1]] if self.answer else ""

    def _for_asked(self, words: str, before: str) -> str | None:
        """Give the answer that new words make, by themselves or as a part of the contact said before."""
        asked = self.at.asked
        if asked is None:
            return None
        people = kind_of(asked).people
        ways = [with_part(asked, before, words, self.part) if people else None]
        ways += [exchanged(before, self.old, words), words] if self.old else [words]
        ways += [with_measure(before, words), with_beginning(before, words) if kind_of(asked).shaped else None]
        exact = not (kind_of(asked).numbered or kind_of(asked).takes_words or kind_of(asked).shaped)
        ways += [with_tail(before, words)] if exact else []
        ways += [with_part(asked, before, words, None)] if people else []
        return next((way for way in ways if way is not None and self.at.fits(asked, way)), None)

    def _repaired(self) -> str | None:
        """Give the answer after a taking back: what was said behind it, or a part of what was said before put right."""
        asked, before = self.at.asked, self.text[self.stale[0][0] : self.stale[-1][1]]
        if asked is None or not self.answer:
            return before if asked is not None and self.at.fits(asked, before) else None
        joined = self._answer_text()
        clauses = [self.text[start:end] for start, end in self.answer]
        marked = [value for words in reversed(clauses) for value in marked_values(words)]
        if kind_of(asked).takes_words:
            ordered = [*marked_values(joined), *marked, *clauses] if len(clauses) == 1 else [*marked, *clauses]
        else:
            last_first = [value for words in reversed(clauses) for value in possible_values(words)]
            ordered = [*marked_values(joined), joined, *marked, *last_first]
        return next((value for words in ordered if (value := self._for_asked(words, before))), None)
