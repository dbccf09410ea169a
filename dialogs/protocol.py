"""The words of the core's protocol: events in; replies, and what a turn asks of the shell, out.

`message` numbers the applicant's messages, so that an edit finds its answer.
"""

from datetime import date
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import Field, JsonValue, model_validator

from dialogs.session import Session
from dialogs.submission import Submission
from knowledge.model import Model
from knowledge.notice import Citation


class Text(Model):
    """Typed words; `forwarded`: somebody else's, passed on."""

    kind: Literal["text"] = "text"
    text: str
    message: int | None = None
    forwarded: bool = False


class Choice(Model):
    """A button press; `id` is the id of an offered `Button`, perhaps of an old message."""

    kind: Literal["choice"] = "choice"
    id: str
    message: int | None = None


class Upload(Model):
    """A file sent: its name and its bytes (limited by the shell before it gets here).

    `caption` are the words that came with it; files sent together as one album share `album`.
    """

    kind: Literal["upload"] = "upload"
    name: str
    content: bytes = Field(repr=False)
    message: int | None = None
    caption: str = ""
    album: str | None = None


class Edited(Model):
    """An earlier message (number `message`) was changed to `text`."""

    kind: Literal["edited"] = "edited"
    text: str
    message: int


class Command(Model):
    """A slash command, e.g. `/back`; `name` without the slash, lower case; `argument` what follows it."""

    kind: Literal["command"] = "command"
    name: str
    argument: str = ""
    message: int | None = None


class Unreadable(Model):
    """A message of a kind that cannot be read: spoken words, a place on a map, a sticker; what was asked is put again.

    `caption` are the words under it: they are read.
    """

    kind: Literal["unreadable"] = "unreadable"
    what: Literal["voice", "video", "location", "sticker", "other"]
    caption: str = ""
    message: int | None = None


class Pictured(Model):
    """The pages of a document handed over before, as pictures (PNG), come from the shell; none: it cannot make them.

    `pdf` is the document as a PDF, empty where there is none; `asked` says that the applicant waits for them.
    """

    kind: Literal["pictured"] = "pictured"
    name: str
    pages: tuple[bytes, ...] = Field(repr=False)
    pdf: bytes = Field(default=b"", repr=False)
    asked: bool = False
    message: int | None = None


class Decided(Model):
    """The office has looked at an application handed in: its `number`, its `status` now, a `note` to its applicant.

    `draft` is the applicant's own number of it. It comes from the shell, not from the applicant.
    """

    kind: Literal["decided"] = "decided"
    number: str
    draft: str
    status: Literal["received", "returned", "recommended"]
    note: str = ""
    message: int | None = None


class Reminded(Model):
    """The day draws near on which the applicant's open applications are due. It comes from the shell's clock."""

    kind: Literal["reminded"] = "reminded"
    deadline: date
    message: int | None = None


class OfficeAnswered(Model):
    """The office answers words passed on to it: its own `text` to the applicant's `question`, on a day, `by` a name.

    `by` is empty where the office names nobody. It comes from the shell, not from the applicant.
    """

    kind: Literal["office_answered"] = "office_answered"
    number: int
    question: str
    text: str
    on: date
    by: str = ""
    message: int | None = None


class Preset(Model):
    """Many answers at once, from a program: field key → what would be typed (a table as its rows), and the field `at`.

    Doubtful values count as confirmed; `at` is asked next, None asks what comes next by itself. It is no message.
    """

    kind: Literal["preset"] = "preset"
    values: dict[str, JsonValue]
    at: str | None = None
    message: int | None = None


Event = Annotated[
    Text | Choice | Upload | Edited | Command | Unreadable | Pictured | Decided | Reminded | OfficeAnswered | Preset,
    Field(discriminator="kind"),
]


class ExistingSubmissions(Model):
    """Submissions this bot holds beside the one at hand, as a `Lookup` asks for them.

    `same`: how many are the same application, filed by another draft; `quota`: name in the identity → how many other
    applications agree with this one in it.
    """

    same: int = 0
    quota: dict[str, int] = {}

    @model_validator(mode="before")
    @classmethod
    def _of_older_journals(cls, data: Any) -> Any:
        """Read what journals held while there was one quota, that of the recommending unit."""
        if isinstance(data, dict) and "same_project" in data:
            return {"same": data["same_project"], "quota": {"recommender": data.get("from_recommender", 0)}}
        return data


class FiledSubmission(Model):
    """A finished application, as other applications are held against it.

    `draft` tells one applicant's applications apart; `identity` is what the pack's form says identifies an application
    (`Form.identity`): name → what this application holds there, empty when it holds nothing.
    """

    draft: str
    pack_id: str
    identity: dict[str, str] = {}


class Lookup(Model):
    """What a turn asks of the submissions held beside `filed`, those of the same pack.

    `same`: names in which another submission must agree with `filed` to be the same application (none: nothing is).
    `quota`: names for each of which other applications that agree with `filed` in it are counted, each application
    once however often it was filed. An empty value agrees with nothing.
    """

    filed: FiledSubmission
    same: tuple[str, ...] = ()
    quota: tuple[str, ...] = ()


