"""Puts questions that ask the same thing together, so that staff answer each topic once."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from knowledge.search.spelling import joined, tokens
from knowledge.text.normalise import simplified

ALIKE = 0.28  # tried on invented questions: of two topics never above 0.25, of one topic mostly 0.3 and more


@dataclass
class Group:
    """Wordings of one topic, the most frequent and then the shortest first, with how often each was asked."""

    wordings: dict[str, int] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The wording asked most often."""
        return next(iter(self.wordings))

    @property
    def times(self) -> int:
        """How often the topic was asked in all."""
        return sum(self.wordings.values())


class QuestionIndex:
    """How alike two questions are (0 to 1): the rare characters and pairs of them that they share."""

    def __init__(self, usual: Iterable[str]) -> None:
        """Learn from `usual` questions which characters say little (什么, 可以, 吗 …)."""
        self._seen: Counter[str] = Counter()
        self._size = 1
        for text in usual:
            self._seen.update(set(_pieces(text)))
            self._size += 1

    @cached_property
    def _rarest(self) -> float:
        return math.log(self._size + 1)

    def vector(self, text: str) -> dict[str, float]:
        """Weigh the pieces of a text; the squares of the weights add up to one."""
        raw = {piece: self._rarest - math.log(1 + self._seen[piece]) for piece in set(_pieces(text))}
        norm = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {piece: weight / norm for piece, weight in raw.items()}

    def groups(self, questions: Sequence[str]) -> list[Group]:
        """Put each question with the one most like it; the topic asked most often comes first."""
        groups: list[Group] = []
        known: dict[str, list[tuple[Group, str, float]]] = {}
        for text, times in sorted(Counter(questions).items(), key=lambda asked: (-asked[1], len(asked[0]))):
            own = self.vector(text)
            group = _nearest(own, known) or Group()
            if not group.wordings:
                groups.append(group)
            group.wordings[text] = times
            for piece, weight in own.items():
                known.setdefault(piece, []).append((group, text, weight))
        return sorted(groups, key=lambda group: -group.times)


def _nearest(own: dict[str, float], known: dict[str, list[tuple[Group, str, float]]]) -> Group | None:
    """Find the group of the wording that shares most with `own`."""
    scores: dict[str, float] = {}
    groups: dict[str, Group] = {}
    for piece, weight in own.items():
        for group, text, other in known.get(piece, ()):
            scores[text] = scores.get(text, 0.0) + weight * other
            groups[text] = group
    best = max(scores, key=lambda text: scores[text], default=None)
    return groups[best] if best is not None and scores[best] >= ALIKE else None


def _pieces(text: str) -> list[str]:
    cut = tokens(joined(simplified(text)))
    return [*cut, *("".join(pair) for pair in pairwise(cut))]
