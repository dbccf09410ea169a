"""The core's front door: one event in, a new session and replies out. Pure: no I/O, no clock.

The path of a message: `turn` picks the handler of the event's kind; the handler changes the session through
its `Scene` and lets `dialogs.flow` move on along the transition table.
"""

from dialogs.events import Choice, Command, Edited, Event, Pictured, Text, Upload
from dialogs.handlers.choice import on_choice
from dialogs.handlers.command import on_command
from dialogs.handlers.edited import on_edited
from dialogs.handlers.pictured import on_pictured
from dialogs.handlers.text import on_text
from dialogs.handlers.upload import on_upload
from dialogs.migration import migrate
from dialogs.scene import Scene
from dialogs.session import Session
from dialogs.table import MENU, state_name
from dialogs.turn import Moment, Turn
from knowledge.pack import NoticePack


def new_session(pack: NoticePack) -> Session:
    """Give the session of somebody we have not met."""
    return Session(pack_id=pack.id, pack_version=pack.version, state=state_name(MENU))


def turn(session: Session, event: Event, pack: NoticePack, moment: Moment) -> Turn:
    """Handle one event.

    A session pinned to another version of the pack is first carried over, field by field. When the outcome
    has a `lookup`, run the same turn again with `moment.holdings` filled in; when it has `wanted`, with
    `moment.files`. Two taps on one button, with nothing
    in between, are one: the second is not answered.
    """
    tapped = (event.id, event.message) if isinstance(event, Choice) and event.message is not None else None
    if tapped is not None and tapped == session.tapped:
        return Turn(session=session, replies=())
    scene = Scene(session, pack, moment, message=event.message)
    if isinstance(event, Pictured):
        on_pictured(scene, event)
        return scene.turn()
    if not isinstance(event, Edited):  # an edit names an older message, or none at all
        scene.change(heard=max(session.heard, event.message or 0))
    if not migrate(scene, event):
        return scene.turn()
    match event:
        case Text():
            on_text(scene, event.text)
        case Choice():
            on_choice(scene, event.id)
        case Command():
            on_command(scene, event.name, event.argument)
        case Upload():
            on_upload(scene, event)
        case Edited():
            on_edited(scene, event)
    scene.change(tapped=None if scene.erase else tapped)
    return scene.turn()
