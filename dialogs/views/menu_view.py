"""The first words: what this is, how much time is left, and the ways on."""

from collections.abc import Iterator

from dialogs.buttons import CheckEligibility, Consult, ListApplications, NewApplication, OpenApplication, Start, button
from dialogs.context import TurnContext
from dialogs.fields.registry import kind_of
from dialogs.progress import progress
from dialogs.protocol import Button, Registration
from dialogs.session import Draft
from dialogs.submission_rules import filing
from dialogs.views.field_view import shorten
from knowledge.pack import NoticePack

_LONGEST_NAME = 16  # characters of an application's name on a button


def greet(context: TurnContext, before: str = "") -> None:
    """Greet, or come back to the menu; `before` is said first."""
    parts = (before or context.words("menu.hello"), time_left(context), context.words("menu.choose"))
    context.say("\n\n".join(filter(None, parts)), menu(context))


def time_left(context: TurnContext) -> str:
    """Say how many days are left, or what it means that the call has closed; nothing where it has no deadline."""
    deadline = context.pack.facts.day("deadline")
    if deadline is None:
        return ""
    days = (deadline - context.moment.today).days
    if days > 0:
        return context.words("menu.days_left", days=days) + _more_deadlines(context)
    return context.words("menu.last_day" if days == 0 else "menu.closed") + _more_deadlines(context)


_OTHERS = ("online_deadline", "electronic_deadline", "window_deadline", "paper_deadline", "report_deadline")


def _more_deadlines(context: TurnContext) -> str:
    """Name the further days of the notice that still lie ahead: of the paper, the electronic version, the office's."""
    facts = context.pack.facts
    days = {name: day for name in _OTHERS if (day := facts.day(name)) is not None}
    ahead = sorted((name for name in days if days[name] >= context.moment.today), key=lambda name: days[name])
    said = [
        context.words("menu.deadline_of", what=context.words(f"deadlines.{name}"), until=facts.shown(name))
        for name in ahead
        if facts[name] != facts["deadline"]
    ]
    return context.words("menu.more_deadlines", deadlines="、".join(said)) if said else ""


def pressing(context: TurnContext) -> str:
    """Say, on the last day and after it, what whoever goes on must know first; nothing on other days."""
    deadline = context.pack.facts.day("deadline")
    return time_left(context) if deadline is not None and deadline <= context.moment.today else ""


def menu(context: TurnContext) -> tuple[Button, ...]:
    """Give the ways on: what is under way first."""
    ways = [button(Consult(), context.words("button.consult"))]
    if context.pack.eligibility is not None:
        ways.append(button(CheckEligibility(), context.words("button.check")))
    current = context.session.current
    if current not in context.session.drafts:
        return (button(Start(), context.words("button.start")), *ways)
    ways.insert(0, button(NewApplication(), context.words("button.new")))
    if len(context.session.drafts) > 1:
        ways.insert(1, button(ListApplications(), context.words("button.list")))
    return (button(OpenApplication(current), _resume_label(context)), *ways)


def list_drafts(context: TurnContext) -> None:
    """List the applicant's applications, each with a button to go on with it."""
    drafts = context.session.drafts.values()
    if any(draft.receipt for draft in drafts) and context.moment.receipts is None:
        draft, on = str(context.session.current), context.moment.today
        context.registration = Registration(change="look", draft=draft, on=on, filed=filing(context))
        return
    listed = [button(OpenApplication(draft.id), title_of(context, draft)) for draft in drafts]
    if not listed:
        context.tell("menu.no_applications", menu(context))
        return
    more = (*listed, button(NewApplication(), context.words("button.new")))
    context.tell("menu.applications", more, receipts="".join(_receipt_lines(context)))


def _receipt_lines(context: TurnContext) -> Iterator[str]:
    """Say what the office holds, a line each application handed in."""
    for receipt in (context.moment.receipts or {}).values():
        status = context.words(f"receipt_status.{receipt.status}")
        note = context.words("receipt.note", note=receipt.note) if receipt.note else ""
        version = context.words("receipt.version", version=receipt.version) if receipt.version > 1 else ""
        yield "\n" + context.words("receipt.line", number=receipt.number, version=version, status=status, note=note)


def title_of(context: TurnContext, draft: Draft) -> str:
    """Give number, name and progress of an application, for its button."""
    done = progress(context.pack, draft)
    filled = context.words("menu.filled", done=done.done, total=done.total)
    state = context.words("menu.made") if draft.delivered else filled
    if draft.receipt:
        state = context.words("menu.handed_in", number=draft.receipt)
    return context.words("menu.application", number=draft.id, name=name_of(context, draft), state=state)


def name_of(context: TurnContext, draft: Draft) -> str:
    """Give the name an application goes by, shortened; a word for it while it has none."""
    return held_name(context, draft) or context.words("menu.unnamed")


def held_name(context: TurnContext, draft: Draft) -> str:
    """Give the name an application goes by, shortened; empty while it has none."""
    held = draft.values.get(_naming_field(context.pack))
    return shorten(held.display, _LONGEST_NAME) if held else ""


def _naming_field(pack: NoticePack) -> str:
    """Give the key of the field an application is listed by: the first that identifies it, else the first name."""
    paths = [*pack.form.identity.values(), *(key for key, field in pack.fields.items() if kind_of(field).titled)]
    return paths[0].partition(".")[0] if paths else ""


def _resume_label(context: TurnContext) -> str:
    if context.draft.delivered:
        return context.words("button.open_made")
    done = progress(context.pack, context.draft)
    return context.words("button.resume", done=done.done, total=done.total)
