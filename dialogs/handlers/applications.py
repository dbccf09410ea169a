"""The applications of one applicant: begun, gone on with, opened and deleted; what one takes over from another."""

from dialogs.buttons import DropApplication, OpenApplication, button
from dialogs.context import TurnContext
from dialogs.flow import advance, come_back, ensure_draft, open_draft
from dialogs.handlers.answers import take
from dialogs.session import Draft
from dialogs.state_machine import DONE, MENU, local_name, state_name
from dialogs.views.field_view import ask, held_elsewhere
from dialogs.views.menu_view import greet, list_drafts, pressing, title_of
from knowledge.form import Field


def resume(context: TurnContext) -> None:
    """Start, or go on where the draft stands."""
    if ensure_draft(context):
        advance(context, _first(context, context.words("start.first", kept_days=context.moment.kept_days)))
    elif context.session.pending is not None:
        come_back(context)
    elif context.field is not None:
        ask(context)
    elif context.draft.left_at and context.go("edit", context.draft.left_at):
        context.change_draft(left_at=None)
        ask(context, _first(context, context.words("start.again")))
    else:
        finished = local_name(context.session.state) == DONE
        advance(context, "" if finished else _first(context, context.words("start.again")))


def _first(context: TurnContext, words: str) -> str:
    """Put before the words what presses: that the call closes today, or has closed."""
    return "\n\n".join(part for part in (pressing(context), words) if part)


def new(context: TurnContext) -> None:
    """Start one more application."""
    if not context.draft.is_blank or context.session.current not in context.session.drafts:
        open_draft(context)
    advance(context, _first(context, context.words("start.another", number=context.session.current)))


def start_over(context: TurnContext) -> None:
    """Start over with an empty application."""
    if not context.draft.is_blank:
        open_draft(context)
    advance(context, context.words("start.over"))


def open_one(context: TurnContext, number: int | None) -> None:
    """Go to the application with this number; without one, to the other one if there are two, else to the list."""
    drafts = context.session.drafts
    others = [each for each in drafts if each != context.session.current]
    if number is None and len(others) == 1:
        open_numbered(context, others[0])
    elif number is not None and number in drafts:
        open_numbered(context, number)
    else:
        _none_such(context, number)


def open_numbered(context: TurnContext, number: int) -> None:
    """Go to an application where it was left; one that is gone shows those that are there."""
    if number not in context.session.drafts:
        _none_such(context, number)
        return
    if number != context.session.current:
        open_draft(context, number)
    resume(context)


def ask_drop(context: TurnContext, number: int | None) -> None:
    """Ask before deleting the application with this number; without one, the one at hand."""
    wanted = context.session.current if number is None else number
    draft = context.session.drafts.get(wanted)
    if draft is None:
        _none_such(context, number)
        return
    if draft.receipt:
        context.tell(
            "receipt.drop_first", (button(OpenApplication(wanted), title_of(context, draft)),), number=draft.receipt
        )
        return
    ways = (
        button(DropApplication(wanted), context.words("button.drop_one", number=wanted)),
        button(OpenApplication(context.session.current), context.words("button.keep_one")),
    )
    context.tell("menu.drop", ways, number=wanted, name=title_of(context, draft))


def drop(context: TurnContext, number: int) -> None:
    """Delete an application; the others keep their numbers."""
    drafts = dict(context.session.drafts)
    if number in drafts and drafts[number].receipt:
        ask_drop(context, number)
        return
    if drafts.pop(number, None) is None:
        _none_such(context, number)
        return
    context.change(drafts=drafts)
    if number != context.session.current:
        context.tell("menu.dropped", number=number)
        come_back(context)
        return
    context.change(current=max(drafts, default=0), state=state_name(MENU), pending=None)
    greet(context, context.words("menu.dropped", number=number))


def reuse(context: TurnContext, field: Field) -> None:
    """Take over what another application holds for the field being asked."""
    held = held_elsewhere(context, field)
    if held is None or context.field != field:
        ask(context)
        return
    take(context, field, held.text)


def is_of_another(context: TurnContext, found: dict[str, str]) -> tuple[Field, str] | None:
    """Give the field by which the found values belong to another application, and what they say; None when they fit."""
    draft: Draft = context.draft
    for path in context.pack.form.identity.values():
        key = path.partition(".")[0]
        held, said = draft.values.get(key), found.get(key)
        if path == key and held is not None and said and _same(held.display) != _same(said):
            return context.pack.fields[key], said
    return None


def _same(text: str) -> str:
    return "".join(text.split())


def _none_such(context: TurnContext, number: int | None) -> None:
    """Say which applications there are."""
    count = len(context.session.drafts)
    if count and number is not None:
        context.say(context.words("menu.no_such", number=number, count=count))
    elif count == 1:
        context.tell("menu.only_one")
    list_drafts(context)
