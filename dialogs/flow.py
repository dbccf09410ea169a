"""Moving on: what happens when the session arrives at a state."""

from dialogs.context import TurnContext
from dialogs.delivery import deliver
from dialogs.evidence import match_up
from dialogs.progress import gaps
from dialogs.session import Draft
from dialogs.state_machine import DONE, ELIGIBILITY, REVIEW, local_name
from dialogs.submission_rules import doubts
from dialogs.views.delivery_view import still_here
from dialogs.views.field_view import ask, ask_again
from dialogs.views.menu_view import greet, menu
from dialogs.views.pending_view import remind
from dialogs.views.review_view import go_on_reviewing, show_change, show_review
from dialogs.views.self_check_view import ask_check


def advance(context: TurnContext, before: str = "") -> None:
    """Go to whatever comes next: the first gap, the review, the declaration, the document."""
    context.go("proceed")
    arrive(context, before)


def arrive(context: TurnContext, before: str = "") -> None:
    """Say what belongs to the state the session is in."""
    if context.field is not None:
        ask(context, before)
    elif local_name(context.session.state) == REVIEW:
        _review(context, before)
    elif local_name(context.session.state) == DONE:
        deliver(context)
    else:
        greet(context, before)


def _review(context: TurnContext, before: str) -> None:
    """Show the whole application the first time; after a change, what changed and what is doubted."""
    context.change_draft(evidence=match_up(context.draft, context.pack))
    if before and context.draft.review_seen and not gaps(context.pack, context.draft):
        show_change(context, *doubts(context), before=before)
    else:
        show_review(context, *doubts(context), before=before)
    context.change_draft(review_seen=True)


def come_back(context: TurnContext) -> None:
    """After a word in between: put again, in short, what was being asked or decided."""
    phase = local_name(context.session.state)
    if context.session.pending is not None:
        remind(context, context.session.pending)
    elif context.field is not None:
        ask_again(context)
    elif phase == ELIGIBILITY:
        ask_check(context)
    elif phase == REVIEW:
        go_on_reviewing(context)
    elif phase == DONE:
        still_here(context)
    elif context.replies:
        context.offer(menu(context)[:1])


def open_draft(context: TurnContext, number: int | None = None) -> None:
    """Work on an application: a held one, or a new one; the one left behind keeps its place."""
    if context.session.current in context.session.drafts:
        leave(context)
    if number is None or number not in context.session.drafts:
        number = max(context.session.drafts, default=0) + 1
        context.change(drafts={**context.session.drafts, number: Draft(id=number)})
    context.change(current=number)


def leave(context: TurnContext) -> None:
    """Leave the form for the menu; the draft remembers where it was."""
    context.change_draft(left_at=context.field.key if context.field else None)
    context.go("pause")


def ensure_draft(context: TurnContext) -> bool:
    """Open a first application if there is none; True when it is new."""
    if context.session.current in context.session.drafts:
        return False
    open_draft(context)
    return True
