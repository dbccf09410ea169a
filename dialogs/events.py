"""What the applicant did. `message` numbers the applicant's messages, so that an edit finds its answer."""

from typing import Annotated, Literal

from pydantic import Field as Option

from knowledge.model import Model


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
