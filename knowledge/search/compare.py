"""A date or number in the question, held against the fact: 「2月20号交还行吗」→「不行：……」."""

from datetime import date

from knowledge.facts import Facts
from knowledge.faq import Comparison
from knowledge.search.amounts import amount
from knowledge.search.days import Span, span
from knowledge.search.normal import simplified


def verdict(question: str, compare: Comparison, facts: Facts, today: date) -> str | None:
    """Say whether what the question names agrees with the fact; None when it names nothing to compare."""
    text = simplified(question)
    if any(word in text for word in compare.unless):
        return None
    if compare.how == "at_most":
        found = amount(text, compare.units)
        if found is None:
            return None
        return _line(compare, facts, said=found[1], holds=found[0] <= facts.number(compare.fact))
    named = span(text, today, facts.date(compare.fact) if compare.how == "until" else today)
    if named is None:
        return None
    holds = _agrees(named, compare, facts.date(compare.fact))
    return None if holds is None else _line(compare, facts, said=named.said, holds=holds)


def _agrees(named: Span, compare: Comparison, limit: date) -> bool | None:
    """Tell whether all days meant agree (True), none does (False), or some do (None)."""
    if compare.how == "until":
        return True if named.last <= limit else False if named.first > limit else None
    return True if named.last < limit else False if named.first >= limit else None


def _line(compare: Comparison, facts: Facts, *, said: str, holds: bool) -> str:
    return facts.fill(compare.holds if holds else compare.fails, said=said)
