"""Reading `notice.md`: the front matter with the facts, then the clauses under their anchors."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from knowledge.fact_uses import mistaken
from knowledge.fact_values import FactError, read_fact
from knowledge.facts import NAME, Fact, Facts
from knowledge.loading.text_file import read_text
from knowledge.loading.yaml_faults import line_of
from knowledge.loading.yaml_file import compose_text, parse_yaml
from knowledge.notice import Clause, Notice
from knowledge.problems import PackError, Problem, told

_HEADING = re.compile(r"^#{2,3} *(?P<title>.*?) *\{#(?P<anchor>[^}]+)\} *$")
_FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_FIRST_LINE = 2  # of the front matter, behind the first ---


class Head(NamedTuple):
    """The front matter of a notice, and where things stand in it."""

    values: dict[str, Any]
    root: Any
    ends_at: int  # the first character behind it

    def line(self, *place: str) -> int:
        """Give the 1-based line of the file on which a name of the front matter stands, e.g. `facts`, `deadline`."""
        return line_of(self.root, place) + _FIRST_LINE - 1

    @property
    def without(self) -> frozenset[str]:
        """The facts this call does not have."""
        return frozenset(map(str, self.values.get("without") or ()))


def read_notice(path: Path) -> tuple[dict[str, Any], Facts, Notice]:
    """Read `notice.md`: (head without facts, facts, clauses).

    Raises:
        PackError: no front matter, bad YAML in it, a fact that is none or not what code needs it to be, a doubled
            or empty clause.
    """
    text = read_text(path)
    head = read_head(path.name, text)
    facts = _facts(path.name, head)
    first_line = text[: head.ends_at].count("\n") + 1
    rest = {name: value for name, value in head.values.items() if name != "facts"}
    return rest, facts, Notice(clauses=_clauses(path.name, text[head.ends_at :], first_line))


def read_head(file: str, text: str) -> Head:
    """Read the front matter.

    Raises:
        PackError: there is none, it is no YAML, or it has no facts.
    """
    match = _FRONT.match(text)
    if not match:
        raise PackError([Problem(file, 1, *told("notice.no_front"))])
    values = parse_yaml(file, match[1], first_line=_FIRST_LINE)
    if not isinstance(values, dict) or not isinstance(values.get("facts"), dict):
        raise PackError([Problem(file, 1, *told("notice.no_facts"))])
    head = Head(values, compose_text(match[1]), match.end())
    if not isinstance(values.get("without") or [], list):
        raise PackError([Problem(file, head.line("without"), *told("notice.without_no_list"))])
    return head


def _facts(file: str, head: Head) -> Facts:
    facts: dict[str, Fact] = {}
    problems: list[Problem] = []
    for key, given in head.values["facts"].items():
        name, line = str(key), head.line("facts", str(key))
        if not re.fullmatch(NAME, name):
            problems.append(Problem(file, line, *told("fact.bad_name", name=name)))
            continue
        try:
            facts[name] = read_fact(given)
        except FactError as error:
            problems.append(Problem(file, line, *told(f"fact.{error.fault}", name=name, given=error.given)))
            continue
        if use := mistaken(name, facts[name]):
            said = told("fact.not_a_day", name=name, what=use.what, given=given, example=use.example)
            problems.append(Problem(file, line, *said))
    if problems:
        raise PackError(problems)
    return Facts(facts)


def _clauses(file: str, body: str, first_line: int) -> dict[str, Clause]:
    clauses: dict[str, Clause] = {}
    problems: list[Problem] = []
    blocks: list[tuple[int, str, str, list[str]]] = []
    for number, line in enumerate(body.splitlines(), first_line):
        if heading := _HEADING.match(line):
            blocks.append((number, heading["anchor"], heading["title"], []))
        elif blocks:
            blocks[-1][3].append(line)
    for number, anchor, title, lines in blocks:
        if anchor in clauses:
            problems.append(Problem(file, number, *told("notice.clause_twice", anchor=anchor)))
        clauses[anchor] = Clause(anchor=anchor, title=title, text="\n".join(lines).strip())
    if problems or not clauses:
        raise PackError(problems or [Problem(file, 0, *told("notice.no_clause"))])
    return clauses
