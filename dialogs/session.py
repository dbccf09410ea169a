"""Stored data of one applicant's exchange: where it stands, the drafts, what waits for a decision."""

from typing import Literal

from pydantic import JsonValue

from dialogs.attachments import attachments_due
from dialogs.fields.reckoning import Reckoning, completed_rows
from dialogs.fields.registry import kind_of
from dialogs.submission import Entry, Submission
from knowledge.form import Field
from knowledge.model import Model
from knowledge.pack import NoticePack
from knowledge.search.follow_up import LastAnswer


class FieldValue(Model):
    """What one field of a draft holds.

    `text` is what the applicant sent, `value` and `display` what was understood, `printed` what
    the cell of the form holds where that is not what is displayed.
    `warning` is the doubt the applicant has yet to confirm (`confirmed` false) or has confirmed.
    `message` is the number of the message it came with, so that an edited message corrects it.
    """

    text: str
    value: JsonValue
    display: str
    printed: str | None = None
    approx: bool = False
    warning: str | None = None
    confirmed: bool = True
    message: int | None = None


class Refused(Model):
    """A text that could not be taken; kept, because nothing an applicant typed is lost.

    `times`: refusals in a row; `reason`: what was said of the last one, while it is the same.
    """

    text: str
    message: int | None = None
    times: int = 1
    reason: str = ""


class EvidenceFile(Model):
    """A picture sent as evidence (四.2); the shell keeps its bytes, found again by `digest` (SHA-256, hex).

    `link` is the report it is a screenshot of. `place`: what it is without one: a screenshot whose report is not known
    yet (`waits`), perhaps a screenshot (`open`: the applicant will be asked), or a picture like any other (`plain`).
    """

    digest: str
    name: str
    size: int
    message: int | None = None
    link: str | None = None
    place: Literal["plain", "open", "waits"] = "plain"


class Table(Model):
    """A table being filled in: its rows so far, column key → the words that column takes.

    `at` is the row being asked for (from 0; behind the last one: a new row), `wrong` what was typed for a cell of it
    that does not take it: column key → words.
    """

    rows: tuple[dict[str, str], ...] = ()
    at: int = 0
    wrong: dict[str, str] = {}

    @property
    def row(self) -> dict[str, str]:
        """The row being asked for."""
        return self.rows[self.at] if self.at < len(self.rows) else {}

    def with_row(self, row: dict[str, str], wrong: dict[str, str]) -> "Table":
        """Give the table with the row being asked for filled in so far."""
        rows = (*self.rows[: self.at], row, *self.rows[self.at + 1 :])
        return Table(rows=rows, at=self.at, wrong=wrong)


