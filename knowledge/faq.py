"""The FAQ as data: `faq.yaml` holds the questions staff own and the answers that cite the notice."""

from knowledge.model import Model
from knowledge.notice import Citation


class FaqEntry(Model):
    """One question with its wordings, its answer and the clauses the answer stands on.

    `covered` is false for topics people ask about that the notice does not settle (通知未说明).
    """

    id: str
    question: str
    variants: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    answer: str
    cites: tuple[Citation, ...] = ()
    fields: tuple[str, ...] = ()
    covered: bool = True


class Faq(Model):
    """All entries of a pack."""

    entries: tuple[FaqEntry, ...]
