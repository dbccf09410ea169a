"""The words of the core's protocol: events in; replies, and what a turn asks of the shell, out.

`message` numbers the applicant's messages, so that an edit finds its answer.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Option

from dialogs.session import Session
from knowledge.model import Model
from knowledge.notice import Citation


class Text(Model):
    """Typed words."""

    kind: Literal["text"] = "text"
    text: str
    message: int | None = None


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
    content: bytes = Option(repr=False)
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


class Pictured(Model):
    """The pages of a document handed over before, as pictures (PNG), come from the shell; none: it cannot make them.

    `asked` says that the applicant waits for them.
    """

    kind: Literal["pictured"] = "pictured"
    name: str
    pages: tuple[bytes, ...] = Option(repr=False)
    asked: bool = False
    message: int | None = None


Event = Annotated[Text | Choice | Upload | Edited | Command | Pictured, Option(discriminator="kind")]


class ExistingSubmissions(Model):
    """Submissions this bot holds beside the one at hand.

    `same_project`: how many of the same project; `from_recommender`: how many different projects from the
    same recommending unit.
    """

    same_project: int = 0
    from_recommender: int = 0


class Filed(Model):
    """A finished application, as it counts for the quota; `draft` tells one applicant's applications apart."""

    draft: str
    pack_id: str
    project_name: str
    recommender_unit: str
    unit_name: str


class Button(Model):
    """An offered choice: `id` (at most 64 bytes, for messengers), `label` (what is read)."""

    id: str
    label: str


class File(Model):
    """A file handed over: its safe name and its bytes."""

    name: str
    content: bytes = Option(repr=False)


class Reply(Model):
    """One message to the applicant."""

    text: str
    choices: tuple[Button, ...] = ()
    citations: tuple[Citation, ...] = ()
    files: tuple[File, ...] = ()


class Moment(Model):
    """The outside world at one turn; `holdings` and `files` (digest → bytes) are None until a turn asks for them."""

    today: date
    holdings: ExistingSubmissions | None = None
    files: dict[str, bytes] | None = Option(default=None, repr=False, exclude=True)


class Asked(Model):
    """A question of the applicant and how it fared, for staff: what the FAQ lacks, how often it helps."""

    question: str
    outcome: Literal["answered", "abstained", "clarified"]
    field: str | None = None


class Showing(Model):
    """A document whose pages should be shown as pictures; `asked`: the applicant waits for them."""

    document: File
    asked: bool


class Turn(Model):
    """The outcome: the new session and what to say.

    `lookup` asks what is held beside this application: run the same turn again with `Moment.holdings`. `wanted` asks
    for files sent earlier, by digest: run it again with `Moment.files`. `showing` asks for a `Pictured` event later.
    `filed` is an application just finished; `erase` demands that everything stored about the applicant be
    deleted; `asked` is a question put to the FAQ.
    """

    session: Session
    replies: tuple[Reply, ...]
    lookup: Filed | None = None
    wanted: tuple[str, ...] = ()
    showing: Showing | None = None
    filed: Filed | None = None
    erase: bool = False
    asked: Asked | None = None
