"""The named facts of a notice (deadline, limits, contact): stated once, used everywhere."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeAlias

from knowledge.expressions.plain_values import Plain
from knowledge.text.numerals import whole_number

NAME = "[a-z][a-z0-9_]*"
"""What a fact may be called, as a regular expression."""

LAST_MOMENT = time(23, 59, 59)
"""How 24:00 is kept, so that the day stays the day; it is shown as 24:00."""

_NAME = re.compile(rf"\{{({NAME})\}}")

Day: TypeAlias = date

Fact = str | int | Decimal | date | datetime | time | tuple["Fact", ...]
"""A fact's value: words, a number, a day, a moment, a time of day, or several of these."""


class UnknownFactError(KeyError):
    """A text names a fact the notice does not state, or a fact is not what it is used as."""


class Facts(Mapping[str, Fact]):
    """Facts by name, as the front matter of `notice.md` gives them.

    Subscription gives the value; `shown` gives it as a reader would write it.
    """

    def __init__(self, values: Mapping[str, Fact]) -> None:
        """Keep a private copy."""
        self._values = dict(values)

    def __getitem__(self, name: str) -> Fact:
        """Give the fact's value; an unknown name raises `UnknownFactError`."""
        try:
            return self._values[name]
        except KeyError:
            raise UnknownFactError(name) from None

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._values)

    def __len__(self) -> int:
        """Count the facts."""
        return len(self._values)

    def date(self, name: str) -> date:
        """Give the day of a fact that must be a day or a moment; `UnknownFactError` when it is neither."""
        value = self[name]
        if isinstance(value, datetime):
            return value.date()
        if not isinstance(value, date):
            raise UnknownFactError(f"{name} is not a date")
        return value

    def day(self, name: str) -> Day | None:
        """Give the day of a fact; None when there is no such fact, or it is no day."""
        try:
            return self.date(name)
        except UnknownFactError:
            return None

    def number(self, name: str) -> int | Decimal:
        """Give a fact that must be a number, in digits or Chinese numerals (两千); else `UnknownFactError`."""
        value = self[name]
        if isinstance(value, int | Decimal):
            return value
        read = whole_number(value) if isinstance(value, str) else None
        if read is None:
            raise UnknownFactError(f"{name} is not a number")
        return read

    def limit(self, name: str) -> int | Decimal | Day:
        """Give what a rule may be limited by: a number or a day; else `UnknownFactError`."""
        day = self.day(name)
        return self.number(name) if day is None else day

    def plain(self) -> dict[str, Plain]:
        """Give every fact as an expression reckons with it: numbers exact, a moment as its day, words as they are."""
        return {name: _plain(value) for name, value in self._values.items()}

    def shown(self, name: str) -> str:
        """Write the fact as Chinese text: `2024年2月19日`, `2024年2月19日17:00`, `17:00`, several with 、."""
        return _shown(self[name])

    def fill(self, text: str, /, **more: object) -> str:
        """Replace every `{name}` in `text`; `more` adds names of the moment, e.g. a count.

        Raises:
            UnknownFactError: `text` uses a name that is neither a fact nor in `more`.
        """
        return _NAME.sub(lambda m: str(more[m[1]]) if m[1] in more else self.shown(m[1]), text)

    @staticmethod
    def names_in(text: str) -> list[str]:
        """List the names a text asks for, in order."""
        return _NAME.findall(text)

    @staticmethod
    def without_names(text: str) -> str:
        """Give a text with a blank for each name it asks for."""
        return _NAME.sub(" ", text)


def _plain(value: Fact) -> Plain:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    read = whole_number(value) if isinstance(value, str) else value
    if isinstance(read, int | Decimal):
        return Decimal(read)
    return str(value) if isinstance(value, time) else value


def _shown(value: Fact) -> str:
    if isinstance(value, datetime):
        return f"{_shown(value.date())}{_shown(value.time())}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return "24:00" if value == LAST_MOMENT else f"{value:%H:%M}"
    return "、".join(map(_shown, value)) if isinstance(value, tuple) else str(value)
