"""What a message can mean: acts, each carried out by one handler; a reading is a tuple of them.

Every text in an act comes literally out of the message. Nothing here is answered or stored.
"""

from typing import Literal

from dialogs.fields.outcome import Outcome
from dialogs.understanding.commands import Intent
from knowledge.model import Model
from knowledge.search.answer import Abstention, Answer


class Give(Model):
    """A value for a field: an answer, a new value for an earlier one, or one of several in a message."""

    field: str
    text: str
    said: str = ""  # the whole message, where it tells of the fields behind this one too


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
    """Small talk; never stored, never searched in the FAQ. `more`: a person is wanted for what else it says."""

    kind: Literal["human", "bye", "wait", "ack", "promise", "hello", "thanks", "vent"]
    more: bool = False


class Control(Model):
    """A wish that steers the conversation or concerns the application as a whole."""

    intent: Intent


class KeepPart(Model):
    """A part of a contact, told before the contact is asked for: kept until the rest comes."""

    field: str
    text: str


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


class Choose(Model):
    """One of the buttons just shown, by its id."""

    button: str


class GiveRows(Model):
    """Rows of the table asked for, or a wish about them."""


class Fill(Model):
    """Values by their labels, pasted: taken at once; `left` are the lines that fit no field."""

    found: dict[str, str]
    left: tuple[str, ...] = ()


class Labelled(Model):
    """A labelled line for another field than the one asked for."""

    field: str
    text: str


class Continue(Model):
    """A further part of the long text given before."""

    text: str


class AddItem(Model):
    """A further item of the list given before."""

    field: str
    text: str


class Collect(Model):
    """The parts of a text or list are announced: they follow, message by message."""

    field: str


class Finish(Model):
    """Nothing more comes of the field answered before."""

    field: str


class PlaceText(Model):
    """A long text that may belong to the text before or to the list asked for."""

    text: str


class KeepAddress(Model):
    """Addresses to be kept beside the form."""


class Describe(Model):
    """What one's project does, where one of the form's categories is asked for: those it fits best, the best first."""

    labels: tuple[str, ...]


class OfferText(Model):
    """A text that the field asked for does not take, and a long text of the form may."""

    text: str


class DenyAnswer(Model):
    """The answer just given was beside the point."""


class Plain(Model):
    """The whole message is for the field asked for; the outcome may be a refusal."""

    outcome: Outcome


class Inquire(Model):
    """The whole message is a question to the notice, which says this to it."""

    found: Answer | Abstention


class Either(Model):
    """A value for the field asked for, or a question: both readings are offered."""

    outcome: Outcome
    found: Answer | Abstention


Act = (
    Give
    | KeepPart
    | Remove
    | Later
    | Ask
    | Go
    | Social
    | Control
    | Propose
    | Unknown
    | Doubtful
    | Choose
    | GiveRows
    | Fill
    | Labelled
    | Continue
    | AddItem
    | Collect
    | Finish
    | PlaceText
    | KeepAddress
    | Describe
    | OfferText
    | DenyAnswer
    | Plain
    | Inquire
    | Either
)


def sort_of(acts: tuple[Act, ...]) -> Literal["question", "answer", "command", "unclear"]:
    """Say what the acts of a message are, in the words of `shenbao ask`; a value outweighs the question beside it."""
    if any(isinstance(act, Either | Doubtful) or (isinstance(act, Unknown) and act.no_value) for act in acts):
        return "unclear"
    if any(isinstance(act, Control | Social | Later | Go | Remove | Unknown | DenyAnswer) for act in acts):
        return "command"
    return "question" if all(isinstance(act, Inquire | Ask) for act in acts) else "answer"


def fields_of(act: Act) -> tuple[str, ...]:
    """Give the keys of the fields an act names; none where it is for whichever field is asked for."""
    if isinstance(act, Propose | Fill):
        return tuple(act.found)
    key = getattr(act, "field", None)
    return (key,) if isinstance(key, str) else ()
