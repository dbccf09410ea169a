"""The first words: what this is, how much time is left, and the ways on."""

from datetime import date

from dialogs.buttons import CheckEligibility, Consult, ListApplications, NewApplication, OpenApplication, Start, button
from dialogs.context import TurnContext
from dialogs.fields.registry import kind_of
from dialogs.progress import progress
from dialogs.protocol import Button
from dialogs.views.field_view import shorten
from knowledge.pack import NoticePack


def greet(context: TurnContext, before: str = "") -> None:
    """Greet, or come back to the menu; `before` is said first."""
    text = before or f"您好，我是申报助手，帮您完成《{context.pack.form.title}》的咨询和填报。"
    context.say(f"{text}\n\n{time_left(context.pack, context.moment.today)}\n\n请选一项：", menu(context))


def time_left(pack: NoticePack, today: date) -> str:
    """Say how many days are left, or what it means that the call has closed."""
    deadline = pack.facts.date("deadline")
    shown, days = pack.facts.shown("deadline"), (deadline - today).days
    if days > 0:
        return f"征集截止{shown}，还有{days}天。"
    if days == 0:
        return f"征集今天（{shown}）截止，请抓紧。"
    return (
        f"本次征集已于{shown}截止。您仍可查询通知、试填表格，但逾期材料是否受理，"
        f"请先致电{pack.facts.shown('contact_name')} {pack.facts.shown('contact_phone')}确认。"
    )


def menu(context: TurnContext) -> tuple[Button, ...]:
    """Give the ways on: what is under way first."""
    ways = [button(Consult(), "我要咨询")]
    if context.pack.eligibility is not None:
        ways.append(button(CheckEligibility(), "先看看自己符不符合"))
    if context.session.current not in context.session.drafts:
        return (button(Start(), "开始填表"), *ways)
    ways.insert(0, button(NewApplication(), "再填一份"))
    if len(context.session.drafts) > 1:
        ways.insert(1, button(ListApplications(), "我的申报"))
    return (button(OpenApplication(context.session.current), _resume_label(context)), *ways)


def list_drafts(context: TurnContext) -> None:
    """List the applicant's applications, each with a button to go on with it."""
    listed = []
    for draft in context.session.drafts.values():
        held = draft.values.get(_naming_field(context.pack))
        done = progress(context.pack, draft)
        state = "已生成表格" if draft.delivered else f"已填{done.done}/{done.total}项"
        name = shorten(held.display, 16) if held else "（还没有名称）"
        listed.append(button(OpenApplication(draft.id), f"第{draft.id}份 {name}｜{state}"))
    if not listed:
        context.say("您还没有申报。请选一项：", menu(context))
        return
    context.say("这是您的申报，点哪份就打开哪份：", (*listed, button(NewApplication(), "再填一份")))


def _naming_field(pack: NoticePack) -> str:
    """Give the key of the field an application is listed by: the first that identifies it, else the first name."""
    paths = [*pack.form.identity.values(), *(key for key, field in pack.fields.items() if kind_of(field).titled)]
    return paths[0].partition(".")[0] if paths else ""


def _resume_label(context: TurnContext) -> str:
    done = progress(context.pack, context.draft)
    return "打开已生成的申报" if context.draft.delivered else f"继续填报（已填{done.done}/{done.total}项）"
