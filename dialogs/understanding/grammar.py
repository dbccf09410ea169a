"""The small grammar in which `intents.yaml` writes phrases, compiled to regular expressions over words.

`( | )` groups alternatives; `?` or `*` after a character or group makes it optional or repeatable.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from knowledge.text.tokens import learn, words

_PART = re.compile(r"[㐀-鿿]|[a-z]+|[0-9]+|[()|?*]")


def pattern_of(phrase: str, spell: Callable[[str], str]) -> str:
    """Compile one phrase; `spell` writes a word as one character, the way the text will be written."""
    parts = []
    for part in _PART.findall(phrase):
        if part.isalnum():
            learn(part)
        if part == "(":
            parts.append("(?:")
        elif part == "*":
            parts.append("{0,4}")  # bounded: speech repeats itself, but not for ever
        else:
            parts.append(part if part in ")|?" else spell(part))
    return "".join(parts)


def any_of(phrases: Iterable[str], spell: Callable[[str], str]) -> str:
    """Compile alternatives to one group."""
    return "(?:" + "|".join(pattern_of(phrase, spell) for phrase in phrases) + ")"


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that must match a whole line."""
    return re.compile(rf"\A(?:{pattern})\Z")


@dataclass(frozen=True)
class Courtesy:
    """Words that may stand before and behind what is meant; those behind are kept reversed."""

    before: frozenset[str]
    behind: frozenset[str]
    longest: int

    @classmethod
    def of(cls, before: Iterable[str], after: Iterable[str], spell: Callable[[str], str]) -> "Courtesy":
        """Spell the words."""
        lead, trail = _spelt(before, spell), _spelt(after, spell)
        return cls(lead, frozenset(word[::-1] for word in trail), max(map(len, lead | trail)))

    def cores(self, line: str) -> list[tuple[int, int]]:
        """Give every stretch of the line that is left when some courtesy is taken off, the longest first."""
        starts = _steps(line, self.before, self.longest)
        back = _steps(line[::-1], self.behind, self.longest)
        return [(first, len(line) - last) for first in starts for last in back if first + last < len(line)]


def _spelt(phrases: Iterable[str], spell: Callable[[str], str]) -> frozenset[str]:
    for phrase in phrases:
        for word in words(phrase):
            learn(word)
    return frozenset("".join(map(spell, words(phrase))) for phrase in phrases)


def _steps(line: str, lead: frozenset[str], longest: int) -> list[int]:
    """Give every place that can be reached from the start by walking over whole lead words."""
    reached = [0]
    for place in reached:
        for end in range(place + 1, min(place + longest, len(line)) + 1):
            if line[place:end] in lead and end not in reached:
                reached.append(end)
    return sorted(reached)
