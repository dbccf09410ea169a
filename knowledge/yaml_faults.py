"""What is wrong with a YAML file, said so that somebody who has never heard of YAML can mend it."""

import re
from typing import Any

import yaml

from knowledge.problems import Problem

EXAMPLE = "例如 question: 什么时候截止？"
_OPEN_QUOTE = re.compile(r"""^\s*(?:- +)?(?:[^\s:'"#]+: +)?(?:- +)?(?P<quote>["']).*$""")
_INNER_COLON = re.compile(r"^\s*(?:- +)?[^\s:]+: +[^\s\"'|>].*:( |$)")
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile(r"(?:: +|- +)[*&!%@`\[\]{}>|]")
_OURS = {  # faults our own loader finds
    "duplicate key": ("同一个名字写了两次", "只留一个，删去多余的一行"),
    "no such day": ("没有这个日期", "改成日历上有的日期，写成 2024-02-19 的样子"),
}
_KEY = re.compile(r"^\s*(?:- +)?[A-Za-z_]+")


def yaml_problem(file: str, text: str, error: yaml.MarkedYAMLError, first_line: int = 1) -> Problem:
    """Say what a parser stumbled over, where it really is, and how to mend it.

    Args:
        file: the file's name.
        text: what was parsed.
        error: what the parser says.
        first_line: the line of the file that `text` begins with.
    """
    lines = text.split("\n")
    end = _line(error.problem_mark, 0)
    start = min(_line(error.context_mark, end), end)
    quoted = next((number for number in range(start, end + 1) if _quote_stays_open(lines, number)), None)
    if quoted is not None:
        return Problem(
            file, quoted + first_line, f"引号没有成对：{_shown(lines, quoted)}", "在这句话的末尾补上同样的引号"
        )
    number = start if "expected ':'" in str(error.problem) or "',' or" in str(error.problem) else end
    reason, mend = _reason(str(error.problem), lines[number] if number < len(lines) else "")
    return Problem(file, number + first_line, f"{reason}：{_shown(lines, number)}", mend)


def character_problem(file: str, text: str, first_line: int = 1) -> Problem:
    """Point at the first character no YAML file may hold."""
    found = _FORBIDDEN.search(text)
    line = text[: found.start()].count("\n") if found else 0
    return Problem(file, line + first_line, "有看不见的控制字符", "删去这一行重新打一遍，不要从别处粘贴")


def _line(mark: Any, otherwise: int) -> int:
    return int(mark.line) if mark is not None else otherwise


def _quote_stays_open(lines: list[str], number: int) -> bool:
    line = lines[number] if number < len(lines) else ""
    found = _OPEN_QUOTE.match(line)
    return found is not None and line.count(found["quote"]) % 2 == 1


def _reason(problem: str, line: str) -> tuple[str, str]:
    """Give reason and mend for a line; the parser's own words are only a hint."""
    if line.startswith("\t") or "\t" in line[: len(line) - len(line.lstrip())] or "tab" in problem:
        return "行首用了 Tab 键", "把行首的 Tab 换成空格，与同级的行对齐"
    if problem in _OURS:
        return _OURS[problem]
    if "expected ':'" in problem or ("mapping values" not in problem and _KEY.match(line) and "：" in line):
        return _colon(line)
    if "mapping values" in problem and _INNER_COLON.match(line):
        return "文字里有英文冒号", "把整句话用英文双引号括起来，或把里面的冒号改成中文冒号“：”"
    if _SPECIAL.search(line):
        return "文字以特殊符号开头", "把整句话用英文双引号括起来"
    return "缩进没有对齐，或这一行没有写完整", f"行首空格与同级的行一样多，名字后面是英文冒号和一个空格，{EXAMPLE}"


def _colon(line: str) -> tuple[str, str]:
    if re.match(r"^\s*(?:- +)?[A-Za-z_]+\s*：", line):
        return "冒号用成了中文的“：”", f"改成英文冒号，后面空一格，{EXAMPLE}"
    if re.match(r"^\s*(?:- +)?[A-Za-z_]+:\S", line):
        return "冒号后面没有空格", f"在冒号后面加一个空格，{EXAMPLE}"
    return "这一行少了冒号", f"在名字后面加英文冒号和一个空格，{EXAMPLE}"


def _shown(lines: list[str], number: int) -> str:
    line = lines[number].strip() if number < len(lines) else ""
    return f"“{line[:30]}{'…' if len(line) > 30 else ''}”" if line else "文件在这里中断"  # noqa: PLR2004 - a glance
