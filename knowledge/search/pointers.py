"""A sentence of the notice that shares a question's weighty words: shown as a pointer where nothing is answered."""

import re

import numpy as np

from knowledge.notice import Citation, Notice
from knowledge.search.calibration import calibration
from knowledge.search.follow_up import content
from knowledge.search.index import GramIndex, cut

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_LONGEST = 160  # characters of a sentence that are quoted; a longer one is a list or a table


class ClausePointers:
    """The sentences of a notice, found by their words."""

    def __init__(self, notice: Notice) -> None:
        """Index the sentences of all clauses."""
        self._places = [
            Citation(clause=anchor, quote=sentence.strip())
            for anchor, clause in notice.clauses.items()
            for sentence in _SENTENCE.findall(clause.text)
            if cut(sentence) and len(sentence) <= _LONGEST
        ]
        texts = [cut(place.quote) for place in self._places]
        self._index = GramIndex(texts, range(len(texts))) if texts else None

    def find(self, question: str) -> Citation | None:
        """Give the sentence that holds most of a question's weighty words; None when none holds enough of them."""
        asked = cut(content(question))
        if self._index is None or not asked:
            return None
        rarity = self._index.rarity(asked)
        held = rarity @ self._index.used(asked)
        best = int(np.argmax(held))
        enough = held[best] >= calibration().pointed and held[best] >= calibration().pointed_share * rarity.sum()
        return self._places[best] if enough else None
