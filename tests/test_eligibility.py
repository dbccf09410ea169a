"""The eligibility check against the real pack: every criterion, its clause, its verdict."""

from pathlib import Path

import pytest

from dialogs.assessment import assess, conclude, next_check
from knowledge.eligibility import Eligibility, Tap
from knowledge.loading.notice_file import read_notice
from knowledge.loading.yaml_file import load_yaml

PACK = Path(__file__).parents[1] / "knowledge" / "packs" / "anhui-2024"
HEAD, FACTS, NOTICE = read_notice(PACK / "notice.md")
ELIGIBILITY = load_yaml(PACK / "eligibility.yaml", Eligibility)


def all_answered(tap: Tap) -> dict[str, Tap]:
    return dict.fromkeys((check.id for check in ELIGIBILITY.checks), tap)


def test_quotes_stand_in_their_clauses():
    """Every criterion quotes its clause word for word, or citing raises."""
    for check in ELIGIBILITY.checks:
        for criterion in check.criteria:
            assert NOTICE.cite(criterion.clause, criterion.quote).clause == criterion.clause


def test_covers_every_condition_of_the_notice():
    """Part 二, part 三 and each of 三.1 to 三.6 is judged by some check."""
    judged = {criterion.clause for check in ELIGIBILITY.checks for criterion in check.criteria}
    assert judged >= {"二", "三", *(f"三.{n}" for n in range(1, 7))}


def test_takes_at_most_eight_taps():
    """The check is over in eight questions, each asked once, in the order of the file."""
    answers: dict[str, Tap] = {}
    asked = []
    while check := next_check(ELIGIBILITY, answers):
        asked.append(check.id)
        answers[check.id] = "yes"
    assert asked == [check.id for check in ELIGIBILITY.checks]
    assert len(asked) <= 8


def test_yes_to_everything_meets_everything():
    """Who answers yes throughout meets every criterion, and is told who decides."""
    verdicts = assess(ELIGIBILITY, all_answered("yes"), FACTS)
    assert {verdict.verdict for verdict in verdicts} == {"met"}
    assert "省委网信办" in conclude(ELIGIBILITY, verdicts, FACTS)


def test_in_principle_is_never_a_flat_no():
    """A late start is for a human to judge: clause 三 says 原则上."""
    verdicts = assess(ELIGIBILITY, {"time": "no"}, FACTS)
    assert [verdict.verdict for verdict in verdicts] == ["human"]
    assert verdicts[0].citation.clause == "三"
    assert "原则上" in verdicts[0].citation.quote


def test_offline_project_is_not_met_twice():
    """One tap can settle two criteria: an offline project misses 二 and 三.2."""
    verdicts = assess(ELIGIBILITY, {"online": "no"}, FACTS)
    assert [(verdict.citation.clause, verdict.verdict) for verdict in verdicts] == [
        ("二", "not_met"),
        ("三.2", "not_met"),
    ]


@pytest.mark.parametrize(("tap", "said"), [("no", "不符合"), ("unsure", "需要人工判断")])
def test_conclusion_names_what_weighs_most(tap: Tap, said: str):
    """The conclusion speaks of what is missed first, else of what is open, and counts it."""
    verdicts = assess(ELIGIBILITY, all_answered(tap), FACTS)
    kind = "not_met" if tap == "no" else "human"
    count = sum(verdict.verdict == kind for verdict in verdicts)
    text = conclude(ELIGIBILITY, verdicts, FACTS)
    assert said in text
    assert f"{count}项" in text


def test_only_answered_checks_are_judged():
    """Stopping half-way gives verdicts for what was answered, and nothing else."""
    verdicts = assess(ELIGIBILITY, {"public": "unsure"}, FACTS)
    assert [verdict.title for verdict in verdicts] == ["公益性"]


def test_every_placeholder_is_a_fact():
    """Questions and advice name only facts the notice states."""
    for check in ELIGIBILITY.checks:
        assert "{" not in FACTS.fill(check.question + check.hint)
    for tap in ("yes", "no", "unsure"):
        for verdict in assess(ELIGIBILITY, all_answered(tap), FACTS):
            assert "{" not in verdict.advice
