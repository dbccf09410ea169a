"""What the FAQ gives back: an answer with its clause, or an abstention. Never nothing, never a guess."""

from typing import Literal

from knowledge.model import Model
from knowledge.notice import Citation


class Suggestion(Model):
    """A nearby question with its answer, one tap away."""

    entry: str
    question: str
    answer: str


class Answer(Model):
    """The notice answers the question; `text` is complete in itself, `citations` prove it.

    `score` (0 to 1) is how likely the entries are the right ones, as calibrated on the bank.
    """

    kind: Literal["answer"] = "answer"
    entries: tuple[str, ...]  # ids of the FAQ entries it is made of (several for combined questions)
    text: str
    citations: tuple[Citation, ...]
    score: float = 1.0


class Abstention(Model):
    """We do not answer.

    `reason`: `not_in_notice` (a known topic the notice leaves open: `text` says so honestly and names the
    contact), `unsure` (something near was found: `nearest` offers it), `unknown` (nothing near).
    `entries` names the uncovered topics recognised; `score` (0 to 1) how likely the nearest entry is right.
    """

    kind: Literal["abstention"] = "abstention"
    reason: Literal["not_in_notice", "unsure", "unknown"]
    text: str
    nearest: tuple[Suggestion, ...] = ()
    citations: tuple[Citation, ...] = ()
    entries: tuple[str, ...] = ()
    score: float = 0.0
