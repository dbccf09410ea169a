"""A decision the applicant has not taken yet, put once more after a word in between."""

from dialogs.context import TurnContext
from dialogs.protocol import Button
from dialogs.session import Pending
from dialogs.views.field_view import shorten

_SHOWN = 40  # characters of words whose meaning is open


def remind(context: TurnContext, pending: Pending) -> None:
    """Say what is still waited for, with the same buttons; nothing of what was asked in this very turn."""
    if not pending.choices:
        return
    context.say(_words(context, pending), tuple(Button(id=id_, label=label) for id_, label in pending.choices))


def _words(context: TurnContext, pending: Pending) -> str:
    field = context.pack.fields.get(pending.field or "")
    if pending.kind == "warned" and pending.held:
        label = field.label if field else ""
        value = shorten(pending.held.display)
        return context.words("pending.doubt", label=label, value=value, warning=pending.held.warning)
    if pending.kind == "unclear":
        return context.words("pending.unclear", text=shorten(pending.text, _SHOWN))
    if pending.kind == "import":
        return context.words("pending.import", count=len(pending.found))
    return context.words("pending.other")
