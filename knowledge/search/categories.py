"""「我们做……，属于哪一类」: the category whose words the project's description uses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.faq import CategoryHelp, CategoryWords
from knowledge.search.spelling import tokens
from knowledge.text.normalise import simplified
from knowledge.text.pinyin import sound

_CLEAR = 2.0  # a category with this many times the weight of the next stands alone


@dataclass(frozen=True, slots=True)
class Fit:
    """A category, and the words of the description that speak for it."""

    category: CategoryWords
    words: tuple[str, ...]

    @property
    def weight(self) -> int:
        """Characters that speak for the category."""
        return sum(map(len, self.words))


def fits(description: str, help_: CategoryHelp) -> list[Fit]:
    """Give the one or two categories a description fits best, best first.

    Two categories called by their names are the two. Else words are looked for as written; only when none is there,
    by their sound (黄眉戏 for 黄梅戏).
    """
    plain = simplified(description)
    named = [Fit(category, (_name(category),)) for category in help_.categories if _name(category) in plain]
    if len(named) == 2:  # noqa: PLR2004 - 「教育发展还是社会帮扶」
        return named
    found = _fits(plain, help_, str) or _fits(_heard(plain), help_, _heard)
    ranked = sorted(found, key=lambda fit: -fit.weight)
    if len(ranked) > 1 and ranked[0].weight >= _CLEAR * ranked[1].weight:
        return ranked[:1]
    return ranked[:2]


def _name(category: CategoryWords) -> str:
    """The name without what all names share: 教育发展 for 互联网+教育发展."""
    return category.label.rpartition("+")[2]


def _fits(text: str, help_: CategoryHelp, form: Callable[[str], str]) -> list[Fit]:
    found = [Fit(category, _spoken(category.words, text, form)) for category in help_.categories]
    return [fit for fit in found if fit.words]


def _spoken(words: Sequence[str], text: str, form: Callable[[str], str]) -> tuple[str, ...]:
    """Give the words that occur, leaving out those that stand inside a longer one."""
    found = [word for word in words if form(word.lower()) in text]
    return tuple(word for word in found if not any(word != other and word in other for other in found))


def _heard(text: str) -> str:
    return " " + " ".join(sound(token) for token in tokens(text)) + " "
