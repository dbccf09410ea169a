"""The transition table: the one place that says what can follow what.

Rows are `(trigger, source, dest, condition)`. `FIELDS` as a source stands for every field's state; a row
with `FIELDS` as its destination is tried field by field, in the form's order; the first row whose
condition holds wins. `ANY` stands for every state.
"""

from typing import NamedTuple

GROUP = "ApplicationForm"
ANY = "*"
FIELDS = "<field>"
MENU, ELIGIBILITY, IMPORT, REVIEW, DONE = "menu", "eligibility", "import_review", "review", "done"
PHASES = (MENU, ELIGIBILITY, IMPORT, REVIEW, DONE)


class Row(NamedTuple):
    """One line of the table; `condition` names a test in `dialogs.machine`, None means always."""

    trigger: str
    source: str
    dest: str
    condition: str | None = None


TABLE = (
    # The way forward is the same from everywhere: first gap, then review, declaration, document.
    Row("proceed", ANY, FIELDS, "is_a_gap"),
    Row("proceed", ANY, REVIEW, "not_yet_reviewed"),
    Row("proceed", ANY, FIELDS, "must_be_agreed"),
    Row("proceed", ANY, DONE),
    # The way back follows the form's order, past fields that are not asked for.
    Row("back", FIELDS, REVIEW, "agreement_is_asked"),
    Row("back", FIELDS, FIELDS, "is_the_one_before"),
    Row("back", REVIEW, FIELDS, "is_the_last"),
    Row("back", DONE, REVIEW),
    # At any moment.
    Row("edit", ANY, FIELDS, "is_the_target"),
    Row("pause", ANY, MENU),
    Row("check", ANY, ELIGIBILITY),
    Row("compare", ANY, IMPORT),
)


def state_name(phase_or_field: str) -> str:
    """Give the stored name, as aiogram would: `ApplicationForm:period`."""
    return f"{GROUP}:{phase_or_field}"


def local_name(state: str) -> str:
    """Give the phase or field of a stored state name."""
    return state.rpartition(":")[2]
