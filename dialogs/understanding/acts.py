"""What a message can mean: acts, each carried out by one handler; a reading is a tuple of them.

Every text in an act is a literal piece of the message. Nothing here is answered or stored.
"""

from pydantic import Field as Option

from knowledge.model import Model


class Give(Model):
    """A value for a field; `part` names the part of a contact it is (`name`, `phone`, `unit`), None for the whole."""

    field: str
    text: str
    part: str | None = None


class Correct(Model):
    """A new value for a field answered before; `old` is the value the applicant takes back, where it was said."""

    field: str
    text: str
    part: str | None = None
    old: str | None = None


class Remove(Model):
    """What a field holds is to go."""

    field: str


class Later(Model):
    """A field is left open for now; it is listed at the review."""

    field: str


class Ask(Model):
    """A question to the notice."""

    question: str


class Go(Model):
    """Go to a field, or only show what it holds (`look`)."""

    field: str
    look: bool = False


class Control(Model):
    """A command: its name as in `lexicon/commands.yaml`; for `edit` the field it names, if it names one."""

    name: str
    field: str | None = None


class Choose(Model):
    """A press of the button with this id, said in words."""

    button: str


class Continue(Model):
    """A further part of the text or list the field `field` already holds."""

    field: str
    text: str


class Finish(Model):
    """Nothing more will come for the field that was being continued."""


class Social(Model):
    """Small talk: `kind` is a key of `lexicon/social.yaml`; never stored, never searched in the FAQ."""

    kind: str


class Propose(Model):
    """Values found in free prose or meant for other fields than the one asked: to be confirmed together.

    `found` maps field keys to the words they came from, in the form's order.
    """

    found: dict[str, str]


class Unknown(Model):
    """No value, no question, no command: ask back, store nothing. `reason` says what it looks like."""

    reason: str = ""


Act = Give | Correct | Remove | Later | Ask | Go | Control | Choose | Continue | Finish | Social | Propose | Unknown


class Reading(Model):
    """What a message means; `others` are readings as fair as this one, to choose from by buttons."""

    acts: tuple[Act, ...]
    others: tuple[tuple[Act, ...], ...] = Option(default=())
