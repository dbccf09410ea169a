"""A decision the applicant has not taken yet, put once more after a word in between."""

from dialogs.context import TurnContext
from dialogs.protocol import Button
from dialogs.session import Pending
from dialogs.views.field_view import shorten


def remind(context: TurnContext, pending: Pending) -> None:
    """Say what is still waited for, with the same buttons."""
    context.say(_words(context, pending), tuple(Button(id=id_, label=label) for id_, label in pending.choices))


def _words(context: TurnContext, pending: Pending) -> str:
    field = context.pack.fields.get(pending.field or "")
    label = field.label if field else ""
    if pending.kind == "warned" and pending.held:
        return f"“{label}”还等您定：{shorten(pending.held.display)}\n⚠ {pending.held.warning}"
    if pending.kind == "unclear":
        return f"刚才这句还等您选一下：“{shorten(pending.text, 40)}”"
    return "刚才的问题还等您选一下："
