"""A button press, perhaps on an old message: it does what it said, or it says why it cannot.

This is the one place where the actions of `dialogs.buttons` are told apart.
"""

from dialogs import buttons as press
from dialogs.breaches import keeps_back
from dialogs.context import TurnContext
from dialogs.delivery import pack_up, show_again
from dialogs.document.printed_answers import reference
from dialogs.fields.registry import kind_of
from dialogs.flow import advance, arrive, come_back, ensure_draft
from dialogs.handlers.answers import confirm, take
from dialogs.handlers.applications import drop, new, open_numbered, resume, reuse, start_over
from dialogs.handlers.controls import cancel, consult, forget_everything
from dialogs.handlers.evidence_intake import on_address_kept, on_drop, on_evidence, on_report
from dialogs.handlers.handing_in import hand_in, take_back
from dialogs.handlers.import_review import on_import, on_tick
from dialogs.handlers.multipart_text import append
from dialogs.handlers.person_wanted import ask_office, invite, write_nothing
from dialogs.handlers.question_answers import answer_reading, question_reading, suggestion, wrong_answer
from dialogs.handlers.reminders import remind
from dialogs.handlers.rows import press_row
from dialogs.handlers.self_check import on_check, start_checks
from dialogs.session import Pending
from dialogs.understanding.row_words import RowSaid
from dialogs.views.field_view import ask, ask_for_more, mark, ticked_options
from dialogs.views.menu_view import list_drafts
from dialogs.views.review_view import choose_field
from dialogs.views.text_advice import advise
from knowledge.form import Field


def on_choice(context: TurnContext, id_: str) -> None:
    """Do what the button with this id says."""
    action = press.decode(id_)
    context.change(to_office=False)
    match action:
        case press.Decision():
            _decide(context, action)
        case press.OfField():
            _about_field(context, action)
        case press.OfApplication():
            _about_application(context, action)
        case None:
            stale(context)
        case _:
            _anywhere(context, action)


def stale(context: TurnContext) -> None:
    """Say that the button no longer means anything, and where we are."""
    context.tell("button.stale")
    come_back(context)


def _anywhere(context: TurnContext, action: press.ButtonAction) -> None:
    match action:
        case press.Start():
            resume(context)
        case press.Consult():
            consult(context)
        case press.CheckEligibility():
            start_checks(context)
        case press.AnswerCheck(check, tap):
            on_check(context, check, tap)
        case press.NewApplication():
            new(context)
        case press.ListApplications():
            list_drafts(context)
        case press.OpenApplication(draft):
            open_numbered(context, draft)
        case press.DropApplication(draft):
            drop(context, draft)
        case press.Remind(whether):
            remind(context, whether=whether == "on")
        case _:
            _about_answer(context, action)


def _about_answer(context: TurnContext, action: press.ButtonAction) -> None:
    match action:
        case press.Suggest(entry):
            suggestion(context, entry)
        case press.WrongAnswer(entry):
            wrong_answer(context, entry)
        case _:
            _write_to_office(context, action)


def _write_to_office(context: TurnContext, action: press.ButtonAction) -> None:
    """Write to the office's people, or not."""
    match action:
        case press.WriteToOffice():
            invite(context)
        case press.AskOffice():
            ask_office(context)
        case press.WriteNothing():
            write_nothing(context)


# ---- a decision that was waited for


def _decide(context: TurnContext, action: press.Decision) -> None:
    pending = context.session.pending
    if pending is None or pending.serial != action.serial:
        stale(context)
        return
    match action:
        case press.Confirm():
            confirm(context, pending)
        case press.Redo():
            _redo(context)
        case press.TakeAsAnswer():
            answer_reading(context, pending)
        case press.TakeAsQuestion():
            question_reading(context, pending)
        case press.Append():
            _append(context, pending)
        case press.NeverMind():
            _never_mind(context)
        case press.Restart():
            start_over(context)
        case press.Erase():
            forget_everything(context)
        case _:
            _decide_about_file(context, pending, action)


def _decide_about_file(context: TurnContext, pending: Pending, action: press.Decision) -> None:
    match action:
        case press.Import(_, what):
            on_import(context, pending, what)
        case press.Tick(_, field):
            on_tick(context, pending, field)
        case press.MatchReport(_, report):
            on_report(context, pending, None if report == "no" else report)
        case press.PlaceAddress(_, place):
            on_address_kept(context, pending, place)


def _redo(context: TurnContext) -> None:
    context.change(pending=None)
    if context.field is not None:
        ask(context, context.words("answer.redo"))
    else:
        arrive(context)


def _never_mind(context: TurnContext) -> None:
    context.change(pending=None)
    context.tell("answer.unchanged")
    come_back(context)


def _append(context: TurnContext, pending: Pending) -> None:
    ensure_draft(context)
    context.message = pending.message
    append(context, pending.text)


# ---- an application


def _is_current(context: TurnContext, number: int) -> bool:
    """Tell whether a button belongs to the application being worked on; say so when it does not."""
    if number not in context.session.drafts:
        stale(context)
        return False
    if number != context.session.current:
        context.tell("button.of_another")
        return False
    return True


