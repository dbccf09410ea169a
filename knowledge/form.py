"""The official form as data: `form.yaml` says every field, its wording and its rules."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Option

from knowledge.fact_values import FactError, read_fact
from knowledge.facts import NAME
from knowledge.model import MisplacedError, Model
from knowledge.problems import told
from knowledge.text.normalise import narrow
from knowledge.text.numerals import whole_number

Strength = Literal["reject", "warn", "hint"]


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


class Choice(Model):
    """One of the answers a field offers: official label, short names, clause that defines it."""

    label: str
    aliases: tuple[str, ...] = ()
    clause: str | None = None


class When(Model):
    """The field is asked for only if another field holds this value."""

    field: str
    equals: bool | str


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


class Print(Model):
    """How the cell of the form wants a value, where that is not how it is shown to the applicant.

    `unit` and `decimals`: a number in this unit (万元, 元, 万次 …), rounded half up. `bare`: the number alone, because
    the unit is printed beside it. `format`: a date, a month or a period like this example (1985.03). `cells`: one
    character a cell. Written as a text, it is the example.
    """

    unit: str = ""
    decimals: Annotated[int, Option(ge=0, le=6)] | None = None
    bare: bool = False
    format: str = ""
    cells: Annotated[int, Option(ge=1)] | None = None

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

    key: Annotated[str, Option(pattern=r"^[a-z][a-z0-9_]*$")]
    label: str
    kind: str  # its name; what there is and what it means is told by `dialogs.fields.kinds`
    prompt: str
    example: str
    hint: str = ""
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()  # keys it had before it was renamed: drafts under way follow it
    clause: str | None = None
    optional: bool = False
    print: Print = Print()
    empty: str = ""  # printed where an optional field is answered 无
    when: When | None = None
    choices: tuple[Choice, ...] = ()
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
    spare: Literal["remove", "keep"] = "keep"  # for `rows`: what becomes of printed rows that were not needed

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
    final_rules: tuple[Rule, ...] = ()
    afterwards: tuple[Step, ...] = ()
    evidence: EvidenceDemands | None = None

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
        for number, field in enumerate(self.fields):
            if field.when and field.when.field not in keys[:number]:
                said = told("form.when_not_before", key=field.key, field=field.when.field)
                raise MisplacedError(*said, ("fields", number, "when"))
        return self

    def field(self, key: str) -> Field:
        """Give the field with this key; `KeyError` when there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


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
