"""The eligibility check: a few taps, then each criterion of the notice with its verdict and its words."""

from collections.abc import Mapping, Sequence

from knowledge.eligibility import Check, Criterion, Eligibility, Judgement, Tap
from knowledge.facts import Facts
from knowledge.model import Model
from knowledge.notice import Citation


class Verdict(Model):
    """How a project stands to one criterion; `advice` says what to do."""

    title: str
    verdict: Judgement
    citation: Citation
    advice: str


def next_check(eligibility: Eligibility, answers: Mapping[str, Tap]) -> Check | None:
    """Give the first check not answered yet; None when all are."""
    return next((check for check in eligibility.checks if check.id not in answers), None)


def assess(eligibility: Eligibility, answers: Mapping[str, Tap], facts: Facts) -> tuple[Verdict, ...]:
    """Judge every criterion whose check has an answer (check id → yes/no/unsure), in the order of the checks."""
    return tuple(
        _verdict(criterion, answers[check.id], facts)
        for check in eligibility.checks
        if check.id in answers
        for criterion in check.criteria
    )


def conclude(eligibility: Eligibility, verdicts: Sequence[Verdict], facts: Facts) -> str:
    """Sum up: what is missed weighs more than what is open."""
    missed = sum(verdict.verdict == "not_met" for verdict in verdicts)
    unsettled = sum(verdict.verdict == "human" for verdict in verdicts)
    wording = eligibility.wording
    text = wording.some_missed if missed else wording.some_open if unsettled else wording.all_met
    return facts.fill(text, missed=missed, open=unsettled)


def _verdict(criterion: Criterion, tap: Tap, facts: Facts) -> Verdict:
    meaning = {"yes": criterion.if_yes, "no": criterion.if_no, "unsure": criterion.if_unsure}[tap]
    return Verdict(
        title=criterion.title,
        verdict=meaning.verdict,
        citation=Citation(clause=criterion.clause, quote=criterion.quote),
        advice=facts.fill(meaning.advice),
    )
