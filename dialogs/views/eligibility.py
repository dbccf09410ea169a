"""The eligibility check as it is read: one question with three buttons, then the verdicts."""

from typing import get_args

from pydantic import TypeAdapter

from dialogs.eligibility import Verdict, assess, conclude, next_check
from dialogs.replies import Button
from dialogs.scene import Scene
from dialogs.views.greeting import menu
from knowledge.eligibility import EligibilityWording, Tap

_ANSWERS = TypeAdapter(dict[str, Tap])
_MARKS = {"met": "✓", "not_met": "✗", "human": "？"}


def ask_check(scene: Scene, before: str = "") -> bool:
    """Ask the next question of the check; False when all are answered."""
    eligibility = scene.pack.eligibility
    check = next_check(eligibility, _answers(scene)) if eligibility else None
    if eligibility is None or check is None:
        return False
    number = [known.id for known in eligibility.checks].index(check.id) + 1
    wording = eligibility.wording
    labels = (wording.yes_button, wording.no_button, wording.unsure_button)
    buttons = (
        Button(id=f"check:{check.id}:{tap}", label=label) for tap, label in zip(get_args(Tap), labels, strict=True)
    )
    lines = [before, f"第{number}题，共{len(eligibility.checks)}题", scene.pack.facts.fill(check.question), check.hint]
    scene.say("\n".join(line for line in lines if line), tuple(buttons))
    return True


def show_verdicts(scene: Scene) -> None:
    """Show every criterion with its verdict, the notice's words, and advice where something is open."""
    eligibility = scene.pack.eligibility
    if eligibility is None:
        return
    verdicts = assess(eligibility, _answers(scene), scene.pack.facts)
    lines = [_line(verdict, eligibility.wording) for verdict in verdicts]
    summary = conclude(eligibility, verdicts, scene.pack.facts)
    scene.say("\n\n".join([summary, *lines]), menu(scene), tuple(verdict.citation for verdict in verdicts))


def _line(verdict: Verdict, wording: EligibilityWording) -> str:
    said = {"met": wording.met, "not_met": wording.not_met, "human": wording.human}[verdict.verdict]
    citation = verdict.citation
    text = f"{_MARKS[verdict.verdict]} {verdict.title}：{said}\n{citation.clause}：“{citation.quote}”"
    return text if verdict.verdict == "met" else f"{text}\n→ {verdict.advice}"


def _answers(scene: Scene) -> dict[str, Tap]:
    return _ANSWERS.validate_python(scene.session.checks)
