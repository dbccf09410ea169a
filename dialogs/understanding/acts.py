"""What a message can mean: acts, each carried out by one handler; a reading is a tuple of them.

Every text in an act comes literally out of the message. Nothing here is answered or stored. A message that is none of
these (one plain value, one command, one question) is judged by `routing`.
"""

from typing import Literal

from knowledge.model import Model


class Give(Model):
    """A value for a field: an answer, a new value for an earlier one, or one of several in a message."""

    field: str
    text: str


class Remove(Model):
    """What a field holds is to go."""

    field: str


class Later(Model):
    """A field is left open for now; it is listed at the review and blocks only the document."""

    field: str


class Ask(Model):
    """A question to the notice."""

    question: str


class Go(Model):
    """Go to a field, or only show what it holds (`look`)."""

    field: str
    look: bool = False


class Social(Model):
    """Small talk; never stored, never searched in the FAQ."""

    kind: Literal["human", "bye", "wait", "ack", "promise"]


class Propose(Model):
    """Values for several fields, or for another field than the one asked: to be confirmed before they are taken."""

    found: dict[str, str]


class Unknown(Model):
    """What was said is wrong is known, the right value is not: the field is asked for again."""

    field: str


Act = Give | Remove | Later | Ask | Go | Social | Propose | Unknown
