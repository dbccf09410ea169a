"""The questions and keywords staff wrote down, to know a bare topic when it is typed."""

from knowledge.faq import Faq
from knowledge.text.tokens import words

_known: dict[int, tuple[Faq, frozenset[str]]] = {}


def is_topic(text: str, faq: Faq) -> bool:
    """Tell whether the words are exactly a question, a variant or a keyword of the FAQ, punctuation aside."""
    return "".join(words(text)) in _topics(faq)


def _topics(faq: Faq) -> frozenset[str]:
    known = _known.get(id(faq))
    if known is None or known[0] is not faq:
        _known.clear()  # packs are reloaded when staff edit them; only the newest matters
        phrases = (p for e in faq.entries for p in (e.question, *e.variants, *e.keywords))
        known = _known[id(faq)] = (faq, frozenset("".join(words(phrase)) for phrase in phrases))
    return known[1]
