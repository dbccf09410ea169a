"""The eligibility check as data: `eligibility.yaml` asks a few one-tap questions about the notice's criteria."""

from typing import Literal

from knowledge.model import Model

Tap = Literal["yes", "no", "unsure"]
Judgement = Literal["met", "not_met", "human"]


class Meaning(Model):
    """What an answer means for a criterion, and what to do about it (`{fact}` is filled in)."""

    verdict: Judgement
    advice: str


class Criterion(Model):
    """A condition of the notice: its clause, the notice's words, and what each answer means for it."""

    title: str
    clause: str
    quote: str
    if_yes: Meaning
    if_no: Meaning
    if_unsure: Meaning


class Check(Model):
    """A question answered with one tap; it may settle several criteria."""

    id: str
    question: str
    hint: str = ""
    criteria: tuple[Criterion, ...]


class EligibilityWording(Model):
    """What is said around the check: its opening, the buttons, the verdicts and the three conclusions."""

    intro: str
    yes_button: str
    no_button: str
    unsure_button: str
    met: str
    not_met: str
    human: str
    all_met: str
    some_open: str
    some_missed: str


class Eligibility(Model):
    """All of `eligibility.yaml`: the checks in the order asked."""

    wording: EligibilityWording
    checks: tuple[Check, ...]
