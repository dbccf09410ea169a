"""The state machine of a form: the transition table as data, and one synchronous machine a pack, no registered models.

Rows are `(trigger, source, dest, condition)`. `FIELDS` as a source stands for every field's state; a row
with `FIELDS` as its destination is tried field by field, in the form's order; the first row whose
condition holds wins. `ANY` stands for every state.
"""

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
    Row("proceed", ANY, FIELDS, "was_postponed"),
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


@dataclass(eq=False)
class Position:
    """What the machine moves: a state, and what its conditions look at."""

    state: str
    draft: Draft
    target: str | None = None


class FormMachine:
    """Moves positions through a form. Stateless itself: nothing about an applicant stays in it."""

    def __init__(self, form: Form) -> None:
        """Expand the table over the form's fields (about a millisecond; do it once per pack)."""
        self._form, self._fields = form, form.fields
        self._index = {field.key: number for number, field in enumerate(form.fields)}
        self._machine = Machine(
            model=None,
            states=[state_name(name) for name in (*PHASES, *self._index)],
            initial=state_name(MENU),
            transitions=[option for row in TABLE for option in self._expand(row)],
            auto_transitions=False,
        )

    def move(self, trigger: str, state: str, draft: Draft, target: str | None = None) -> str | None:
        """Give the state a trigger leads to from `state`, or None when it leads nowhere."""
        position = Position(state, draft, target)
        event = self._machine.events[trigger]
        if state not in event.transitions or not event.trigger(position, position):
            return None
        return position.state

    def knows(self, state: str) -> bool:
        """Tell whether a stored state still exists (a pack's form may have changed)."""
        return state in self._machine.states

    def _expand(self, row: Row) -> list[dict[str, object]]:
        source = {ANY: "*", FIELDS: [state_name(field.key) for field in self._fields]}.get(row.source)
        options: list[dict[str, object]] = []
        for dest in self._destinations(row):
            condition = partial(getattr(self, f"_{row.condition}"), dest) if row.condition else None
            name = dest.key if isinstance(dest, Field) else dest
            options.append(
                {
                    "trigger": row.trigger,
                    "source": source or state_name(row.source),
                    "dest": state_name(name),
                    "conditions": condition,
                }
            )
        return options

    def _destinations(self, row: Row) -> tuple[Field, ...] | tuple[str]:
        if row.dest != FIELDS:
            return (row.dest,)
        return self._fields[::-1] if row.trigger == "back" else self._fields

    # The conditions. `dest` is the row's destination, `at` the position being moved.

    def _is_a_gap(self, dest: Field, at: Position) -> bool:
        return self._was_postponed(dest, at) and dest.key not in at.draft.postponed

    def _was_postponed(self, dest: Field, at: Position) -> bool:
        return not kind_of(dest).declared and not at.draft.settled(dest)

    def _not_yet_reviewed(self, _dest: str, at: Position) -> bool:
        return not at.draft.reviewed or keeps_back(self._form, at.draft)

    def _must_be_agreed(self, dest: Field, at: Position) -> bool:
        return kind_of(dest).declared and not at.draft.settled(dest)

    def _agreement_is_asked(self, _dest: str, at: Position) -> bool:
        return kind_of(self._fields[self._index[local_name(at.state)]]).declared

    def _is_the_one_before(self, dest: Field, at: Position) -> bool:
        here = self._index[local_name(at.state)]
        return self._index[dest.key] < here and at.draft.asks(dest)

    def _is_the_last(self, dest: Field, at: Position) -> bool:
        return not kind_of(dest).declared and at.draft.asks(dest)

    def _is_the_target(self, dest: Field, at: Position) -> bool:
        return dest.key == at.target and at.draft.asks(dest)
