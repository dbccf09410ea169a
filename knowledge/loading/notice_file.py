"""Reading `notice.md`: the front matter with the facts, then the clauses under their anchors."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.facts import Facts
from knowledge.loading.text_file import read_text
from knowledge.loading.yaml_file import parse_yaml
from knowledge.notice import Clause, Notice
from knowledge.problems import PackError, Problem

_HEADING = re.compile(r"^#{2,3} *(?P<title>.*?) *\{#(?P<anchor>[^}]+)\} *$")


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
