"""A document handed over before has been turned into pictures and a PDF, by the shell, in its own time."""

from dialogs.context import TurnContext
from dialogs.protocol import Pictured
from dialogs.views.delivery_view import no_pictures, show_pages


def on_pictured(context: TurnContext, event: Pictured) -> None:
    """Show them; that none can be made is said once."""
    if event.pages:
        show_pages(context, event.name, event.pages, event.pdf)
    elif event.asked or not context.session.told_no_pictures:
        context.change(told_no_pictures=True)
        no_pictures(context)
