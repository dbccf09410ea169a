"""Handing over the document: filled, read back, compared; only a proven one leaves. Then all of the envelope."""

from dialogs.context import TurnContext
from dialogs.document.file_name import file_name
from dialogs.document.fill import fill
from dialogs.document.package import package
from dialogs.document.verify import differences
from dialogs.evidence import gathered
from dialogs.pack_cache import template_of
from dialogs.protocol import File, Showing
from dialogs.state_machine import DONE, state_name
from dialogs.submission import Submission
from dialogs.submission_rules import filing
from dialogs.views.delivery_view import cannot_hand_over, hand_over, hand_over_package, not_finished, pages_are_coming


def deliver(context: TurnContext) -> None:
    """Fill the template and hand it over, unless reading it back shows any difference."""
    document = _proven(context, context.draft.submission(context.pack))
    if document is None:
        return
    context.filed = filing(context)
    context.change_draft(delivered=context.draft.delivered + 1)
    context.showing = Showing(document=document, asked=False)
    hand_over(context, document)


def pack_up(context: TurnContext) -> None:
    """Hand over everything for the envelope in one file.

    The bytes of the evidence lie with the shell: the first time they are asked for (`Turn.wanted`), and the shell
    runs the turn again with `Moment.files`.
    """
    if not _finished(context):
        not_finished(context)
        return
    wanted = tuple(kept.digest for kept in context.draft.evidence)
    if wanted and context.moment.files is None:
        context.wanted = wanted
        return
    submission = context.draft.submission(context.pack)
    document = _proven(context, submission)
    if document is not None:
        evidence = gathered(context.draft, context.pack, context.moment.files or {})
        hand_over_package(
            context, package(submission, context.pack, document, evidence, addresses=context.draft.addresses)
        )


def show_again(context: TurnContext) -> None:
    """Have the pages of the document shown as pictures."""
    document = _proven(context, context.draft.submission(context.pack)) if _finished(context) else None
    if document is None:
        not_finished(context)
        return
    context.showing = Showing(document=document, asked=True)
    context.aside = True
    pages_are_coming(context)


def _finished(context: TurnContext) -> bool:
    """Tell whether nothing stands between the draft and its document."""
    leads_to = context.machine.move("proceed", context.session.state, context.draft)
    return bool(context.draft.delivered) and leads_to == state_name(DONE)


def _proven(context: TurnContext, submission: Submission) -> File | None:
    """Make the document; None, and said so, when it does not hold what was submitted."""
    form, template = context.pack.form, template_of(context.pack)
    document = fill(submission, template, form)
    if found := differences(submission, document, template, form):
        cannot_hand_over(context, tuple(dict.fromkeys(difference.field for difference in found)))
        return None
    return File(name=file_name(submission, context.pack.form.filename), content=document)
