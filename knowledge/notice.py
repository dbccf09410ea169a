"""The notice as clauses: `notice.md` is the notice verbatim, each clause under its own anchor."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.facts import Facts
from knowledge.model import Model
from knowledge.problems import PackError, Problem
from knowledge.text_source import read_text
from knowledge.yaml_source import parse_yaml

_HEADING = re.compile(r"^#{2,3} *(?P<title>.*?) *\{#(?P<anchor>[^}]+)\} *$")


class Citation(Model):
    """Words of the notice an answer or a rule stands on.

    `clause` is an anchor such as `四.2`; `quote` is verbatim text of that clause.
    """

    clause: str
    quote: str


class Clause(Model):
    """A numbered piece of the notice: anchor (`四.2`), title (may be empty), verbatim text."""

    anchor: str
    title: str
    text: str

    def holds(self, quote: str) -> bool:
        """Tell whether `quote` stands in this clause word for word (white space aside)."""
        return squeeze(quote) in squeeze(self.title + self.text)


class Notice(Model):
    """The clauses of a notice by anchor, in the order of the notice."""

    clauses: dict[str, Clause]

    def cite(self, anchor: str, quote: str) -> Citation:
        """Quote a clause.

        Raises:
            LookupError: there is no such clause, or it does not hold these words.
        """
        clause = self.clauses.get(anchor)
        if clause is None or not clause.holds(quote):
            raise LookupError(f"{anchor}: {quote}")
        return Citation(clause=anchor, quote=quote)


def squeeze(text: str) -> str:
    """Drop all white space: printed notices break lines and pad digits where they like."""
    return re.sub(r"\s+", "", text)


def read_notice(path: Path) -> tuple[dict[str, Any], Facts, Notice]:
    """Read `notice.md`: (head without facts, facts, clauses).

    Raises:
        PackError: no front matter, bad YAML in it, a fact that is not text/number/date, a doubled
            or empty clause.
    """
    text = read_text(path)
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if not match:
        raise PackError(
            [Problem(path.name, 1, "开头缺少两行“---”之间的基本事实", "参照原文件，把事实写在最前面的两行 --- 之间")]
        )
    head = parse_yaml(path.name, match[1], first_line=2)
    facts = head.pop("facts", None) if isinstance(head, dict) else None
    if not isinstance(facts, dict):
        raise PackError([Problem(path.name, 1, "缺少 facts 一节", "在 --- 之间写 facts:，下面每行一个“名字: 值”")])
    bad = [name for name, value in facts.items() if not isinstance(value, str | int | date)]
    if bad:
        raise PackError([Problem(path.name, 1, f"事实 {bad[0]} 的值不是文字、整数或日期", "日期写成 2024-02-19")])
    first_line = text[: match.end()].count("\n") + 1
    return head, Facts(facts), Notice(clauses=_clauses(path.name, text[match.end() :], first_line))


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
            problems.append(Problem(file, number, f"条款编号 {anchor} 出现了两次", "每条只用一个编号"))
        clauses[anchor] = Clause(anchor=anchor, title=title, text="\n".join(lines).strip())
    if problems or not clauses:
        raise PackError(problems or [Problem(file, 0, "没有任何条款", "每条前加一行“## 标题 {#编号}”")])
    return clauses
