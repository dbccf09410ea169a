"""The review before the declaration, and the preview at any moment: every field, doubts first."""

from collections.abc import Iterator, Sequence

from dialogs.breaches import breaches, derived_from, derived_shown
from dialogs.buttons import Advise, ChooseField, Edit, Reviewed, SetApart, SetTogether, button
from dialogs.context import TurnContext
from dialogs.document.left_open import left_open
from dialogs.fields.kinds.rows import shown_rows
from dialogs.fields.reckoning import Reckoning, completed_rows
from dialogs.fields.registry import kind_of
from dialogs.progress import asked_fields, gaps, progress
from dialogs.protocol import Button
from dialogs.views.evidence_view import evidence_button, missing_screenshots, summary
from dialogs.views.field_view import SHOWN, short_name, shorten
from dialogs.views.rule_view import breach_words, ways_to_mend
from knowledge.form import Field
from knowledge.notice import Citation
from knowledge.text.word_count import count_words

_BRIEF = 32  # characters of a value in a preview
_NAMED = 5  # fields named, where many are missing
_LINE = 200  # characters of a value shown in the review, long texts aside


def show_review(
    context: TurnContext, doubts: tuple[str, ...], citations: tuple[Citation, ...], before: str = ""
) -> None:
    """Show the whole application; `doubts` are the warnings about it as a whole."""
    missing, asked = missing_screenshots(context)
    parts = [
        before,
        _heading(context),
        _broken(context),
        _doubts(context, (*doubts, *unfinished(context), *missing)),
        _fields(context),
        summary(context),
        _what_is_next(context),
    ]
    context.say("\n\n".join(part for part in parts if part), _decision(context), (*citations, *asked))


def show_change(context: TurnContext, doubts: tuple[str, ...], citations: tuple[Citation, ...], before: str) -> None:
    """Show what was changed after the application was shown whole, what is doubted, and the way on."""
    missing, asked = missing_screenshots(context)
    parts = [
        before,
        _broken(context),
        _doubts(context, (*doubts, *unfinished(context), *missing)),
        context.words("review.changed"),
    ]
    context.say("\n\n".join(part for part in parts if part), _decision(context), (*citations, *asked))


def unfinished(context: TurnContext) -> tuple[str, ...]:
    """Point out answers that say themselves that they are not finished."""
    found = left_open(context.draft.submission(context.pack), context.pack.form)
    return tuple(context.words("review.left_open", label=label, words=words) for label, words in found)


def _heading(context: TurnContext) -> str:
    """Say that all is filled in, or which fields were left open and will be asked for before the document."""
    still_open = "、".join(field.label for field in gaps(context.pack, context.draft))
    return context.words("review.open", labels=still_open) if still_open else context.words("review.intro")


def go_on_reviewing(context: TurnContext) -> None:
    """Come back to the review after a word in between, in short."""
    context.tell("review.again", _decision(context))


def show_preview(context: TurnContext) -> None:
    """Show what is filled in so far."""
    missing = gaps(context.pack, context.draft)
    still = context.words("review.missing", count=len(missing), labels=few(context, missing)) if missing else ""
    rest = still or context.words("review.complete")
    fields = _fields(context, brief=True) or context.words("review.no_content")
    context.tell("review.preview", fields=fields, rest=rest)


def show_progress(context: TurnContext) -> None:
    """Say how far the application is."""
    counted, missing = progress(context.pack, context.draft), gaps(context.pack, context.draft)
    still = context.words("review.still", count=len(missing), labels=few(context, missing)) if missing else ""
    rest = still or context.words("review.complete")
    context.tell("review.progress", done=counted.done, total=counted.total, rest=rest)


def choose_field(context: TurnContext) -> None:
    """Offer every field answered so far for change."""
    fields = [
        f for f in asked_fields(context.pack, context.draft) if context.draft.applies(f) and context.draft.settled(f)
    ]
    choices = tuple(button(Edit(context.draft.id, field.key), field.label) for field in fields)
    context.tell("review.choose", choices)


def _what_is_next(context: TurnContext) -> str:
    """Say how to go on, and how to change a field, the first serving as the example."""
    asked = asked_fields(context.pack, context.draft)
    declared = any(kind_of(field).declared for field in context.pack.form.fields)
    return context.words("review.next" if declared else "review.next_last", label=asked[0].label if asked else "")


def few(context: TurnContext, fields: Sequence[Field]) -> str:
    """Name the first of many fields, as much as a phone shows at a glance."""
    labels = _labels(fields[:_NAMED])
    return context.words("review.and_more", labels=labels) if len(fields) > _NAMED else labels


def _labels(fields: Sequence[Field]) -> str:
    return "、".join(field.label for field in fields)


