"""A rule's outcome on a value: accepted, accepted after a look, or refused."""

from typing import Literal

from pydantic import JsonValue

from knowledge.model import Model


class Accepted(Model):
    """The value is taken.

    `value` is normalised (dates ISO, counts integers, money in yuan …), `display` is what
    the applicant is shown (official wording), `printed` what the cell of the form holds (None: as displayed),
    `approx` is true for 约/余/近.
    `message` may carry a hint.
    """

    kind: Literal["accept"] = "accept"
    value: JsonValue
    display: str
    printed: str | None = None
    approx: bool = False
    message: str | None = None
    clause: str | None = None


class Warned(Model):
    """The value can be taken once the applicant has confirmed it; `message` says what is doubtful."""

    kind: Literal["warn"] = "warn"
    value: JsonValue
    display: str
    message: str
    printed: str | None = None
    approx: bool = False
    clause: str | None = None


class Rejected(Model):
    """The value cannot be taken; `message` says what is wrong, why, and how to write it."""

    kind: Literal["reject"] = "reject"
    message: str
    clause: str | None = None


Outcome = Accepted | Warned | Rejected
