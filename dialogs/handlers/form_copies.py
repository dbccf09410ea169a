"""Copies of the form that are no document to hand in: the blank one, and what is filled in so far."""

from dialogs.context import TurnContext
from dialogs.document.fill import fill
from dialogs.flow import come_back
from dialogs.pack_cache import template_of
from dialogs.progress import gaps
from dialogs.protocol import File
from dialogs.session import Draft
from dialogs.submission import Submission


def blank_form(context: TurnContext) -> None:
    """Give the blank form."""
    _give(
        context,
        context.words("delivery.blank_name"),
        context.words("delivery.blank"),
        Draft(id=0).submission(context.pack),
    )


def copy_so_far(context: TurnContext) -> None:
    """Give the form with what is filled in so far, named so that nobody takes it for the finished one."""
    missing = gaps(context.pack, context.draft)
    labels = "、".join(field.label for field in missing)
    words = context.words("delivery.so_far", count=len(missing), labels=labels) if missing else ""
    words = words or context.words("delivery.so_far_complete")
    _give(context, context.words("delivery.so_far_name"), words, context.draft.submission(context.pack))


def _give(context: TurnContext, name: str, words: str, submission: Submission) -> None:
    document = fill(submission, template_of(context.pack), context.pack.form)
    context.say(words, files=(File(name=name, content=document),))
    come_back(context)