def _decision(context: TurnContext) -> tuple[Button, ...]:
    draft = context.draft.id
    return (
        *ways_to_mend(context, breaches(context.pack.form, context.draft)),
        button(Reviewed(draft), context.words("button.reviewed")),
        button(ChooseField(draft), context.words("button.change_one")),
        *(each for field in context.pack.form.fields for each in _about_text(context, field)),
        *evidence_button(context),
    )


def _about_text(context: TurnContext, field: Field) -> Iterator[Button]:
    """Offer a look at a long text, and a page of its own for one that fills the form."""
    held, draft = context.draft.values.get(field.key), context.draft
    if not kind_of(field).several_messages or held is None:
        return
    name = short_name(field)
    yield button(Advise(draft.id, field.key), context.words("button.advise", name=name))
    if field.key in draft.apart:
        yield button(SetTogether(draft.id, field.key), context.words("button.set_together", name=name))
    elif count_words(held.display) >= context.pack.form.own_page_from:
        yield button(SetApart(draft.id, field.key), context.words("button.set_apart", name=name))


def _broken(context: TurnContext) -> str:
    """Say which rules between fields keep the document back."""
    broken = [breach for breach in breaches(context.pack.form, context.draft) if breach.rejects]
    lines = [context.words("review.doubt", message=breach_words(context, breach)) for breach in broken]
    return "\n".join([context.words("review.must_change"), *lines]) if lines else ""


def _fields(context: TurnContext, *, brief: bool = False) -> str:
    """Show every field that is settled, those that are reckoned out among them, in the form's order.

    `brief`: each in a line of a phone, tables by their number of rows, fields passed over left out.
    """
    asked = {field.key for field in asked_fields(context.pack, context.draft)}
    lines = [
        _derived_line(context, field) if field.derive else (_brief if brief else _line)(context, field)
        for field in context.pack.form.fields
        if (field.key in asked and context.draft.settled(field)) or (field.derive and context.draft.applies(field))
    ]
    return "\n".join(line for line in lines if line)


def _table(context: TurnContext, field: Field) -> str:
    """Show a table row by row, cells that are reckoned out among them."""
    held = context.draft.values[field.key]
    rows = completed_rows(field, held.value, Reckoning(context.draft))
    head = context.words("rows.count", label=field.label, count=len(rows) if isinstance(rows, list) else 0)
    head = context.words("review.doubt", message=head) if held.warning else head
    return "\n".join([head, *(f"  {line}" for line in shown_rows(field, rows).split("\n"))])


def _derived_line(context: TurnContext, field: Field) -> str:
    value = derived_shown(field, context.draft)
    causes = _labels(derived_from(field.derive)) if field.derive else ""
    return context.words("review.derived", label=field.label, value=shorten(value), causes=causes) if value else ""


def _brief(context: TurnContext, field: Field) -> str:
    """Show a field in a line of a phone."""
    held = context.draft.values.get(field.key)
    if held is None:
        return ""
    shown = shorten(held.display, _BRIEF) or context.words("review.nothing")
    if kind_of(field).tabled and isinstance(held.value, list):
        shown = context.words("review.rows", count=len(held.value))
    elif kind_of(field).several_messages:
        words, count = shorten(held.display, _BRIEF // 2), count_words(held.display)
        shown = context.words("review.counted", value=words, count=count)
    key = "review.field_doubted" if held.warning else "review.field"
    return context.words(key, label=field.label.partition("（")[0], value=shown)


def _line(context: TurnContext, field: Field) -> str:
    held = context.draft.values.get(field.key)
    if held is None:
        skipped = field.key in context.draft.skipped
        return (
            context.words("review.field", label=field.label, value=context.words("review.skipped")) if skipped else ""
        )
    if kind_of(field).tabled and held.value:
        return _table(context, field)
    long_text = kind_of(field).several_messages
    shown = shorten(held.display, SHOWN if long_text else _LINE) or context.words("review.nothing")
    if long_text:
        how = "review.counted_apart" if field.key in context.draft.apart else "review.counted"
        shown = context.words(how, value=shown, count=count_words(held.display))
    return context.words("review.field_doubted" if held.warning else "review.field", label=field.label, value=shown)


def _doubts(context: TurnContext, doubts: tuple[str, ...]) -> str:
    held = [
        context.words("review.field", label=field.label, value=value.warning)
        for field in asked_fields(context.pack, context.draft)
        if (value := context.draft.values.get(field.key)) and value.warning and context.draft.applies(field)
    ]
    soft = [breach for breach in breaches(context.pack.form, context.draft) if not breach.rejects]
    between = [breach_words(context, breach) for breach in soft]
    lines = [context.words("review.doubt", message=line) for line in (*doubts, *between, *held)]
    return "\n".join([context.words("review.doubts"), *lines]) if lines else ""
