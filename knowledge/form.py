"""The official form as data: `form.yaml` says every field, its wording and its rules."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

import pydantic
from pydantic import BeforeValidator, model_validator

from knowledge.expressions.formula import Formula, Path, find_path
from knowledge.expressions.plain_values import Plain
from knowledge.fact_values import FactError, read_fact
from knowledge.facts import NAME
from knowledge.form_rules import Condition, FormAttachment, FormRule
from knowledge.model import MisplacedError, Model
from knowledge.problems import told
from knowledge.text.normalise import narrow
from knowledge.text.numerals import whole_number

Strength = Literal["reject", "warn", "hint"]
Place = tuple[int | str, ...]
M = TypeVar("M", bound=Model)
T = TypeVar("T")
_FORMS = 8  # forms remembered by what is worked out from them


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One name, or several."""


def _limit(value: object) -> object:
    """Read a limit as clerks write it: 两千, 2,000, 2024年2月19日; a name in small letters is that of a fact."""
    if isinstance(value, bool) or not isinstance(value, str | float):
        return value
    if isinstance(value, float):
        return Decimal(str(value))
    if re.fullmatch(NAME, value):
        return value
    try:
        read = read_fact(value)
    except FactError as error:
        raise MisplacedError(*told(f"fact.{error.fault}", name="limit", given=error.given)) from None
    number = whole_number(re.sub(r"[\s,，]", "", narrow(value)))
    if isinstance(read, str) and number is None:
        raise MisplacedError(*told("form.no_limit_value", given=value))
    return number if isinstance(read, str) else read


Limit = Annotated[int | Decimal | date | str | None, BeforeValidator(_limit)]
"""A number, a day, or the name of a fact."""


class Option(Model):
    """One of the answers a field offers: official label, short names, clause that defines it."""

    label: str
    aliases: tuple[str, ...] = ()
    clause: str | None = None


class Rule(Model):
    """What the notice (or good sense) demands of a value.

    `rule` names the test (see `dialogs.fields.rules`); `clause` and `quote` are the words it stands
    on; `message` is what the applicant reads when it fails, with `{fact}` and `{found}` filled in.
    Strength follows the notice: 应/需 → reject; 原则上/鼓励/请勿 → warn; everything else → hint.
    """

    rule: str
    strength: Strength
    message: str
    clause: str | None = None
    quote: str | None = None
    limit: Limit = None
    words: dict[str, tuple[str, ...]] = {}  # for `mentions`: part → words that show it
    of: Names = ()  # for `once_only`, `quota`: the names in the form's identity that are compared


class FinalRule(Rule):
    """A rule about the application as a whole; `when` limits it to some, so that a quota may differ by who applies."""

    when: Condition = None


class Print(Model):
    """How the cell of the form wants a value, where that is not how it is shown to the applicant.

    `unit` and `decimals`: a number in this unit (万元, 元, 万次 …), rounded half up. `bare`: the number alone, because
    the unit is printed beside it. `format`: a date, a month or a period like this example (1985.03). `cells`: one
    character a cell. Written as a text, it is the example.
    """

    unit: str = ""
    decimals: Annotated[int, pydantic.Field(ge=0, le=6)] | None = None
    bare: bool = False
    format: str = ""
    cells: Annotated[int, pydantic.Field(ge=1)] | None = None

    @property
    def changes_numbers(self) -> bool:
        """Whether a number is printed otherwise than it is shown."""
        return bool(self.unit or self.bare) or self.decimals is not None

    @model_validator(mode="before")
    @classmethod
    def _by_example(cls, given: Any) -> Any:
        return {"format": given} if isinstance(given, str) else given


