"""The core's front door: one event in, a new session and replies out. Pure: no I/O, no clock.

The path of a message: `turn` picks the handler of the event's kind; the handler changes the session through
its `Scene` and lets `dialogs.flow` move on along the transition table.
"""

from dialogs.context import TurnContext
from dialogs.handlers.button_presses import on_choice
from dialogs.handlers.controls import on_command
from dialogs.handlers.edited_message import on_edited
from dialogs.handlers.handing_in import on_decided
from dialogs.handlers.page_pictures import on_pictured
from dialogs.handlers.person_wanted import on_office_answered
from dialogs.handlers.preset import on_preset
from dialogs.handlers.reminders import on_reminded
from dialogs.handlers.typed_text import on_text, on_unreadable
from dialogs.handlers.uploads import on_upload
from dialogs.migration import migrate
from dialogs.protocol import (
    Choice,
    Command,
    Decided,
    Edited,
    Event,
    Moment,
    OfficeAnswered,
    Pictured,
    Preset,
    Reminded,
    Text,
    Turn,
    Unreadable,
    Upload,
)
from dialogs.session import Session
from dialogs.state_machine import MENU, state_name
from knowledge.pack import NoticePack


def new_session(pack: NoticePack) -> Session:
    """Give the session of somebody we have not met."""
    return Session(pack_id=pack.id, pack_version=pack.version, state=state_name(MENU))


def turn(session: Session, event: Event, pack: NoticePack, moment: Moment) -> Turn:
    """Handle one event.

    A session pinned to another version of the pack is first carried over, field by field. When the outcome
    has a `lookup`, run the same turn again with `moment.holdings` filled in; when it has `wanted`, with
    `moment.files`; when it has a `registration`, with `moment.receipts`. Two taps on one button, with nothing
    in between, are one: the second is not answered.
    """
    tapped = (event.id, event.message) if isinstance(event, Choice) and event.message is not None else None
    if tapped is not None and tapped == session.tapped:
        return Turn(session=session, replies=())
    context = TurnContext(session, pack, moment, message=event.message)
    if isinstance(event, Pictured | Decided | Reminded | OfficeAnswered):
        _tell(context, event)
        return context.turn()
    if not isinstance(event, Edited):  # an edit names an older message, or none at all
        context.change(heard=max(session.heard, event.message or 0))
    if not migrate(context, event):
        return context.turn()
    context.follows_answer = session.just_answered
    context.change(just_answered=False)
    _handle(context, event)
    context.change(tapped=None if context.erase else tapped)
    return context.turn()


def _tell(context: TurnContext, event: Pictured | Decided | Reminded | OfficeAnswered) -> None:
    """Say what the shell has to say, beside whatever the applicant is doing by now."""
    context.aside = True
    match event:
        case Pictured():
            on_pictured(context, event)
        case Decided():
            on_decided(context, event)
        case Reminded():
            on_reminded(context, event)
        case OfficeAnswered():
            on_office_answered(context, event)


def _handle(context: TurnContext, event: Event) -> None:
    """Give the event to the handler of its kind."""
    match event:
        case Text():
            on_text(context, event.text, forwarded=event.forwarded)
        case Choice():
            on_choice(context, event.id)
        case Command():
            on_command(context, event.name, event.argument)
        case Upload():
            on_upload(context, event)
        case Unreadable():
            on_unreadable(context, event)
        case Edited():
            on_edited(context, event)
        case Preset():
            on_preset(context, event)
