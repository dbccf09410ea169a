"""One exchange, and what a turn needs from outside: today's date, and what this bot already holds."""

from datetime import date
from typing import Literal

from pydantic import Field as Option

from dialogs.holdings import Filed, Holdings
from dialogs.replies import File, Reply
from dialogs.session import Session
from knowledge.model import Model


class Moment(Model):
    """The outside world at one turn; `holdings` and `files` (digest → bytes) are None until a turn asks for them."""

    today: date
    holdings: Holdings | None = None
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
