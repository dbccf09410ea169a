"""Carrying a session over to a changed pack, field by field: kept, asked again, or told what changed. Never reset."""

from dialogs.context import TurnContext
from dialogs.fields.outcome import Accepted, Rejected, Warned
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.flow import advance
from dialogs.progress import gaps
from dialogs.protocol import Event, Text, Upload
from dialogs.session import Draft, FieldValue, Refused
from dialogs.state_machine import MENU, REVIEW, local_name, state_name
from dialogs.views.field_view import shorten
from dialogs.views.migration_view import News, tell_news
from knowledge.form import Field


def migrate(context: TurnContext, event: Event) -> bool:
    """Bring a session that is pinned to another version of the pack up to date; say what changed.

    Returns:
        False when the event answered a field that no longer exists: the next one has been asked for instead.
    """
    session, pack = context.session, context.pack
    if (session.pack_id, session.pack_version) == (pack.id, pack.version):
        return True
    news, complete = News(), _was_complete(context)
    drafts = {number: _carried(context, draft, news) for number, draft in session.drafts.items()}
    state = _state_now(context)
    context.change(pack_id=pack.id, pack_version=pack.version, drafts=drafts, state=state or state_name(MENU))
    _drop_undecidable(context)
    if complete:
        again = set(news.lost)
        news.added += [gap.label for gap in gaps(pack, context.draft) if gap.label not in again]
    tell_news(context, news)
    if state is not None:
        return True
    context.change(pending=None)
    if isinstance(event, Text | Upload):
        advance(context, context.words("migration.gone"))
        return False
    context.go("proceed")
    return True


def _was_complete(context: TurnContext) -> bool:
    """Tell whether the draft had no gaps before: then a gap now is a new field."""
    draft = context.draft
    return bool(draft.reviewed or draft.delivered or local_name(context.session.state) == REVIEW)


def _state_now(context: TurnContext) -> str | None:
    """Give what the session's state is called now; None when its field is gone."""
    if context.machine.knows(context.session.state):
        return context.session.state
    name = local_name(context.session.state)
    return next((state_name(one.key) for one in context.pack.form.fields if name in one.formerly), None)


def _drop_undecidable(context: TurnContext) -> None:
    """Forget a decision about a field that is gone, or about words that may no longer stand."""
    pending = context.session.pending
    if pending is None or pending.field is None:
        return
    one = context.pack.fields.get(pending.field)
    if one is None or (
        pending.kind == "warned"
        and isinstance(validate(one, pending.text, context.pack, context.moment.today), Rejected)
    ):
        context.change(pending=None)


def _carried(context: TurnContext, draft: Draft, news: News) -> Draft:
    """Carry one draft over; what its fields no longer take is kept aside, and comes back if the field does."""
    stock = {**draft.retired, **draft.values}
    values: dict[str, FieldValue] = {}
    refused = dict(draft.refused)
    for one in context.pack.form.fields:
        key = next((name for name in (one.key, *one.formerly) if name in stock), None)
        if key is None:
            continue
        held = stock.pop(key)
        outcome = _judged_again(context, one, held)
        if isinstance(outcome, Rejected):
            news.lost[one.label] = outcome.message
            refused[one.key] = Refused(text=held.text, message=held.message)
        else:
            values[one.key] = _kept(one, held, outcome, news)
    gone = [held for key, held in stock.items() if key not in draft.retired]
    news.retired += [shorten(held.display or held.text) for held in gone]
    changed = values.keys() != draft.values.keys() or any(not held.confirmed for held in values.values())
    consents = {one.key for one in context.pack.form.fields if kind_of(one).declared} if changed else set()
    return draft.model_copy(
        update={
            "values": {key: held for key, held in values.items() if key not in consents},
            "refused": refused,
            "retired": stock,
            "skipped": _skipped(context, draft),
            "reviewed": draft.reviewed and not changed,
        }
    )


def _judged_again(context: TurnContext, one: Field, held: FieldValue) -> Accepted | Warned | Rejected:
    """Judge a held value by today's rules; words such as 今天 keep the meaning they had when they were sent."""
    shown = validate(one, held.display, context.pack, context.moment.today)
    if not isinstance(shown, Rejected) and shown.value == held.value:
        return shown
    return validate(one, held.text, context.pack, context.moment.today)


def _kept(one: Field, held: FieldValue, outcome: Accepted | Warned, news: News) -> FieldValue:
    """Keep a value as it is, or as it is understood now; a new doubt is the applicant's to settle."""
    warning = outcome.message if isinstance(outcome, Warned) else None
    new_doubt = warning is not None and warning != held.warning
    if new_doubt:
        news.doubted[one.label] = str(warning)
    update: dict[str, object] = {"warning": warning, "confirmed": held.confirmed and not new_doubt}
    if outcome.value != held.value:
        update |= {
            "value": outcome.value,
            "display": outcome.display,
            "printed": outcome.printed,
            "approx": outcome.approx,
        }
    return held.model_copy(update=update)


def _skipped(context: TurnContext, draft: Draft) -> frozenset[str]:
    """Give the fields that stay skipped: those that may still be."""
    return frozenset(
        one.key
        for one in context.pack.form.fields
        if one.optional and not draft.skipped.isdisjoint((one.key, *one.formerly))
    )
