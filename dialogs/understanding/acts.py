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

    kind: Literal["human", "bye", "wait", "ack", "promise", "hello", "thanks", "vent"]


class Wish(Model):
    """A wish that concerns the application as a whole, named as in `lexicon/commands.yaml`."""

    name: str


class Propose(Model):
    """Values for several fields, or for another field than the one asked: to be confirmed before they are taken.

    `left` are the words that fit no field.
    """

    found: dict[str, str]
    left: tuple[str, ...] = ()


class Unknown(Model):
    """The field's value is not known: it was said to be wrong, or the words are no value at all; it is asked for."""

    field: str
    no_value: bool = False


class Doubtful(Model):
    """Words that sound said to somebody: a value only if the applicant says so."""

    field: str
    text: str


Act = Give | Remove | Later | Ask | Go | Social | Wish | Propose | Unknown | Doubtful
