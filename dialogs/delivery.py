"""Handing over the document: filled, read back, compared; only a proven one leaves. Then all of the envelope.

The bytes of photos and evidence lie with the shell: what a step needs is asked for first (`Turn.wanted`), and the shell
runs the turn again with `Moment.files`.
"""

from dialogs.context import TurnContext
from dialogs.document.file_name import file_name
from dialogs.document.fill import fill
from dialogs.document.package import Package, package
from dialogs.document.verify import differences
from dialogs.evidence import gathered
from dialogs.fields.registry import kind_of
from dialogs.pack_cache import template_of
from dialogs.protocol import File, Registration, Showing
from dialogs.session import Draft
from dialogs.state_machine import DONE, state_name
from dialogs.submission import Submission
from dialogs.submission_rules import filing
from dialogs.views.delivery_view import (
    cannot_hand_over,
    hand_over,
    hand_over_again,
    hand_over_package,
    not_finished,
    pages_are_coming,
)
from knowledge.form import Form


def deliver(context: TurnContext) -> None:
    """Fill the template and hand it over, unless reading it back shows any difference."""
    submission = context.draft.submission(context.pack)
    if _waits_for(context, photos_in(submission, context.pack.form)):
        return
    document = _proven(context, submission)
    if document is None:
        return
    context.filed = filing(context)
    context.change_draft(delivered=context.draft.delivered + 1)
    context.showing = Showing(document=document, asked=False)
    hand_over(context, document)


def resend(context: TurnContext) -> bool:
    """Hand over the document made before once more; False when there is none, or something has changed since."""
    if not is_finished(context):
        return False
    submission = context.draft.submission(context.pack)
    if not _waits_for(context, photos_in(submission, context.pack.form)):
        document = _proven(context, submission)
        if document is not None:
            hand_over_again(context, document)
    return True


def pack_up(context: TurnContext) -> None:
    """Hand over everything for the envelope in one file."""
    if not is_finished(context):
        not_finished(context)
        return
    if (made := _packed(context)) is not None:
        hand_over_package(context, made[2])


def everything_to_hand_in(context: TurnContext) -> Registration | None:
    """Give all that is handed in at the office; None while files are waited for, or when the proof fails (said so)."""
    made = _packed(context)
    if made is None:
        return None
    submission, document, kit = made
    return Registration(
        change="submit",
        draft=str(context.session.current),
        on=context.moment.today,
        filed=filing(context),
        submission=submission,
        document=document,
        package=kit.file,
    )


def _packed(context: TurnContext) -> tuple[Submission, File, Package] | None:
    """Make the document and pack it with everything else; None as above."""
    submission = context.draft.submission(context.pack)
    evidence = tuple(kept.digest for kept in context.draft.evidence)
    if _waits_for(context, (*photos_in(submission, context.pack.form), *evidence)):
        return None
    document = _proven(context, submission)
    if document is None:
        return None
    sent = gathered(context.draft, context.pack, context.moment.files or {})
    return submission, document, package(submission, context.pack, document, sent, addresses=context.draft.addresses)


def show_again(context: TurnContext) -> None:
    """Have the pages of the document shown as pictures."""
    submission = context.draft.submission(context.pack) if is_finished(context) else None
    if submission is not None and _waits_for(context, photos_in(submission, context.pack.form)):
        return
    document = _proven(context, submission) if submission is not None else None
    if document is None:
        not_finished(context)
        return
    context.showing = Showing(document=document, asked=True)
    context.aside = True
    pages_are_coming(context)


def is_finished(context: TurnContext, draft: Draft | None = None) -> bool:
    """Tell whether nothing stands between a draft (by default the one at hand) and its document."""
    draft = draft or context.draft
    leads_to = context.machine.move("proceed", context.session.state, draft)
    return bool(draft.delivered) and leads_to == state_name(DONE)


def photos_in(submission: Submission, form: Form) -> tuple[str, ...]:
    """Give the digests of the pictures that are set into the form."""
    held = [submission.entries.get(field.key) for field in form.fields if kind_of(field).pictured]
    values = [entry.value for entry in held if entry is not None]
    return tuple(str(value["digest"]) for value in values if isinstance(value, dict) and value.get("digest"))


def _waits_for(context: TurnContext, digests: tuple[str, ...]) -> bool:
    """Ask the shell for files, if any are needed and none were asked for yet."""
    if not digests or context.moment.files is not None:
        return False
    context.wanted = digests
    return True


def _proven(context: TurnContext, submission: Submission) -> File | None:
    """Make the document; None, and said so, when it does not hold what was submitted."""
    form, template = context.pack.form, template_of(context.pack)
    document = fill(submission, template, form, context.moment.files)
    if found := differences(submission, document, template, form):
        cannot_hand_over(context, tuple(dict.fromkeys(difference.field for difference in found)))
        return None
    return File(name=file_name(submission, context.pack.form.filename), content=document)
