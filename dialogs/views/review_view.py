"""The review before the declaration, and the preview at any moment: every field, doubts first."""

from collections.abc import Iterator

from dialogs.buttons import Advise, ChooseField, Edit, Reviewed, SetApart, SetTogether, button
from dialogs.context import TurnContext
from dialogs.fields.registry import kind_of
from dialogs.progress import asked_fields, gaps, progress
from dialogs.protocol import Button
from dialogs.views.act_messages import act_message
from dialogs.views.evidence_view import evidence_button, missing_screenshots, summary
from dialogs.views.field_view import SHOWN, shorten
from knowledge.form import Field
from knowledge.notice import Citation
from knowledge.text.word_count import count_words

_LINE = 200  # characters of a value shown in the review, long texts aside
_LONG = 600  # 字 from which a text may stand on a page of its own


def show_review(
    context: TurnContext, doubts: tuple[str, ...], citations: tuple[Citation, ...], before: str = ""
) -> None:
    """Show the whole application; `doubts` are the warnings about it as a whole."""
    missing, asked = missing_screenshots(context)
    parts = [
        before,
        _heading(context),
        _doubts(context, (*doubts, *missing)),
        _fields(context),
        summary(context),
    ]
    parts.append("没有问题请点“确认无误”，下一步是申报理由的声明；要改哪一项，点“修改”或直接回复，如“修改起止时间”。")
    context.say("\n\n".join(part for part in parts if part), _decision(context), (*citations, *asked))


def _heading(context: TurnContext) -> str:
    """Say that all is filled in, or which fields were left open and will be asked for before the document."""
    still_open = "、".join(field.label for field in gaps(context.pack, context.draft))
    return act_message("review_open", labels=still_open) if still_open else act_message("review_complete")


def go_on_reviewing(context: TurnContext) -> None:
    """Come back to the review after a word in between, in short."""
    context.say("我们接着核对：没有问题请点“确认无误”，要改哪一项，直接说“修改+栏目”。", _decision(context))


def show_preview(context: TurnContext) -> None:
    """Show what is filled in so far."""
    missing = gaps(context.pack, context.draft)
    rest = "还没填：" + "、".join(field.label for field in missing) if missing else "各项都已填好。"
    context.say(f"目前填好的内容：\n\n{_fields(context) or '（还没有内容）'}\n\n{rest}")


def show_progress(context: TurnContext) -> None:
    """Say how far the application is."""
    counted, missing = progress(context.pack, context.draft), gaps(context.pack, context.draft)
    rest = f"还剩{len(missing)}项：" + "、".join(field.label for field in missing) if missing else "各项都已填好。"
    context.say(f"已完成{counted.done}项，共{counted.total}项。{rest}")


def choose_field(context: TurnContext) -> None:
    """Offer every field answered so far for change."""
    fields = [
        f for f in asked_fields(context.pack, context.draft) if context.draft.applies(f) and context.draft.settled(f)
    ]
    choices = tuple(button(Edit(context.draft.id, field.key), field.label) for field in fields)
    context.say("要修改哪一项？点一下，或回复栏目名称：", choices)


def _decision(context: TurnContext) -> tuple[Button, ...]:
    draft = context.draft.id
    return (
        button(Reviewed(draft), "确认无误，下一步"),
        button(ChooseField(draft), "修改某一项"),
        *(each for field in context.pack.form.fields for each in _about_text(context, field)),
        *evidence_button(context),
    )


def _about_text(context: TurnContext, field: Field) -> Iterator[Button]:
    """Offer a look at a long text, and a page of its own for one that fills the form (四.2)."""
    held, draft = context.draft.values.get(field.key), context.draft
    if not kind_of(field).several_messages or held is None:
        return
    yield button(Advise(draft.id, field.key), f"帮我看看{_short(field)}")
    if field.key in draft.apart:
        yield button(SetTogether(draft.id, field.key), f"{_short(field)}放回表格里")
    elif count_words(held.display) >= _LONG:
        yield button(SetApart(draft.id, field.key), f"{_short(field)}放到附页")


def _short(field: Field) -> str:
    """Give the shortest name a field goes by, for a button."""
    return min(field.names, key=len)


def _fields(context: TurnContext) -> str:
    lines = [
        _line(context, field) for field in asked_fields(context.pack, context.draft) if context.draft.settled(field)
    ]
    return "\n".join(line for line in lines if line)


def _line(context: TurnContext, field: Field) -> str:
    held = context.draft.values.get(field.key)
    if held is None:
        return f"{field.label}：（跳过）" if field.key in context.draft.skipped else ""
    shown = shorten(held.display, SHOWN if kind_of(field).several_messages else _LINE) or "（无）"
    count = (
        f"（共{count_words(held.display)}字{'，放在附页' if field.key in context.draft.apart else ''}）"
        if kind_of(field).several_messages
        else ""
    )
    return f"{'⚠ ' if held.warning else ''}{field.label}：{shown}{count}"


def _doubts(context: TurnContext, doubts: tuple[str, ...]) -> str:
    held = [
        f"{field.label}：{value.warning}"
        for field in asked_fields(context.pack, context.draft)
        if (value := context.draft.values.get(field.key)) and value.warning and context.draft.applies(field)
    ]
    lines = [*doubts, *held]
    return "请先留意：\n" + "\n".join(f"⚠ {line}" for line in lines) if lines else ""
