"""The eligibility check drafted: each condition of the notice is one question."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from knowledge.drafting.draft_texts import fill, shortened_quote, texts
from knowledge.drafting.faq_draft import contact_words
from knowledge.drafting.notice_text import DraftClause
from knowledge.drafting.word_lists import load
from knowledge.model import Model
from knowledge.notice import squeeze

_MOST = 12  # questions; more nobody answers


class ConditionWords(Model):
    """Words of headings under which conditions stand, and of sentences that are one (`condition_words.yaml`)."""

    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    not_conditions: tuple[str, ...]


@cache
def _words() -> ConditionWords:
    return load(ConditionWords, "condition_words.yaml")


def conditions_of(clauses: Sequence[DraftClause]) -> list[tuple[str, str]]:
    """Find the conditions: (clause, sentence)."""
    found, under = list[tuple[str, str]](), False
    for clause in clauses:
        if not clause.deep and clause.title:
            under = any(word in squeeze(clause.title) for word in _words().headings)
        for sentence in clause.sentences:
            plain = squeeze(sentence)
            if any(word in plain for word in _words().not_conditions):
                continue
            if under and len(plain) > 5 and any(word in plain for word in _words().sentences):  # noqa: PLR2004 - no mere heading
                found.append((clause.anchor, sentence))
    return found[:_MOST]


def eligibility_file(conditions: Sequence[tuple[str, str]], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give `eligibility.yaml`."""
    said, contact = texts().eligibility, contact_words(facts)
    names = (
        "yes_button",
        "no_button",
        "unsure_button",
        "met",
        "not_met",
        "human",
        "all_met",
        "some_open",
        "some_missed",
    )
    wording = {"intro": fill(said["intro"], number=len(conditions))}
    wording |= {name: fill(said[name], contact=contact) for name in names}
    return {"wording": wording, "checks": [_check(number, *each, contact) for number, each in enumerate(conditions, 1)]}


def _check(number: int, clause: str, quote: str, contact: str) -> dict[str, Any]:
    said = texts().eligibility
    parts = {"quote": shortened_quote(quote, 80), "clause": clause, "contact": contact}
    verdicts = {"if_yes": "met", "if_no": "not_met", "if_unsure": "human"}
    meanings = {name: {"verdict": verdict, "advice": fill(said[name], **parts)} for name, verdict in verdicts.items()}
    criterion = {"title": shortened_quote(quote, 20), "clause": clause, "quote": quote, **meanings}
    return {"id": f"condition_{number}", "question": fill(said["question"], **parts), "criteria": [criterion]}
