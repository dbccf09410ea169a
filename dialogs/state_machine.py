"""The state machine of a form: the transition table as data, and one synchronous machine a pack, no registered models.

Rows are `(trigger, source, dest, condition)`. `FIELDS` as a source stands for every field's state; a row
with `FIELDS` as its destination is tried field by field, in the form's order; the first row whose
condition holds wins. `ANY` stands for every state.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from transitions import Machine

from dialogs.breaches import keeps_back
from dialogs.fields.registry import kind_of
from dialogs.session import Draft
from knowledge.form import Field, Form

GROUP = "ApplicationForm"
ANY = "*"
FIELDS = "<field>"
MENU, ELIGIBILITY, IMPORT, REVIEW, DONE = "menu", "eligibility", "import_review", "review", "done"
PHASES = (MENU, ELIGIBILITY, IMPORT, REVIEW, DONE)


def state_name(phase_or_field: str) -> str:
    """Give the stored name, as aiogram would: `ApplicationForm:period`."""
    return f"{GROUP}:{phase_or_field}"


def local_name(state: str) -> str:
    """Give the phase or field of a stored state name."""
    return state.rpartition(":")[2]


@dataclass(eq=False)
class Position:
    """What the machine moves: a state, and what the conditions look at.

    `fields` are the form's by key, `order` their places in it; `target` is the field an edit names.
    """

    state: str
    draft: Draft
    form: Form
    fields: Mapping[str, Field]
    order: Mapping[str, int]
    target: str | None = None


# The conditions: `dest` is the phase or field a row leads to, `at` the position being moved.


def is_a_gap(dest: str, at: Position) -> bool:
    """A field is to be asked now: wanted, not settled, not left open for later."""
    return was_postponed(dest, at) and dest not in at.draft.postponed


def was_postponed(dest: str, at: Position) -> bool:
    """A field is not settled, be it left open for later."""
    field = at.fields[dest]
    return not kind_of(field).declared and not at.draft.settled(field)


def not_yet_reviewed(_dest: str, at: Position) -> bool:
    """The applicant has not confirmed the review, or a breached rule between fields keeps the document back."""
    return not at.draft.reviewed or keeps_back(at.form, at.draft)


def must_be_agreed(dest: str, at: Position) -> bool:
    """A declaration has not been agreed to."""
    field = at.fields[dest]
    return kind_of(field).declared and not at.draft.settled(field)


def agreement_is_asked(_dest: str, at: Position) -> bool:
    """The position is at a declaration."""
    return kind_of(at.fields[local_name(at.state)]).declared


def is_the_one_before(dest: str, at: Position) -> bool:
    """A field that is asked for stands before the position."""
    return at.order[dest] < at.order[local_name(at.state)] and at.draft.asks(at.fields[dest])


def is_the_last(dest: str, at: Position) -> bool:
    """A field is asked for, and no declaration; rows that lead back try the last field first."""
    field = at.fields[dest]
    return not kind_of(field).declared and at.draft.asks(field)


def is_the_target(dest: str, at: Position) -> bool:
    """A field is the one an edit names, and is asked for."""
    return dest == at.target and at.draft.asks(at.fields[dest])


Condition = Callable[[str, Position], bool]


class Row(NamedTuple):
    """One line of the table; without a condition it always holds."""

    trigger: str
    source: str
    dest: str
    condition: Condition | None = None


TABLE = (
    # The way forward is the same from everywhere: first gap, then review, declaration, document.
    Row("proceed", ANY, FIELDS, is_a_gap),
    Row("proceed", ANY, REVIEW, not_yet_reviewed),
    Row("proceed", ANY, FIELDS, was_postponed),
    Row("proceed", ANY, FIELDS, must_be_agreed),
    Row("proceed", ANY, DONE),
    # The way back follows the form's order, past fields that are not asked for.
    Row("back", FIELDS, REVIEW, agreement_is_asked),
    Row("back", FIELDS, FIELDS, is_the_one_before),
    Row("back", REVIEW, FIELDS, is_the_last),
    Row("back", DONE, REVIEW),
    # At any moment.
    Row("edit", ANY, FIELDS, is_the_target),
    Row("pause", ANY, MENU),
    Row("check", ANY, ELIGIBILITY),
    Row("compare", ANY, IMPORT),
)


class FormMachine:
    """Moves positions through a form. Stateless itself: nothing about an applicant stays in it."""

    def __init__(self, form: Form) -> None:
        """Expand the table over the form's fields (about a millisecond; do it once per pack)."""
        self._form, self._fields = form, {field.key: field for field in form.fields}
        self._order = {key: number for number, key in enumerate(self._fields)}
        self._machine = Machine(
            model=None,
            states=[state_name(name) for name in (*PHASES, *self._fields)],
            initial=state_name(MENU),
            transitions=[option for row in TABLE for option in self._expand(row)],
            auto_transitions=False,
        )

    def move(self, trigger: str, state: str, draft: Draft, target: str | None = None) -> str | None:
        """Give the state a trigger leads to from `state`, or None when it leads nowhere."""
        position = Position(state, draft, self._form, self._fields, self._order, target)
        event = self._machine.events[trigger]
        if state not in event.transitions or not event.trigger(position, position):
            return None
        return position.state

    def knows(self, state: str) -> bool:
        """Tell whether a stored state still exists (a pack's form may have changed)."""
        return state in self._machine.states

    def _expand(self, row: Row) -> list[dict[str, object]]:
        source = {ANY: "*", FIELDS: [state_name(key) for key in self._fields]}.get(row.source, state_name(row.source))
        return [
            {
                "trigger": row.trigger,
                "source": source,
                "dest": state_name(dest),
                "conditions": partial(row.condition, dest) if row.condition else None,
            }
            for dest in self._destinations(row)
        ]

    def _destinations(self, row: Row) -> list[str]:
        if row.dest != FIELDS:
            return [row.dest]
        return list(self._fields)[:: -1 if row.trigger == "back" else 1]