class Draft(Model):
    """An unfinished application: values by field, skipped optional fields, refused texts.

    `retired` are values of fields the form no longer has; they come back if the field does. `evidence` and `addresses`
    (of videos and the like) go into the envelope beside the form; `apart` are the fields whose text is set on a page
    of its own.
    """

    id: int
    values: dict[str, FieldValue] = {}
    skipped: frozenset[str] = frozenset()
    postponed: frozenset[str] = frozenset()  # left open for now, required or not; listed at the review
    refused: dict[str, Refused] = {}
    ticked: dict[str, tuple[str, ...]] = {}  # field of several options → labels ticked by button, not yet its value
    tables: dict[str, Table] = {}  # tables of rows begun and not finished
    retired: dict[str, FieldValue] = {}
    review_seen: bool = False  # the whole review was shown once: after a change only what changed is shown
    reviewed: bool = False
    delivered: int = 0  # how many times a document was handed over
    growing: str | bool = False  # the field whose text or list may go on; stored as a truth before it was named
    receipt: str = ""  # its number at the office (受理号) while it is handed in …
    handed_in: str = ""  # … and the mark of the submission that was
    collecting: str | None = None  # the field whose parts were announced: all goes there until they are said to be sent
    left_at: str | None = None  # the field being asked for when the applicant left
    evidence: tuple[EvidenceFile, ...] = ()
    addresses: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing has been filled in yet."""
        return not (self.values or self.skipped or self.refused or self.ticked or self.tables)

    def applies(self, field: Field) -> bool:
        """Tell whether the field is the applicant's to hold, given its condition; not while that is open.

        What the office fills in never is.
        """
        return not kind_of(field).left_blank and Reckoning(self).needed(field) is True

    def asks(self, field: Field) -> bool:
        """Tell whether the field is asked for: it applies, and is not reckoned out from others."""
        return field.derive is None and self.applies(field)

    def settled(self, field: Field) -> bool:
        """Tell whether the field needs nothing more: answered, skipped, or not asked for."""
        return field.key in self.values or field.key in self.skipped or not self.asks(field)

    def submission(self, pack: NoticePack) -> Submission:
        """Freeze the draft; of fields that do not apply only what the form wants there, derived ones reckoned out."""
        reckoning = Reckoning(self)
        needed = {field.key: reckoning.needed(field) for field in pack.form.fields}
        found = {field.key: self._entry(field, reckoning) for field in pack.form.fields if needed[field.key]}
        found |= {
            field.key: Entry(value=None, display=field.empty)
            for field in pack.form.fields
            if needed[field.key] is False and field.empty
        }
        entries = {key: entry for key, entry in found.items() if entry is not None}
        return Submission(
            pack_id=pack.id,
            pack_version=pack.version,
            entries=entries,
            apart=self.apart & entries.keys(),
            attachments=dict(attachments_due(pack.form, reckoning)),
        )

    def _entry(self, field: Field, reckoning: Reckoning) -> Entry | None:
        """Give what the form holds of a field; None when that is nothing."""
        if field.derive is not None:
            found = reckoning.derived(field)
            return Entry(value=found.value, display=found.display, printed=found.printed) if found else None
        held = self.values.get(field.key)
        if held is None:
            return None
        value = completed_rows(field, held.value, reckoning)
        return Entry(value=value, display=held.display, printed=held.printed)


class Pending(Model):
    """A decision the applicant has been asked for; `serial` is in the ids of its buttons, kept in `choices`."""

    kind: Literal["warned", "unclear", "restart", "erase", "import", "shot", "address"]
    serial: int
    field: str | None = None
    text: str = ""
    message: int | None = None
    held: FieldValue | None = None
    choices: tuple[tuple[str, str], ...] = ()
    found: dict[str, str] = {}  # for `import`: field → text read from the file
    left_out: frozenset[str] = frozenset()  # for `import`: fields not to be taken
    leftover: tuple[str, ...] = ()  # for `import`: words that fit no field
    spoken: bool = False  # for `import`: typed, not read from a file


class Session(Model):
    """One applicant's exchange, pinned to a pack's id and version.

    `state` is a name such as `ApplicationForm:period`; `offered` are the buttons last shown (so that a
    typed number or word finds them); `checks` are the answers of the eligibility check; `heard` is the highest
    number of a message so far.
    """

    pack_id: str
    pack_version: str
    state: str
    drafts: dict[int, Draft] = {}
    current: int = 0
    pending: Pending | None = None
    serial: int = 0
    offered: tuple[tuple[str, str], ...] = ()
    checks: dict[str, str] = {}
    heard: int = 0
    tapped: tuple[str, int] | None = None  # the button just pressed and the message it stands under
    told_no_pictures: bool = False
    unreminded: bool = False  # the applicant wants to hear nothing of deadlines
    answered: tuple[LastAnswer, ...] = ()  # the questions answered last, the latest last; 「那网站呢」 leans on them
    just_answered: bool = False  # the last turn answered a question
    to_office: bool = False  # the next words are for the office's people
    album: tuple[str, ...] = ()  # the album last sent, and what was said to its files

    @property
    def draft(self) -> Draft:
        """The draft being worked on; an empty one before the first is opened."""
        return self.drafts.get(self.current) or Draft(id=self.current)
