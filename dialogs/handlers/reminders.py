"""The deadline draws near: whoever has an open application hears of it seven, three and one days before.

The shell's clock decides when to speak (`due_before`), the core what is said: by then the application may be finished,
the deadline put off, or the applicant tired of it.
"""

from datetime import date

from dialogs.buttons import OpenApplication, Remind, button
from dialogs.context import TurnContext
from dialogs.delivery import is_finished
from dialogs.flow import come_back
from dialogs.progress import gaps, progress
from dialogs.protocol import Reminded
from dialogs.session import Draft, Session
from dialogs.views.menu_view import held_name, name_of, time_left, title_of
from dialogs.views.review_view import few
from knowledge.pack import NoticePack

DAYS = (7, 3, 1)
"""How many days before the deadline whoever has an open application is reminded, the earliest first."""


def due_before(pack: NoticePack, today: date) -> tuple[date, int] | None:
    """Give the deadline and which of `DAYS` has come, the latest of them; None when none has, or it is over."""
    deadline = pack.facts.day("deadline")
    left = (deadline - today).days if deadline is not None else 0
    come = [days for days in DAYS if 0 < left <= days]
    return (deadline, come[-1]) if deadline is not None and come else None


def may_be_reminded(session: Session) -> bool:
    """Tell whether somebody has an application that may be open, and did not forbid reminders."""
    return not session.unreminded and any(map(_may_be_open, session.drafts.values()))


def on_reminded(context: TurnContext, event: Reminded) -> None:
    """Say what is left and what to tap; nothing where nothing is open, or another day is the deadline by now."""
    left = [draft for draft in context.session.drafts.values() if _is_open(context, draft)]
    deadline = context.pack.facts.day("deadline")
    if deadline != event.deadline or deadline <= context.moment.today or context.session.unreminded or not left:
        return
    if (deadline - context.moment.today).days == 1:
        heading = context.words("reminder.due_tomorrow")
    else:
        heading = context.words("reminder.due", time_left=time_left(context))
    ways = [button(OpenApplication(draft.id), _label(context, draft, alone=len(left) == 1)) for draft in left]
    off = button(Remind("off"), context.words("button.no_reminders"))
    context.say("\n\n".join([heading, _what_is_left(context, left)]), (*ways, off))


def remind(context: TurnContext, *, whether: bool) -> None:
    """Be quiet about deadlines from now on, or speak of them again."""
    context.change(unreminded=not whether)
    if not whether:
        context.tell("reminder.switched_off")
    elif _lies_ahead(context):
        context.tell("reminder.switched_on", days="、".join(map(str, DAYS)))
    else:
        context.tell("reminder.nothing_ahead")
    come_back(context)


def _lies_ahead(context: TurnContext) -> bool:
    deadline = context.pack.facts.day("deadline")
    return deadline is not None and deadline > context.moment.today


def _may_be_open(draft: Draft) -> bool:
    return not draft.is_blank and not draft.receipt


def _is_open(context: TurnContext, draft: Draft) -> bool:
    return _may_be_open(draft) and not is_finished(context, draft)


def _what_is_left(context: TurnContext, drafts: list[Draft]) -> str:
    if len(drafts) == 1:
        [draft] = drafts
        name = held_name(context, draft)
        shown = context.words("reminder.named", name=name) if name else ""
        return context.words("reminder.one", name=shown, left=_left(context, draft))
    items = [
        context.words("reminder.item", number=one.id, name=name_of(context, one), left=_left(context, one))
        for one in drafts
    ]
    return "\n".join([context.words("reminder.several", count=len(drafts)), *items])


def _left(context: TurnContext, draft: Draft) -> str:
    """Name the fields still empty; where none is, what stands between the application and its document."""
    missing, counted = gaps(context.pack, draft), progress(context.pack, draft)
    if not missing:
        return context.words("reminder.left_review")
    return context.words("reminder.left", done=counted.done, total=counted.total, labels=few(context, missing))


def _label(context: TurnContext, draft: Draft, *, alone: bool) -> str:
    if not alone:
        return title_of(context, draft)
    counted = progress(context.pack, draft)
    return context.words("button.resume", done=counted.done, total=counted.total)