class Receipt(Model):
    """What the office holds of an application handed in: its number (受理号), how often it came, what became of it."""

    number: str
    version: int = 1
    status: Literal["submitted", "received", "returned", "recommended", "withdrawn"]
    note: str = ""
    on: date


class Button(Model):
    """An offered choice: `id` (at most 64 bytes, for messengers), `label` (what is read)."""

    id: str
    label: str


class File(Model):
    """A file handed over: its safe name and its bytes."""

    name: str
    content: bytes = Field(repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, hex."""
        return sha256(self.content).hexdigest()


class Registration(Model):
    """What a turn asks of the office's register: to `submit` or `withdraw` an application, or to `look` what is there.

    `draft` is its number within the conversation, `on` the day; what is handed in: the answers, the proven document,
    everything packed.
    """

    change: Literal["submit", "withdraw", "look"]
    draft: str
    on: date
    filed: FiledSubmission
    submission: Submission | None = None
    document: File | None = None
    package: File | None = None


class Reply(Model):
    """One message to the applicant.

    `hand_over`: they asked for a person, which a channel with people can give them. `aside`: it leaves what was asked
    before it open, and the buttons under that as they are. `labels`: names of fields that stand in it as such, at the
    head of a line or behind its bar.
    """

    text: str
    choices: tuple[Button, ...] = ()
    citations: tuple[Citation, ...] = ()
    files: tuple[File, ...] = ()
    hand_over: bool = False
    aside: bool = False
    labels: tuple[str, ...] = ()


class Moment(Model):
    """The outside world at one turn.

    `holdings`, `receipts` (draft → receipt) and `files` (digest → bytes) are None until a turn asks for them.

    `kept_days`: after how many days without a message the office erases what an applicant said. `unreadable`: reading
    the file that was sent took more time or memory than the shell grants; it is not to be opened. `put_aside`: the
    file that was sent was put aside with these words, and its bytes are gone (a journal that is run again). `model`: a
    language model can be asked; `consulted` is what it answered to this turn's `consult`. `office`: how its people can
    be reached from here: by `messages` passed on to them, as `people` who take the conversation over, or not at all.
    """

    today: date
    kept_days: int = 365
    unreadable: bool = False
    put_aside: str | None = None
    model: bool = False
    consulted: str | None = None
    office: Literal["", "messages", "people"] = ""
    holdings: ExistingSubmissions | None = None
    receipts: dict[str, Receipt] | None = None
    files: dict[str, bytes] | None = Field(default=None, repr=False, exclude=True)


class Asked(Model):
    """A question of the applicant and how it fared, for staff: what the FAQ lacks, how often it helps.

    `entries` and `answer` are what was said to it. An answer looks wrong when the same is asked again at once
    (`repeated`), a button says so (`disliked`), or the next words do (`denied`).
    """

    question: str
    outcome: Literal["answered", "abstained", "clarified", "repeated", "disliked", "denied"]
    field: str | None = None
    entries: tuple[str, ...] = ()
    answer: str = ""


class OfficeMessage(Model):
    """An applicant's words for the office: `text` as typed, the `field` asked for, the question `asked` before."""

    text: str
    field: str | None = None
    asked: str = ""


class Showing(Model):
    """A document whose pages should be shown as pictures; `asked`: the applicant waits for them."""

    document: File
    asked: bool


class ReadingRequest(Model):
    """What a language model is asked about a message our own reading leaves unclear; personal words are masked."""

    system: str
    user: str


class Turn(Model):
    """The outcome: the new session and what to say.

    `lookup` asks what is held beside this application: run the same turn again with `Moment.holdings`. `wanted` asks
    for files sent earlier, by digest: run it again with `Moment.files`; `registration` asks for the office's register:
    run it again with `Moment.receipts`. `handed_in` is an application just handed in. `showing` asks for a `Pictured`
    event later. `filed` is an application just finished; `erase` demands that everything stored about the applicant be
    deleted; `put_aside` are the words with which a file was put aside that gives nothing to the form: its bytes are
    not needed any more; `asked` is a question put to the FAQ; `to_office` are words for the office's people; `faults`
    are expressions of the form that could not be reckoned out, each with the error's name: for staff. `consult` is a
    question to a language model: with an answer, run the same turn again with `Moment.consulted`; without one, this is
    the outcome.
    """

    session: Session
    replies: tuple[Reply, ...]
    lookup: Lookup | None = None
    wanted: tuple[str, ...] = ()
    registration: Registration | None = None
    handed_in: Receipt | None = None
    showing: Showing | None = None
    filed: FiledSubmission | None = None
    erase: bool = False
    put_aside: str | None = None
    asked: Asked | None = None
    to_office: OfficeMessage | None = None
    faults: tuple[tuple[str, str], ...] = ()
    consult: ReadingRequest | None = None
