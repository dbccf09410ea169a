"""Are the quotes verbatim? Looks at every place of a pack that names a clause."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.loading.faq_files import read_faq
from knowledge.loading.pack_folder import ELIGIBILITY
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose
from knowledge.model import Model
from knowledge.notice import Notice
from knowledge.pack import NoticePack
from knowledge.problems import Problem, told

Place = tuple[int | str, ...]


def quote_problems(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    """List clauses that do not exist and quotes that do not stand in their clause word for word."""
    told_once: set[str] = set()
    for problem in _all_problems(folder, pack):
        if problem.reason not in told_once or not _names_no_clause(problem, pack):
            yield problem
        told_once.add(problem.reason)


def _names_no_clause(problem: Problem, pack: NoticePack) -> bool:
    """Tell whether a problem is a clause that does not exist: a lost anchor would else be told at every quote."""
    return problem.mend == told("clause.unknown", names="、".join(pack.notice.clauses)).mend


def _all_problems(folder: Path, pack: NoticePack) -> Iterator[Problem]:
    parts: dict[str, Model | None] = {"form.yaml": pack.form, ELIGIBILITY: pack.eligibility}
    for file, part in parts.items():
        faults = list(_faults(part, (), pack.notice)) if part is not None else []
        root = compose(folder / file) if faults else None
        for place, reason, mend in faults:
            yield Problem(file, line_of(root, place), reason, mend)
    faults = list(_faults(pack.faq, (), pack.notice))
    sources = read_faq(folder)[1] if faults else None
    for place, reason, mend in faults:
        if sources is not None:
            yield Problem(*sources.where(place), reason, mend)


def _faults(value: Any, place: Place, notice: Notice) -> Iterator[tuple[Place, str, str]]:
    if isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _faults(item, (*place, number), notice)
    elif isinstance(value, Model):
        yield from _cited(value, place, notice)
        for name, item in value:
            yield from _faults(item, (*place, name), notice)


def _cited(value: Any, place: Place, notice: Notice) -> Iterator[tuple[Place, str, str]]:
    anchor, quote = getattr(value, "clause", None), getattr(value, "quote", None)
    if anchor is None:
        return
    clause = notice.clauses.get(anchor)
    if clause is None:
        yield (*place, "clause"), *told("clause.unknown", anchor=anchor, names="、".join(notice.clauses))
    elif quote and not clause.holds(quote):
        yield (*place, "quote"), *told("clause.not_verbatim", anchor=anchor, quote=quote)
