"""What the buttons mean: one class a verb, and the short id a messenger carries for it.

An id is `verb:argument:…`, at most 64 bytes of ASCII (Telegram's `callback_data`), and lives as long as the message
its button stands under: a verb or the order of its arguments must never change meaning, or old buttons would do
something else. `encode(Skip(draft=1, field="honors"))` is `skip:1:honors`; `decode` gives the same value back.
"""

from dataclasses import astuple, dataclass, fields
from typing import Any, ClassVar, Literal

from pydantic import TypeAdapter, ValidationError

from dialogs.protocol import Button
from knowledge.eligibility import Tap

LONGEST_ID = 64  # bytes: Telegram's limit for callback_data


@dataclass(frozen=True)
class ButtonAction:
    """What pressing a button asks for; `lasting`: as long as its message stands, not only until that is answered."""

    lasting: ClassVar[bool] = False


# ---- anywhere


class Start(ButtonAction):
    """Start, or go on with, the application at hand."""


class Consult(ButtonAction):
    """Ask a question about the notice."""


class CheckEligibility(ButtonAction):
    """Begin the eligibility check."""


class NewApplication(ButtonAction):
    """Start one more application."""

    lasting = True


class ListApplications(ButtonAction):
    """List the applicant's applications."""

    lasting = True


@dataclass(frozen=True)
class OpenApplication(ButtonAction):
    """Go on with the application of this number."""

    lasting = True

    draft: int


@dataclass(frozen=True)
class DropApplication(ButtonAction):
    """Delete the application of this number."""

    draft: int


@dataclass(frozen=True)
class Remind(ButtonAction):
    """Be reminded of the deadline, or not."""

    whether: Literal["on", "off"]


@dataclass(frozen=True)
class Suggest(ButtonAction):
    """Answer the FAQ entry with this id."""

    lasting = True

    entry: str


@dataclass(frozen=True)
class WrongAnswer(ButtonAction):
    """The answer given from the FAQ entry with this id was not what was asked."""

    lasting = True

    entry: str


class WriteToOffice(ButtonAction):
    """Write words of one's own to the office's people."""


class AskOffice(ButtonAction):
    """Pass the question asked last on to the office's people."""


class WriteNothing(ButtonAction):
    """Write nothing to the office after all."""


@dataclass(frozen=True)
class AnswerCheck(ButtonAction):
    """Answer one question of the eligibility check."""

    check: str
    tap: Tap


# ---- a decision that is waited for: `serial` says which


@dataclass(frozen=True)
class Decision(ButtonAction):
    """One of the ways to settle `Session.pending`; stale when its serial is another."""

    serial: int


class Confirm(Decision):
    """Keep a doubted value."""


class Redo(Decision):
    """Write a doubted value anew."""


class TakeAsAnswer(Decision):
    """The words were meant as the answer to the field."""


class TakeAsQuestion(Decision):
    """The words were meant as a question."""


class Append(Decision):
    """Put the words behind the long text."""


class Restart(Decision):
    """Start over with an empty application."""


class Erase(Decision):
    """Delete everything stored about the applicant."""


class NeverMind(Decision):
    """Leave everything as it is."""


@dataclass(frozen=True)
class Import(Decision):
    """Take what was read from a file: all, what fills gaps, what is ticked, all as another application, or nothing.

    `pick` shows it field by field.
    """

    what: Literal["all", "new", "ticked", "pick", "another", "none"]


@dataclass(frozen=True)
class Tick(Decision):
    """Tick a field of a file's content, or untick it."""

    field: str


@dataclass(frozen=True)
class MatchReport(Decision):
    """The picture shows the report with this number among the links (from 0), or none."""

    report: int | Literal["no"]


@dataclass(frozen=True)
class PlaceAddress(Decision):
    """Keep an address for the envelope, or put it to the media links."""

    place: Literal["keep", "media"]


# ---- an application: `draft` says which


@dataclass(frozen=True)
class OfApplication(ButtonAction):
    """Concerns the application of this number; does nothing to another one."""

    draft: int


class ShowEvidence(OfApplication):
    """List the evidence."""

    lasting = True


@dataclass(frozen=True)
class DropEvidence(OfApplication):
    """Take out the file or address with this mark (the first 12 hex digits of its SHA-256)."""

    lasting = True

    mark: str


class PackUp(OfApplication):
    """Hand over everything for the envelope in one file."""

    lasting = True


class HandIn(OfApplication):
    """Hand the finished application in at the office, or a newer version of it."""

    lasting = True


@dataclass(frozen=True)
class TakeBack(OfApplication):
    """Take back an application that was handed in; asked about first unless `sure`."""

    lasting = True

    sure: Literal["", "yes"] = ""


class ShowPages(OfApplication):
    """Show the pages of the document."""

    lasting = True


class Reviewed(OfApplication):
    """The review found nothing wrong."""


class ChooseField(OfApplication):
    """Offer the fields for change."""


class Leave(OfApplication):
    """Leave the application as it is, for later."""


# ---- a field of an application


