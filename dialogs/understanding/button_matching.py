"""Typed words that choose one of the buttons just shown: its number, its label, a field's name, yes or no."""

from dialogs.buttons import ChooseField, Edit, Import, OpenApplication, Redo, Reviewed, decode, encode
from dialogs.fields.registry import kind_of
from dialogs.understanding.clauses import clauses
from dialogs.understanding.commands import command_of
from dialogs.understanding.field_names import field_names_of
from dialogs.understanding.situation import Situation
from dialogs.understanding.speech_acts import speech_act

_EDGES = " \t\n\u3000。.!！,，、~～"
_LISTS = (Edit, OpenApplication)  # buttons of a list the applicant asked for: fields to change, applications to open
_LONGEST = 60  # characters; longer words choose nothing


def chosen_button(text: str, at: Situation) -> str | None:
    """Give the id of the button these words choose, or None when they are something else.

    A number counts where no field could want it as its value, where a decision is awaited, and for a list that was
    asked for.
    """
    word = text.strip(_EDGES).lower()
    if not word or len(text) > _LONGEST:
        return None
    if label := next((id_ for id_, label in at.offered if label.lower() == word), None):
        return label
    if at.offered and word.isdecimal() and _may_number(at):
        number = int(word)
        return at.offered[number - 1][0] if 1 <= number <= len(at.offered) else None
    return _named_field(at, word) or _decided(text, at)


def _may_number(at: Situation) -> bool:
    listed = isinstance(decode(at.offered[0][0]), _LISTS)
    return listed or at.pending is not None or at.asked is None or not kind_of(at.asked).numbered


def _named_field(at: Situation, word: str) -> str | None:
    """Where fields are offered for change, any of a field's names chooses it."""
    if not at.offered or not isinstance(decode(at.offered[0][0]), Edit):
        return None
    key = field_names_of(at.pack.form).near(word)
    wanted = encode(Edit(at.draft.id, key)) if key else ""
    return wanted if any(id_ == wanted for id_, _ in at.offered) else None


def _decided(text: str, at: Situation) -> str | None:
    """Give what agreement, refusal or a wish to change mean here: for the decision awaited, or at the review."""
    if at.pending is None and not at.review:
        return None
    act = speech_act(clauses(text), at.pack.form)
    if at.pending is not None:
        return _of_decision(act, [id_ for id_, _ in at.pending.choices])
    command = command_of(text, at.pack.form) if act == "document" else None
    if act in ("agree", "go_on") or (act == "document" and not (command and command.sure)):
        return encode(Reviewed(at.draft.id))
    return encode(ChooseField(at.draft.id)) if act in ("change", "decline", "deny") else None


def _of_decision(act: str | None, ways: list[str]) -> str | None:
    """The first way takes what was proposed, the last leaves it; one to pick or to write anew stands between."""
    if act in ("agree", "go_on"):
        return next(iter(ways), None)
    if act in ("decline", "deny"):
        return ways[-1] if len(ways) > 1 else None
    if act == "change" and len(ways) > 1:
        return next((id_ for id_ in ways if _changes(id_)), ways[1])
    return None


def _changes(id_: str) -> bool:
    action = decode(id_)
    return isinstance(action, Redo) or (isinstance(action, Import) and action.what == "pick")
