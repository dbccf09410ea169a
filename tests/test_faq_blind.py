"""Questions authored apart from the FAQ: how well a stranger is served. Floors, a little below what was measured."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from knowledge.search.answer import Answer
from knowledge.search.finder import Finder
from knowledge.search.follow_up import LastAnswer

SETS = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (Path(__file__).parent / "blind").glob("*.yaml")]
QUESTIONS = {kind: [row for one in SETS for row in one.get(kind, [])] for kind in ("answered", "open", "during")}
TODAY = date(2024, 2, 1)


@pytest.fixture(scope="module")
def finder(pack) -> Finder:
    return Finder.of(pack)


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_most_questions_are_answered_or_one_tap_away(finder):
    """Slang, typos and all: the right entry answers nine of ten, and all but one in twenty are one tap away."""
    found = [(finder.find(row["q"], today=TODAY), set(row["entries"])) for row in QUESTIONS["answered"]]
    right = [isinstance(said, Answer) and bool(wanted & set(said.entries)) for said, wanted in found]
    near = [
        ok or bool(wanted & {n.entry for n in getattr(said, "nearest", ())})
        for ok, (said, wanted) in zip(right, found, strict=True)
    ]
    assert share(right) >= 0.88
    assert share(near) >= 0.93


def test_hardly_anything_is_answered_that_the_notice_does_not_say(finder):
    """At most one false answer in thirty."""
    assert share([isinstance(finder.find(q, today=TODAY), Answer) for q in QUESTIONS["open"]]) <= 0.033


def test_questions_in_the_middle_of_a_field_are_understood(finder):
    """The field gives short questions their meaning."""
    found = [(row, finder.find(row["q"], today=TODAY, during=row["during"])) for row in QUESTIONS["during"]]
    right = [isinstance(said, Answer) != bool(row.get("open")) for row, said in found]
    assert share(right) >= 0.9


def test_the_blind_questions_are_blind(pack):
    """None of them stands in the bank."""
    bank = {wording for entry in pack.faq.entries for wording in (entry.question, *entry.variants, *entry.keywords)}
    asked = [row["q"] for row in (*QUESTIONS["answered"], *QUESTIONS["during"])] + QUESTIONS["open"]
    assert bank.isdisjoint(asked)


def test_questions_that_lean_on_the_one_before_are_understood(finder):
    """Nine of ten follow-ups get the entry meant, or an abstention where the notice does not say."""
    right = []
    for row in (row for one in SETS for row in one.get("follow_ups", [])):
        before: list[LastAnswer] = []
        for question in row["after"]:
            last = finder.after(before).find(question, today=TODAY)
            before.append(LastAnswer(question=last.question, entries=last.entries))
        said = finder.after(before).find(row["q"], today=TODAY)
        wanted = set(row["entries"])
        right.append(bool(wanted & set(said.entries)) if wanted else not isinstance(said, Answer))
    assert share(right) >= 0.88