@dataclass(frozen=True)
class OfField(OfApplication):
    """Concerns one field, by its key."""

    field: str


@dataclass(frozen=True)
class PickChoice(OfField):
    """Take the choice with this number (from 0); `mark` tells whether it is still the choice that was shown."""

    number: int
    mark: str = ""


@dataclass(frozen=True)
class TakeOffer(OfField):
    """Give the short answer with this number (from 0) of those the form offers; `mark` as of a choice."""

    number: int
    mark: str = ""


class TakeTicked(OfField):
    """Answer with the options that are ticked."""


class Skip(OfField):
    """Leave an optional field empty."""


class LeaveOpen(OfField):
    """Leave a required field open for now."""


class Keep(OfField):
    """Leave a field as it is."""


class Reuse(OfField):
    """Take over what another application of the same applicant holds."""


class Decline(OfField):
    """Do not consent."""


class Edit(OfField):
    """Go to the field to change it."""


class SetApart(OfField):
    """Set a long text on a page of its own."""


class SetTogether(OfField):
    """Set a long text back into its cell."""


class Advise(OfField):
    """Look over a long text."""


class FinishRows(OfField):
    """The table has no more rows."""


class AddRow(OfField):
    """Write one more row of a table."""


@dataclass(frozen=True)
class ChangeRow(OfField):
    """Change the row with this number (from 1)."""

    row: int


@dataclass(frozen=True)
class DropRow(OfField):
    """Delete the row with this number (from 1)."""

    row: int


VERBS: dict[str, type[ButtonAction]] = {
    "start": Start,
    "consult": Consult,
    "eligible": CheckEligibility,
    "new": NewApplication,
    "list": ListApplications,
    "open": OpenApplication,
    "forget": DropApplication,
    "remind": Remind,
    "suggest": Suggest,
    "wrong": WrongAnswer,
    "check": AnswerCheck,
    "office": WriteToOffice,
    "askoffice": AskOffice,
    "nooffice": WriteNothing,
    "confirm": Confirm,
    "redo": Redo,
    "answer": TakeAsAnswer,
    "question": TakeAsQuestion,
    "append": Append,
    "restart": Restart,
    "erase": Erase,
    "no": NeverMind,
    "import": Import,
    "tick": Tick,
    "shot": MatchReport,
    "address": PlaceAddress,
    "evidence": ShowEvidence,
    "drop": DropEvidence,
    "kit": PackUp,
    "handin": HandIn,
    "takeback": TakeBack,
    "pages": ShowPages,
    "reviewed": Reviewed,
    "choose": ChooseField,
    "leave": Leave,
    "value": PickChoice,
    "offer": TakeOffer,
    "ticked": TakeTicked,
    "skip": Skip,
    "later": LeaveOpen,
    "keep": Keep,
    "reuse": Reuse,
    "decline": Decline,
    "edit": Edit,
    "apart": SetApart,
    "together": SetTogether,
    "advise": Advise,
    "rowsdone": FinishRows,
    "rowmore": AddRow,
    "rowedit": ChangeRow,
    "rowdrop": DropRow,
}
_VERB_OF = {action: verb for verb, action in VERBS.items()}
_READERS: dict[str, TypeAdapter[Any]] = {verb: TypeAdapter(action) for verb, action in VERBS.items()}


def button(action: ButtonAction, label: str) -> Button:
    """Make a button that reads `label` and does `action`."""
    return Button(id=encode(action), label=label)


def is_rating(id_: str) -> bool:
    """Tell whether a button only rates an answer: no typed number or word stands for it."""
    return id_.partition(":")[0] == _VERB_OF[WrongAnswer]


def is_lasting(id_: str) -> bool:
    """Tell whether a button still serves when what its message asked is answered."""
    action = VERBS.get(id_.partition(":")[0])
    return action is not None and action.lasting


def encode(action: ButtonAction) -> str:
    """Write the id of an action; an argument at its end that is empty is left out.

    Raises:
        ValueError: an argument makes it longer than 64 bytes, holds a colon, or is not ASCII.
    """
    arguments = [str(argument) for argument in astuple(action)]
    while arguments and not arguments[-1]:
        arguments.pop()
    id_ = ":".join([_VERB_OF[type(action)], *arguments])
    if len(id_) > LONGEST_ID or not id_.isascii() or any(":" in argument for argument in arguments):
        raise ValueError(f"no messenger takes this button id: {id_}")
    return id_


def decode(id_: str) -> ButtonAction | None:
    """Read an id; None when no button of ours has it (made up, or from before a verb was dropped)."""
    if len(id_) > LONGEST_ID:
        return None
    verb, *arguments = id_.split(":")
    reader, action = _READERS.get(verb), VERBS.get(verb)
    if reader is None or action is None:
        return None
    names = [field.name for field in fields(action)]
    if len(arguments) > len(names):
        return None
    try:
        read: ButtonAction = reader.validate_python(dict(zip(names, arguments, strict=False)))
    except ValidationError:
        return None
    return read
