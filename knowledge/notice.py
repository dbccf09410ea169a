"""The notice as clauses: `notice.md` is the notice verbatim, each clause under its own anchor."""

import re

from knowledge.model import Model


class Citation(Model):
    """Words of the notice an answer or a rule stands on.

    `clause` is an anchor such as `四.2`; `quote` is verbatim text of that clause.
    """

    clause: str
    quote: str


class Clause(Model):
    """A numbered piece of the notice: anchor (`四.2`), title (may be empty), verbatim text."""

    anchor: str
    title: str
    text: str

    def holds(self, quote: str) -> bool:
        """Tell whether `quote` stands in this clause word for word (white space aside)."""
        return squeeze(quote) in squeeze(self.title + self.text)


class Notice(Model):
    """The clauses of a notice by anchor, in the order of the notice."""

    clauses: dict[str, Clause]

    def cite(self, anchor: str, quote: str) -> Citation:
        """Quote a clause.

        Raises:
            LookupError: there is no such clause, or it does not hold these words.
        """
        clause = self.clauses.get(anchor)
        if clause is None or not clause.holds(quote):
            raise LookupError(f"{anchor}: {quote}")
        return Citation(clause=anchor, quote=quote)


def squeeze(text: str) -> str:
    """Drop all white space: printed notices break lines and pad digits where they like."""
    return re.sub(r"\s+", "", text)
