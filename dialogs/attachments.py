"""The documents that go with one application: which of those the notice names, and how many copies."""

from collections.abc import Iterator
from decimal import Decimal

from dialogs.fields.reckoning import Reckoning
from knowledge.expressions.evaluation import holds
from knowledge.form import Form


def attachments_due(form: Form, reckoning: Reckoning) -> Iterator[tuple[str, int | None]]:
    """Give label and copies of each that must go with it; None for copies the notice does not count.

    Optional ones, and those whose condition does not hold or is still open, are left out.
    """
    for paper in form.attachments:
        if paper.optional or (paper.when is not None and holds(reckoning.outcome(paper.when)) is not True):
            continue
        found = reckoning.outcome(paper.copies) if paper.copies is not None else None
        yield paper.label, int(found) if isinstance(found, Decimal) else None