def _about_application(context: TurnContext, action: press.OfApplication) -> None:
    if not _is_current(context, action.draft):
        return
    match action:
        case press.ShowEvidence():
            on_evidence(context)
        case press.DropEvidence(_, mark_):
            on_drop(context, mark_)
        case press.Reviewed():
            kept_back = keeps_back(context.pack.form, context.draft)
            context.change_draft(reviewed=not kept_back)
            advance(context, context.words("review.not_yet") if kept_back else "")
        case press.ChooseField():
            choose_field(context)
        case press.Leave():
            cancel(context)
        case _:
            _about_finished(context, action)


def _about_finished(context: TurnContext, action: press.OfApplication) -> None:
    """Do what only a finished application allows."""
    match action:
        case press.PackUp():
            pack_up(context)
        case press.ShowPages():
            show_again(context)
        case press.HandIn():
            hand_in(context)
        case press.TakeBack(_, sure):
            take_back(context, sure=bool(sure))


# ---- a field of an application


def _about_field(context: TurnContext, action: press.OfField) -> None:
    if not _is_current(context, action.draft):
        return
    field = context.pack.fields.get(action.field)
    if field is None or not context.draft.asks(field):
        stale(context)
        return
    match action:
        case press.PickChoice(_, _, number, shown):
            _pick(context, field, number, shown)
        case press.TakeOffer(_, _, number, shown):
            _take_offer(context, field, number, shown)
        case press.TakeTicked():
            _take_ticked(context, field)
        case press.Reuse():
            reuse(context, field)
        case press.Decline():
            _decline(context, field)
        case _:
            _around_field(context, field, action)


def _around_field(context: TurnContext, field: Field, action: press.OfField) -> None:
    """Do what gives no new value: leave the field as it is, go to it, look at its text."""
    match action:
        case press.Skip():
            _skip(context, field)
        case press.LeaveOpen():
            context.change_draft(postponed=context.draft.postponed | {field.key})
            advance(context, context.words("act.postponed", label=field.label))
        case press.Keep():
            advance(context, context.words("answer.kept", label=field.label))
        case press.Edit():
            if context.go("edit", field.key):
                ask(context)
        case press.SetApart():
            _set_apart(context, field)
        case press.SetTogether():
            _set_together(context, field)
        case press.Advise():
            advise(context, field)
            come_back(context)
        case _:
            _about_rows(context, field, action)


def _about_rows(context: TurnContext, field: Field, action: press.OfField) -> None:
    match action:
        case press.FinishRows():
            press_row(context, field, RowSaid("finished"))
        case press.AddRow():
            press_row(context, field, RowSaid("more"))
        case press.ChangeRow(_, _, row):
            press_row(context, field, RowSaid("change", row))
        case press.DropRow(_, _, row):
            press_row(context, field, RowSaid("delete", row))


def _pick(context: TurnContext, field: Field, number: int, shown: str) -> None:
    """Take a choice, unless the choices have changed since it was `shown`, or it is what the field holds anyway."""
    labels = [choice.label for choice in field.choices] or [kind_of(field).typed(answer=True)]
    if number >= len(labels) or shown not in {"", mark(labels[number])}:
        stale(context)
        return
    if kind_of(field).several:
        _tick(context, field, labels[number])
        return
    held = context.draft.values.get(field.key)
    if context.field != field and held and held.display == labels[number]:
        context.tell("answer.already", label=field.label, value=held.display)
        come_back(context)
        return
    if kind_of(field).declared and context.field != field:
        stale(context)
        return
    context.go("edit", field.key)
    take(context, field, labels[number])


def _tick(context: TurnContext, field: Field, label: str) -> None:
    """Tick one of several options, or untick it; nothing is held before the applicant is done."""
    ticked = {*ticked_options(context, field)} ^ {label}
    labels = tuple(choice.label for choice in field.choices if choice.label in ticked)
    if context.field != field:
        context.go("edit", field.key)
    context.change_draft(ticked={**context.draft.ticked, field.key: labels})
    ask_for_more(context, field)


def _take_ticked(context: TurnContext, field: Field) -> None:
    """Answer with what is ticked, unless that was done before."""
    labels = context.draft.ticked.get(field.key)
    if context.field != field or not labels:
        stale(context)
        return
    take(context, field, "、".join(labels))


def _take_offer(context: TurnContext, field: Field, number: int, shown: str) -> None:
    """Take a short answer the form offers, unless another field is asked by now or the offers have changed."""
    if context.field != field or number >= len(field.offers) or mark(field.offers[number]) != shown:
        stale(context)
        return
    take(context, field, field.offers[number])


def _skip(context: TurnContext, field: Field) -> None:
    if not field.optional:
        stale(context)
        return
    if field.key in context.draft.values:
        context.tell("answer.not_skipped", label=field.label)
        come_back(context)
        return
    context.change_draft(skipped=context.draft.skipped | {field.key})
    advance(context, context.words("answer.skipped", label=field.label))


def _decline(context: TurnContext, field: Field) -> None:
    if context.field != field:
        stale(context)
        return
    take(context, field, kind_of(field).typed(answer=False))


def _set_apart(context: TurnContext, field: Field) -> None:
    context.change_draft(apart=context.draft.apart | {field.key})
    arrive(context, context.words("review.set_apart", label=field.label, reference=reference(field.label)))


def _set_together(context: TurnContext, field: Field) -> None:
    context.change_draft(apart=context.draft.apart - {field.key})
    arrive(context, context.words("review.set_together", label=field.label))
