"""The pack's own regression questions: `tests.yaml` says which entry answers what, or that none does."""

from datetime import date
from pathlib import Path

from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose, load_yaml
from knowledge.model import Model
from knowledge.pack import NoticePack
from knowledge.problems import PackError, Problem, Told, told
from knowledge.search.answer import Abstention, Answer
from knowledge.search.finder import Finder

FILE = "tests.yaml"


class Case(Model):
    """A question and the entry that must answer it; `entry` is null when nothing may be answered."""

    q: str
    entry: str | None
    during: str | None = None


class Cases(Model):
    """All of `tests.yaml`; `today` is the day the questions are asked on."""

    today: date
    questions: tuple[Case, ...]


def question_problems(folder: Path, pack: NoticePack) -> list[Problem]:
    """List the questions of `tests.yaml` that are answered otherwise than they were; none without the file."""
    if not (folder / FILE).is_file():
        return []
    try:
        cases = load_yaml(folder / FILE, Cases)
    except PackError as error:
        return error.problems
    finder = Finder.of(pack)
    found = [
        (number, case, finder.find(case.q, today=cases.today, during=case.during))
        for number, case in enumerate(cases.questions)
    ]
    wrong = [(number, case, said) for number, case, said in found if not _as_before(case, said)]
    root = compose(folder / FILE) if wrong else None
    return [
        Problem(FILE, line_of(root, ("questions", number)), *_changed(case, said), grave=False)
        for number, case, said in wrong
    ]


def _as_before(case: Case, said: Answer | Abstention) -> bool:
    return case.entry in said.entries if isinstance(said, Answer) else case.entry is None


def _changed(case: Case, said: Answer | Abstention) -> Told:
    nobody = told("faq.nobody_answers").reason
    now = "、".join(said.entries) if isinstance(said, Answer) else nobody
    return told("faq.answers_otherwise", question=case.q, before=case.entry or nobody, now=now)
