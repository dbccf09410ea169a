"""An application and the office: handed in for a number (受理号), handed in anew, taken back, decided on.

The register of the office lies with the shell: a turn asks it (`Turn.registration`), and the shell runs the turn again
with what it holds (`Moment.receipts`).
"""

from dialogs.buttons import ListApplications, OpenApplication, Start, TakeBack, button
from dialogs.context import TurnContext
from dialogs.delivery import everything_to_hand_in, is_finished
from dialogs.protocol import Decided, Receipt, Registration
from dialogs.submission_rules import filing
from dialogs.views.delivery_view import ways_on
from dialogs.views.menu_view import title_of


def hand_in(context: TurnContext) -> None:
    """Hand the application in; with its receipt, say what it is worth and what is still to do."""
    if not is_finished(context):
        context.tell("receipt.not_finished", (button(Start(), context.words("button.go_on")),))
    elif context.moment.receipts is None:
        context.registration = everything_to_hand_in(context)
    elif (receipt := _own(context)) is None or receipt.status == "recommended":
        _settled(context)
    else:
        context.change_draft(receipt=receipt.number, handed_in=context.draft.submission(context.pack).mark)
        context.handed_in = receipt
        name = "receipt.given" if receipt.version == 1 else "receipt.given_again"
        context.tell(name, ways_on(context), number=receipt.number, version=receipt.version, steps=_steps(context))


def take_back(context: TurnContext, *, sure: bool = False) -> None:
    """Take the application back, after asking."""
    draft = context.draft
    if not draft.receipt:
        context.tell("receipt.none_to_take_back", (button(ListApplications(), context.words("button.list")),))
    elif not sure:
        ways = (
            button(TakeBack(draft.id, "yes"), context.words("button.take_back_sure")),
            button(OpenApplication(draft.id), context.words("button.leave_handed_in")),
        )
        context.tell("receipt.take_back", ways, number=draft.receipt)
    elif context.moment.receipts is None:
        context.registration = _wish(context, "withdraw")
    elif (receipt := _own(context)) is not None and receipt.status == "recommended":
        _settled(context)
    else:
        context.change_draft(receipt="")
        context.tell("receipt.taken_back", ways_on(context), number=draft.receipt)


def on_decided(context: TurnContext, event: Decided) -> None:
    """Say what the office decided."""
    draft = next((one for one in context.session.drafts.values() if str(one.id) == event.draft), None)
    name = title_of(context, draft) if draft else ""
    note = context.words("receipt.note", note=event.note) if event.note else ""
    ways = (button(OpenApplication(draft.id), context.words("button.open_handed_in")),) if draft else ()
    context.tell(f"receipt_decided.{event.status}", ways, number=event.number, name=name, note=note)


def _own(context: TurnContext) -> Receipt | None:
    return (context.moment.receipts or {}).get(str(context.session.current))


def _wish(context: TurnContext, change: str) -> Registration:
    wish = {"change": change, "draft": str(context.session.current), "on": context.moment.today}
    return Registration.model_validate({**wish, "filed": filing(context)})


def _settled(context: TurnContext) -> None:
    context.tell("receipt.settled", ways_on(context), number=context.draft.receipt)


def _steps(context: TurnContext) -> str:
    """Remind of what the notice wants beside it."""
    return context.words("receipt.still_to_do") if context.pack.form.afterwards else ""
