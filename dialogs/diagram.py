"""The transition table drawn as a Mermaid state diagram, for ARCHITECTURE.md."""

from itertools import pairwise

from dialogs import state_machine as machine
from dialogs.state_machine import ANY, FIELDS, MENU, TABLE, Condition, Row
from knowledge.form import Form

_NODES = {FIELDS: "field", ANY: "any"}
_WORDS: dict[Condition, str] = {
    machine.is_a_gap: "the first gap",
    machine.was_postponed: "reviewed, left open before",
    machine.not_yet_reviewed: "no gap, not reviewed",
    machine.must_be_agreed: "reviewed, not agreed",
    machine.agreement_is_asked: "at the declaration",
    machine.is_the_one_before: "the field before",
    machine.is_the_last: "the last field",
    machine.is_the_target: "the field named",
}


def mermaid(form: Form) -> str:
    """Draw the table; the fields of `form` stand in one composite state, in their order."""
    lines = ["stateDiagram-v2", f"    [*] --> {MENU}", '    state "any state" as any', "    state field {"]
    keys = [field.key for field in form.fields]
    lines += [f"        {one} --> {next_}" for one, next_ in pairwise(keys)]
    lines += ["    }", *(f"    {_arrow(row)}" for row in TABLE)]
    return "\n".join(lines)


def _arrow(row: Row) -> str:
    source, dest = _NODES.get(row.source, row.source), _NODES.get(row.dest, row.dest)
    condition = _WORDS[row.condition] if row.condition else ""
    return f"{source} --> {dest}: {row.trigger}{f' [{condition}]' if condition else ''}"
