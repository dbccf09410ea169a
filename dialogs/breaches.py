"""Rules between fields held against a draft: judged once everything a rule names is held, and again at any change.

What was typed is kept whatever the rules say; a breach of a rule that rejects only keeps the document back.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dialogs.fields.reckoning import Reckoning, completed_rows
from dialogs.session import Draft
from knowledge.expressions.formula import Formula, Path, find_path
from knowledge.expressions.plain_values import EMPTY, UNKNOWN, Plain
from knowledge.form import Field, Form
from knowledge.form_rules import FormRule
from knowledge.notice import Citation

_AT_HAND = 6  # fields offered to be changed


@dataclass(frozen=True)
class Breach:
    """A rule that does not hold: `at` is the field to mend first, `fields` are those that can be changed.

    `shown` is what the fields it names hold: label → as displayed.
    """

    rule: FormRule
    at: Field
    fields: tuple[Field, ...]
    shown: tuple[tuple[str, str], ...]

    @property
    def rejects(self) -> bool:
        """Whether it keeps the document back."""
        return self.rule.strength == "reject"

    @property
    def citation(self) -> tuple[Citation, ...]:
        """The words of the notice it stands on, if there are any."""
        clause, quote = self.rule.clause, self.rule.quote
        return (Citation(clause=clause, quote=quote),) if clause and quote else ()


def breaches(form: Form, draft: Draft, about: Collection[str] | None = None) -> list[Breach]:
    """List the rules that do not hold; `about` are keys of fields one of which a rule must hang on."""
    reckoning = Reckoning(draft)
    found = (_breach(form, rule, reckoning, draft) for rule in form.form_rules)
    return [
        breach
        for breach in found
        if breach is not None and (about is None or any(field.key in about for field in breach.fields))
    ]


def keeps_back(form: Form, draft: Draft) -> bool:
    """Tell whether a rule between fields keeps the document back."""
    return any(breach.rejects for breach in breaches(form, draft))


def unreckoned(form: Form, draft: Draft) -> dict[str, str]:
    """Give the expressions that cannot be reckoned out over this draft, for staff: text → why."""
    reckoning = Reckoning(draft)
    for field in form.fields:
        if field.when is not None or field.derive is not None:
            reckoning.plain(field)
    for rule in form.form_rules:
        _fails(rule, reckoning)
    return reckoning.faults


def _breach(form: Form, rule: FormRule, reckoning: Reckoning, draft: Draft) -> Breach | None:
    if not _fails(rule, reckoning):
        return None
    named = [rule.check.fields[key] for key in rule.check.keys]
    fields = tuple(dict.fromkeys(field.key for each in named for field in _asked(each)))
    by_key = {field.key: field for field in form.fields}
    at = find_path(rule.at.strip("{}"), form.fields) if rule.at else None
    last = by_key[at.key] if at else max(named, key=lambda field: list(by_key).index(field.key))
    shown = {_label(path, form): shown_at(path, form, draft) for path in rule.check.paths.values() if path.key}
    at_hand = dict.fromkeys([*(field.key for field in _asked(last)), *fields])
    return Breach(rule, last, tuple(by_key[key] for key in list(at_hand)[:_AT_HAND]), tuple(shown.items()))


def _fails(rule: FormRule, reckoning: Reckoning) -> bool:
    """Tell whether a rule is broken: not while anything it names is open or left empty."""
    if rule.when is not None and _items(reckoning.outcome(rule.when)) != (True,):
        return False
    for name, path in rule.check.paths.items():
        value = reckoning.named(name, rule.check) if path.key else None
        if value is UNKNOWN or (value is EMPTY and not rule.check.fields[path.key].columns):
            return False
    return any(each is False for each in _items(reckoning.outcome(rule.check)))


def _items(value: Plain) -> tuple[Plain, ...]:
    return value if isinstance(value, tuple) else (value,)


def _asked(field: Field) -> Iterator[Field]:
    """Give the fields a field hangs on that can be changed: itself, or what it is reckoned out from."""
    if field.derive is None:
        yield field
        return
    for key in field.derive.keys:
        yield from _asked(field.derive.fields[key])


def _label(path: Path, form: Form) -> str:
    field = form.field(path.key)
    if not field.columns or not path.part:
        return field.label
    column = next(each for each in field.columns if each.key == path.part)
    return "·".join(
        [field.label, *(field.fixed[path.row : path.row + 1] if path.row is not None else ()), column.label]
    )


def shown_at(path: Path, form: Form, draft: Draft) -> str:
    """Give what a name stands for, as it is shown to the applicant; empty where nothing is held."""
    field, reckoning = form.field(path.key), Reckoning(draft)
    if field.derive is not None:
        found = reckoning.derived(field)
        return found.display if found else ""
    held = draft.values.get(field.key)
    if held is None:
        return ""
    if not field.columns:
        value = held.value.get(path.part) if path.part and isinstance(held.value, dict) else None
        return held.display if value is None else str(value)
    if not path.part:
        return held.display
    value = completed_rows(field, held.value, reckoning)
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    chosen = rows if path.row is None else rows[path.row : path.row + 1]
    return "、".join(_cell_shown(row.get(path.part)) for row in chosen)


def _cell_shown(cell: object) -> str:
    return str(cell.get("display", "")) if isinstance(cell, dict) else ""


def derived_from(formula: Formula) -> tuple[Field, ...]:
    """Give the fields a derived one comes from."""
    return tuple(formula.fields[key] for key in formula.keys)


def derived_shown(field: Field, draft: Draft) -> str:
    """Give what a derived field comes to, as it is shown; empty while that is open."""
    found = Reckoning(draft).derived(field)
    return found.display if found else ""
