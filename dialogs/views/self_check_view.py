"""The eligibility check as it is read: one question with three buttons, then the verdicts."""

from typing import get_args

from pydantic import TypeAdapter

from dialogs.assessment import Verdict, assess, conclude, next_check
from dialogs.buttons import AnswerCheck, button
from dialogs.context import TurnContext
from dialogs.views.menu_view import menu
from knowledge.eligibility import EligibilityWording, Tap

_ANSWERS = TypeAdapter(dict[str, Tap])


def ask_check(context: TurnContext, before: str = "") -> bool:
    """Ask the next question of the check; False when all are answered."""
    eligibility = context.pack.eligibility
    check = next_check(eligibility, _answers(context)) if eligibility else None
    if eligibility is None or check is None:
        return False
    number = [known.id for known in eligibility.checks].index(check.id) + 1
    wording = eligibility.wording
    labels = (wording.yes_button, wording.no_button, wording.unsure_button)
    buttons = (button(AnswerCheck(check.id, tap), label) for tap, label in zip(get_args(Tap), labels, strict=True))
    lines = [
        before,
        context.words("eligibility.place", number=number, total=len(eligibility.checks)),
        context.pack.facts.fill(check.question),
        check.hint,
    ]
    context.say("\n".join(line for line in lines if line), tuple(buttons))
    return True


def show_verdicts(context: TurnContext) -> None:
    """Show every criterion with its verdict, the notice's words, and advice where something is open."""
    eligibility = context.pack.eligibility
    if eligibility is None:
        return
    verdicts = assess(eligibility, _answers(context), context.pack.facts)
    lines = [_line(context, verdict, eligibility.wording) for verdict in verdicts]
    summary = conclude(eligibility, verdicts, context.pack.facts)
    context.say("\n\n".join([summary, *lines]), menu(context), tuple(verdict.citation for verdict in verdicts))


def _line(context: TurnContext, verdict: Verdict, wording: EligibilityWording) -> str:
    said = {"met": wording.met, "not_met": wording.not_met, "human": wording.human}[verdict.verdict]
    cited = {"clause": verdict.citation.clause, "quote": verdict.citation.quote}
    return context.words(
        f"eligibility.{verdict.verdict}", title=verdict.title, verdict=said, advice=verdict.advice, **cited
    )


def _answers(context: TurnContext) -> dict[str, Tap]:
    return _ANSWERS.validate_python(context.session.checks)
