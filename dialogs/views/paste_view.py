"""What became of a pasted block: the fields filled, those refused with the reason, the lines that fit nowhere."""

from collections.abc import Sequence

from dialogs.context import TurnContext
from dialogs.session import FieldValue
from dialogs.views.answer_view import understood
from knowledge.form import Field


def taken(context: TurnContext, field: Field, value: FieldValue) -> str:
    """Say in a line what a field holds now, with the doubt about it if there is one."""
    shown = understood(context, field, value)
    if value.warning:
        return context.words("paste.doubted", label=field.label, value=shown, warning=value.warning)
    return context.words("paste.taken", label=field.label, value=shown)


def refused(context: TurnContext, field: Field, reason: str) -> str:
    """Say in a line why a field was not filled."""
    return context.words("paste.refused", label=field.label, reason=reason)


def outcome_of_block(
    context: TurnContext, filled: Sequence[str], not_usable: Sequence[str], leftover: Sequence[str], *, briefly: bool
) -> str:
    """Put the lines together; `briefly`: what was filled is only counted, for it is listed elsewhere."""
    parts = []
    if filled and briefly:
        parts.append(context.words("paste.filled_all", count=len(filled)))
    elif filled:
        parts.append(context.words("paste.filled", lines="\n".join(filled)))
    if not_usable:
        parts.append(context.words("paste.not_usable", lines="\n".join(not_usable)))
    if leftover:
        parts.append(context.words("paste.leftover", lines="\n".join(leftover)))
    return "\n\n".join(parts)
