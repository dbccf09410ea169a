"""The FAQ as data: `faq.yaml` holds the questions staff own and the answers that cite the notice."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator

from knowledge.model import Model
from knowledge.notice import Citation


def _lines(value: object) -> object:
    """Let staff write a list as a block of text, one item a line: no quotes, no dashes, no traps."""
    return [line.strip() for line in value.splitlines() if line.strip()] if isinstance(value, str) else value


Lines = Annotated[tuple[str, ...], BeforeValidator(_lines)]


class Comparison(Model):
    """How a date or number in the question is held against a fact, and what is said first then.

    `until`: a day not after the fact; `before`: a day before it; `at_most`: a number not above it.
    `units` are the words a number must be followed by (「个」「字」); a question with one of the words in `unless`
    (「网站」) is about something else and is not compared. `{said}` in `holds` and `fails` is
    what the applicant wrote, normalised.
    """

    fact: str
    how: Literal["until", "before", "at_most"]
    units: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    holds: str
    fails: str


class FaqEntry(Model):
    """One question with its wordings, its answer and the clauses the answer stands on.

    `covered` is false for topics people ask about that the notice does not settle (通知未说明). `topic` names the
    topics of the shared library the entry speaks to: their wordings are its own as well. An answer of the office's own
    (经办答复), which the notice does not hold, says who gave it (`by`) on which `day`, and cites nothing.
    """

    id: str
    question: str
    variants: Lines = ()
    keywords: Lines = ()
    topic: Lines = ()
    answer: str
    cites: tuple[Citation, ...] = ()
    fields: tuple[str, ...] = ()
    covered: bool = True
    compare: Comparison | None = None
    by: str = ""
    day: date | None = None

    @property
    def from_office(self) -> bool:
        """Whether the office itself answers it, and not the notice."""
        return bool(self.by)


class CategoryWords(Model):
    """Words that show a project belongs to one of the form's categories, with the clause that defines it."""

    label: str
    clause: str
    quote: str
    words: Lines


class CategoryHelp(Model):
    """How 「哪一类」 is answered.

    `entry` is the FAQ entry that asks it, `field` the form's field it is about, `asks` are further words
    that ask it; `one` and `two` frame the proposal with {first}, {first_words} and {first_quote}, and
    {second} … for the second category.
    """

    entry: str
    field: str
    asks: Lines = ()
    one: str
    two: str
    categories: tuple[CategoryWords, ...]


class Wording(Model):
    """What is said around answers: days left, doubt, ignorance. `{days}` is the days left.

    `undecided` is said to a topic of the shared library that nobody has given an answer yet; `{question}` is the
    topic's question. Without it `unknown` is said.
    """

    days_left: str
    last_day: str
    closed: str
    unsure: str
    unknown: str
    undecided: str = ""


class Faq(Model):
    """All entries of a pack.

    `open_topics` are topics of the shared library the notice leaves open without an entry of their own; they are
    answered by `open_answer`, where `{about}` is the topic's question.
    """

    entries: tuple[FaqEntry, ...]
    wording: Wording
    category_help: CategoryHelp | None = None
    open_topics: Lines = ()
    open_answer: str = "{about}"