class Field(Model):
    """A thing asked of the applicant."""

    key: Annotated[str, pydantic.Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: str
    kind: str  # its name; what there is and what it means is told by `dialogs.fields.kinds`
    prompt: str
    example: str
    hint: str = ""
    offers: tuple[str, ...] = ()  # short answers many give, as buttons: 今天, 至今
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()  # keys it had before it was renamed: drafts under way follow it
    clause: str | None = None
    quote: str | None = None  # words of that clause, cited where an answer is refused
    optional: bool = False
    print: Print = Print()
    empty: str = ""  # printed where an optional field is answered 无
    when: Condition = None  # asked for only where this holds; names fields before it
    derive: Condition = None  # never asked for: reckoned out from other fields, shown at the review, printed
    choices: tuple[Option, ...] = ()
    rules: tuple[Rule, ...] = ()
    invalid: str = ""  # said when the value cannot be understood at all
    absent: str = ""  # said to 无/待定 where an answer is required
    lead_ins: tuple[str, ...] = ()  # spoken openings to drop, e.g. 我们单位叫
    units: tuple[str, ...] = ()  # for `count`: words that may follow the number; the first where none does
    areas: tuple[str, ...] = ()  # for `count`: local place names written without 市/县
    allows: tuple[Literal["areas", "parts"], ...] = ()  # for `count`: taken as words, not as one number
    parts: tuple[Literal["unit", "name", "phone", "bank", "number"], ...] = (
        "name",
        "phone",
    )  # of `contact`, `bank_account`
    signs: tuple[str, ...] = ()  # for `list`, `links`: words that show a paragraph belongs here
    statement: str = ""  # for `consent`: the words agreed to
    at: str = ""  # where it stands on the blank form, when its label alone does not say (see `dialogs.document.place`)
    also_at: tuple[str, ...] = ()  # further places of the same value, written like `at`
    off_form: bool = False  # asked for, but on no cell of the form
    columns: tuple["Column", ...] = ()  # for `rows`: what a row of the table holds, from left to right
    fixed: tuple[str, ...] = ()  # for `rows`: the rows as the form prints them, by the words in their first column
    least: Limit = None  # of a number itself; of `rows`, `choices`, `list` how many there must be; of `code` its length
    most: Limit = None  # likewise; a name is that of a fact
    pixels: tuple[int, int] | None = None  # for `photo`: its width and height, exactly
    least_pixels: tuple[int, int] | None = None  # for `photo`: width and height, at least
    least_kb: int | None = None  # for `photo`: size of the file, in kilobytes of 1024 bytes
    most_kb: int | None = None
    formats: tuple[str, ...] = ()  # for `photo`: file endings that are taken: jpg, png
    background: str = ""  # for `photo`: colour of the background, as the notice names it: 白, 蓝, 红
    spare: Literal["remove", "keep"] = "keep"  # for `rows`: what becomes of printed rows that were not needed
    first: dict[str, Condition] = {}  # for `rows`: column → what its cell in the first row is proposed to be

    @property
    def names(self) -> tuple[str, ...]:
        """The label and everything else it is called."""
        return (self.label, *self.aliases)


class Column(Field):
    """What one cell of a row holds; like a field, but asked for with its row."""

    prompt: str = ""
    example: str = ""


class Step(Model):
    """Something left to do on paper once the document is there; `clause` and `quote` say why."""

    text: str
    clause: str
    quote: str


class Demand(Model):
    """What the notice wants of a piece of evidence: the clause, its words, and what is said when it is not met."""

    clause: str
    quote: str
    message: str


class EvidenceDemands(Model):
    """What goes into the envelope beside the form (四.2).

    `small` (longer side below `least_pixels`) and `blurred` are the
    doubts about one, with `{width}` and `{height}`; `screenshot` is said of a report without its screenshot, with
    `{link}`; `hint` invites evidence once the form is done.
    """

    least_pixels: int
    small: Demand
    blurred: Demand
    screenshot: Demand
    hint: str = ""


class Form(Model):
    """All fields in the official order, how the finished document is named, what is left to do then.

    `identity` says what tells one application from another, for example `{project: project_name, recommender:
    contact.unit}`: a name of the form's own → the key of a field, or `KEY.part` of one whose value has parts. The first
    name is what an applicant's applications are listed by. `final_rules` judge the application as a whole, before it is
    reviewed: `once_only` (the same `of` these names, filed once) and `quota` (at most `limit` applications of each).

    `short_name` is what the form is called in conversation (default: 申报表). A long text may stand on a page of its
    own from `own_page_from` 字. A document counts as this form when it has the labels of `recognised_by` fields,
    and a text as a whole application when it has those of `application_from`.
    """

    title: str
    short_name: str = ""
    own_page_from: int = 600
    recognised_by: int = 6
    application_from: int = 4
    filename: str
    identity: dict[str, str] = {}
    fields: tuple[Field, ...]
    final_rules: tuple[FinalRule, ...] = ()
    afterwards: tuple[Step, ...] = ()
    evidence: EvidenceDemands | None = None
    form_rules: tuple[FormRule, ...] = ()
    attachments: tuple[FormAttachment, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_older_packs(cls, data: Any) -> Any:
        """Read what has another shape now.

        `roles` said `{project, applicant, recommender}` before `identity` could name anything; the kind `recommender`
        was what a `contact` with all three parts is.
        """
        if not isinstance(data, dict) or not isinstance(data.get("fields"), list | tuple):
            return data
        data = {**data, "fields": [_as_contact(one) for one in data["fields"]]}
        return _with_identity(data) if isinstance(data.get("roles"), dict) else data

    @model_validator(mode="after")
    def _keys_make_sense(self) -> "Form":
        keys = [field.key for field in self.fields]
        if len(set(keys)) != len(keys):
            key = max(keys, key=keys.count)
            again = keys.index(key, keys.index(key) + 1)
            raise MisplacedError(*told("form.twice", key=key), ("fields", again, "key"))
        for name, path in self.identity.items():
            if path.partition(".")[0] not in keys:
                raise MisplacedError(*told("form.identity_field", name=name, path=path), ("identity", name))
        for number, rule in enumerate(self.final_rules):
            for name in rule.of:
                if name not in self.identity:
                    said = told("form.of_unknown", rule=rule.rule, name=name)
                    raise MisplacedError(*said, ("final_rules", number, "of"))
        self.__dict__.update(_with_names(self, {}))
        return self

    def with_facts(self, facts: Mapping[str, Plain]) -> "Form":
        """Give the form with the facts its expressions name filled in."""
        return self.model_copy(update=_with_names(self, facts))

    def field(self, key: str) -> Field:
        """Give the field with this key; `KeyError` when there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


def once_a_form(work_out: Callable[[Form], T]) -> Callable[[Form], T]:
    """Decorate what is worked out from a form alone: done once a form, for the forms used last."""
    known: dict[int, tuple[Form, T]] = {}

    def given(form: Form) -> T:
        kept = known.get(id(form))
        if kept is None or kept[0] is not form:
            if len(known) >= _FORMS:
                known.clear()  # packs are read anew when staff edit them; only the newest matter
            kept = known[id(form)] = (form, work_out(form))
        return kept[1]

    return given


class NameFinder:
    """Finds the names in the expressions of a form: of each field after those it hangs on."""

    def __init__(self, fields: tuple[Field, ...], facts: Mapping[str, Plain]) -> None:
        """Look among these fields and facts."""
        self._fields, self._facts = fields, facts
        self._numbers = {field.key: number for number, field in enumerate(fields)}
        self._found: dict[int, Field] = {}
        self._under_way: list[int] = []

    def field(self, number: int) -> Field:
        """Give a field with the names in its expressions found.

        Raises:
            MisplacedError: a name that is none, a condition on a later field, fields reckoned out from each other.
        """
        if number in self._under_way:
            said = told("expression.circle", key=self._fields[number].key)
            raise MisplacedError(*said, ("fields", number, "derive"))
        if number not in self._found:
            self._under_way.append(number)
            field = self.parts(self._fields[number], ("fields", number))
            self._check_order(field, number)
            self._found[number] = field
            self._under_way.pop()
        return self._found[number]

    def parts(self, whole: M, place: Place, row: tuple[Field, ...] = ()) -> M:
        """Give a part of the form with the names in its expressions found; a column may name those beside it."""
        update: dict[str, Any] = {}
        for name, part in whole:
            if isinstance(part, Formula):
                update[name] = self._formula(part, (*place, name), row)
            elif name == "first" and part:
                update[name] = {key: self._formula(each, (*place, name, key), ()) for key, each in part.items()}
            elif name == "columns" and part:
                update[name] = tuple(self.parts(column, (*place, name, at), part) for at, column in enumerate(part))
        return whole.model_copy(update=update) if update else whole

    def _formula(self, formula: Formula, place: Place, row: tuple[Field, ...]) -> Formula:
        paths: dict[str, Path] = {}
        for name in formula.expression.names:
            path = find_path(name, self._fields, row)
            if path is not None:
                paths[name] = path
            elif not re.fullmatch(NAME, name):  # else a fact, perhaps: told by `check` where it is none
                labels = "、".join(field.label for field in self._fields)
                raise MisplacedError(*told("expression.no_name", name=name, names=labels), place)
        keys = dict.fromkeys(path.key for path in paths.values() if path.key)
        own = self._under_way[-1] if self._under_way else -1
        fields = {key: self.field(self._numbers[key]) for key in keys if not row or self._numbers[key] != own}
        named = {name: self._facts[name] for name in formula.expression.names if name in self._facts}
        return formula.bound(paths, fields, named)

    def _check_order(self, field: Field, number: int) -> None:
        for key in _inputs(field.when) if field.when else ():
            if self._numbers[key] >= number:
                said = told("form.when_not_before", key=field.key, field=key)
                raise MisplacedError(*said, ("fields", number, "when"))


def _with_names(form: Form, facts: Mapping[str, Plain]) -> dict[str, object]:
    """Give the parts of a form that have expressions, with what the names in them stand for.

    Raises:
        MisplacedError: a name that is none, or fields that are reckoned out from each other.
    """
    finder = NameFinder(form.fields, facts)
    return {
        "fields": tuple(finder.field(number) for number in range(len(form.fields))),
        "final_rules": tuple(finder.parts(rule, ("final_rules", at)) for at, rule in enumerate(form.final_rules)),
        "form_rules": tuple(finder.parts(rule, ("form_rules", at)) for at, rule in enumerate(form.form_rules)),
        "attachments": tuple(finder.parts(each, ("attachments", at)) for at, each in enumerate(form.attachments)),
    }


def _inputs(formula: Formula) -> Iterator[str]:
    """Give the keys of the fields that are asked for and that a formula hangs on."""
    for key, field in formula.fields.items():
        if field.derive is not None:
            yield from _inputs(field.derive)
        else:
            yield key


_COMPARED = {"once_only": "project", "quota": "recommender"}  # what these rules compared before `of` could say it


def _with_identity(data: dict[str, Any]) -> dict[str, Any]:
    """Say a form's `roles` as its `identity`, and what its final rules compare as their `of`."""
    roles = dict(data["roles"])
    units = {one.get("key") for one in data["fields"] if isinstance(one, dict) and "unit" in (one.get("parts") or ())}
    if roles.get("recommender") in units:
        roles["recommender"] = f"{roles['recommender']}.unit"
    rules = [
        {"of": _COMPARED[rule["rule"]], **rule} if isinstance(rule, dict) and rule.get("rule") in _COMPARED else rule
        for rule in data.get("final_rules") or ()
    ]
    rest = {name: part for name, part in data.items() if name != "roles"}
    return {"identity": roles, **rest, "final_rules": rules}


def _as_contact(field: Any) -> Any:
    """Say a field of the kind `recommender` as a contact with a unit."""
    if isinstance(field, dict) and field.get("kind") == "recommender":
        return {**field, "kind": "contact", "parts": ["unit", "name", "phone"]}
    return field
