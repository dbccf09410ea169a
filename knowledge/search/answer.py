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

    `score` (0 to 1) is how likely the entries are the right ones, as calibrated on the bank; `question` is what was
    asked, as it was understood: without its frame, completed from the question before.
    """

    kind: Literal["answer"] = "answer"
    entries: tuple[str, ...]  # ids of the FAQ entries it is made of (several for combined questions)
    text: str
    citations: tuple[Citation, ...]
    score: float = 1.0
    question: str = ""


class Abstention(Model):
    """We do not answer.

    `reason`: `not_in_notice` (a known topic the notice leaves open, or that has nothing to do with it: `text` says so
    honestly and names the contact), `undecided` (a known topic the pack says nothing about: likewise), `unsure`
    (something near was found: `nearest` offers it), `unknown` (nothing near).
    `entries` names the uncovered entries recognised (`topic.deadline` where only the shared library knows the topic);
    `score` (0 to 1) how likely the nearest entry is right; `question` is as in `Answer`.
    """

    kind: Literal["abstention"] = "abstention"
    reason: Literal["not_in_notice", "undecided", "unsure", "unknown"]
    text: str
    nearest: tuple[Suggestion, ...] = ()
    citations: tuple[Citation, ...] = ()
    entries: tuple[str, ...] = ()
    score: float = 0.0
    question: str = ""

    @property
    def recognised(self) -> bool:
        """Tell whether it is known what is asked, though not what to answer."""
        return self.reason in ("not_in_notice", "undecided")
