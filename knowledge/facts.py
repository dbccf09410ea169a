"""The named facts of a notice (deadline, limits, contact): stated once, used everywhere."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

_NAME = re.compile(r"\{([a-z_]+)\}")


class UnknownFactError(KeyError):
    """A text names a fact the notice does not state."""


class Facts(Mapping[str, str | int | date]):
    """Facts by name, as the front matter of `notice.md` gives them.

    Subscription gives the value (`date`, `int`, `str`); `shown` gives it as a reader would write it.
    """

    def __init__(self, values: Mapping[str, str | int | date]) -> None:
        """Keep a private copy."""
        self._values = dict(values)

    def __getitem__(self, name: str) -> str | int | date:
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
        """Give a fact that must be a date; `UnknownFactError` when it is not one."""
        value = self[name]
        if not isinstance(value, date):
            raise UnknownFactError(f"{name} is not a date")
        return value

    def number(self, name: str) -> int:
        """Give a fact that must be a whole number; `UnknownFactError` when it is not one."""
        value = self[name]
        if not isinstance(value, int):
            raise UnknownFactError(f"{name} is not a number")
        return value

    def shown(self, name: str) -> str:
        """Write the fact as Chinese text: a date as `2024年2月19日`, anything else as it stands."""
        value = self[name]
        if isinstance(value, date):
            return f"{value.year}年{value.month}月{value.day}日"
        return str(value)

    def fill(self, text: str, **more: object) -> str:
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
