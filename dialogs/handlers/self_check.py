"""「先看看自己符不符合」: one tap a question, then every criterion with its verdict and its clause."""

from dialogs.context import TurnContext
from dialogs.flow import come_back
from dialogs.views.menu_view import greet
from dialogs.views.self_check_view import ask_check, show_verdicts
from knowledge.eligibility import Tap


def start_checks(context: TurnContext) -> None:
    """Ask the first question; earlier answers are forgotten."""
    eligibility = context.pack.eligibility
    if eligibility is None:
        greet(context, context.words("eligibility.none"))
        return
    context.go("check")
    context.change(checks={})
    ask_check(context, eligibility.wording.intro)


def on_check(context: TurnContext, check: str, tap: Tap) -> None:
    """Take one answer; after the last one, show the verdicts and the ways on."""
    eligibility = context.pack.eligibility
    if eligibility is None or check not in {known.id for known in eligibility.checks}:
        come_back(context)
        return
    context.go("check")
    context.change(checks={**context.session.checks, check: tap})
    if not ask_check(context):
        show_verdicts(context)
        context.go("pause")
