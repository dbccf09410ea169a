"""What can be said at any moment."""

from dialogs.context import TurnContext
from dialogs.fields.registry import kind_of
from dialogs.progress import asked_fields
from dialogs.views.field_view import short_name


def show_help(context: TurnContext) -> None:
    """Say it, with names of this form's fields as examples."""
    asked = asked_fields(context.pack, context.draft)
    texts = [field for field in asked if kind_of(field).several_messages]
    advise = context.words("control.help_advise", name=short_name(texts[0])) if texts else ""
    context.tell("control.help", label=asked[0].label if asked else "", advise=advise)
