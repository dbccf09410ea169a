"""What is wrong with a YAML file, in its syntax or in its content, told so that somebody new to YAML can mend it."""

import re
from typing import Any

import yaml

from knowledge.model import MisplacedError
from knowledge.problems import Problem

_NAMES = ("id", "key", "label", "title", "question", "rule")  # what an item of a list is called by
_TOLD = {
    "missing": ("缺少 {name}", "补上一行 {name}: 内容"),
    "extra_forbidden": ("没有 {name} 这一项", "检查名字有没有拼错，用不着就删去"),
    "literal_error": ("{name} 不能写“{given}”", "改成这些之一：{expected}"),
    "bool_type": ("{name} 应写 true 或 false", "改成 true（是）或 false（否）"),
    "bool_parsing": ("{name} 应写 true 或 false", "改成 true（是）或 false（否）"),
    "string_pattern_mismatch": ("{name} 只能用小写英文字母和下划线", "改成 unit_name 这样的名字"),
}
_EMPTY = ("{name} 后面没有内容", "在冒号后面写上内容；不需要就删去这一行")
_TEXT = ("{name} 应是一段文字", "把内容写在冒号后面；含英文冒号、# 或以数字开头的文字用英文双引号括起来")
_LIST = ("{name} 应是几行的列表", "每行以“- ”开头，比 {name} 多缩进两格")
_WIDE_COLON = ("冒号用成了中文的“：”：“{given}”", "改成英文冒号，后面空一格，例如 id: deadline")
_NO_SPACE = ("冒号后面没有空格：“{given}”", "在冒号后面加一个空格，例如 id: deadline")
_PARTS = ("{name} 应分成几项来写", "对照同类条目，每项一行“名字: 内容”")
_ELSE = ("{name} 写得不对（{words}）", "对照同类条目改正")
_OWN = "Value error, "


def schema_problem(file: str, root: Any, fault: Any, first_line: int = 1) -> Problem:
    """Say what a model holds against a file.

    Args:
        file: the file's name.
        root: the file's composed YAML tree.
        fault: one entry of `ValidationError.errors()`.
        first_line: the line of the file that the tree begins with.
    """
    cause = fault.get("ctx", {}).get("error")
    place, line = _place(root, (*fault["loc"], *(cause.place if isinstance(cause, MisplacedError) else ())))
    reason, mend = (str(cause), cause.mend) if isinstance(cause, MisplacedError) else _told(fault)
    return Problem(file, line + first_line - 1, f"{place}：{reason}" if place else reason, mend)


def line_of(root: Any, loc: tuple[int | str, ...]) -> int:
    """Find the 1-based line of a path such as `("fields", 3, "label")` in a composed YAML tree.

    The deepest part that exists decides; union tags in the path, which are not keys, are stepped over.
    """
    return _place(root, loc)[1]


def node_at(root: Any, loc: tuple[int | str, ...]) -> Any | None:
    """Give the node at a path in a composed YAML tree; None when the path leads nowhere."""
    node = root
    for part in loc:
        child = _child(node, part)
        if child is None:
            return None
        node = child[1]
    return node


def _told(fault: Any) -> tuple[str, str]:
    words = str(fault["msg"])
    if words.startswith(_OWN):
        return words.removeprefix(_OWN), "对照同类条目改正"
    if not fault["loc"]:
        return "文件里没有内容", "从原有的资料包复制一份再改"
    name = next((part for part in reversed(fault["loc"]) if isinstance(part, str)), "文件")
    reason, mend = _pattern(fault)
    fill = {
        "name": name,
        "given": fault.get("input"),
        "words": words,
        "expected": str(fault.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", "、"),
    }
    return reason.format(**fill), mend.format(**fill)


def _pattern(fault: Any) -> tuple[str, str]:
    kind = str(fault["type"])
    if kind in _TOLD:
        return _TOLD[kind]
    if fault.get("input") is None:
        return _EMPTY
    if kind.startswith("string"):
        return _TEXT
    if kind.startswith(("list", "tuple")):
        return _LIST
    return _parts(fault.get("input")) if kind.startswith(("dict", "model")) else _ELSE


def _parts(given: Any) -> tuple[str, str]:
    """Say why what should be `name: content` was read as plain words."""
    if isinstance(given, str) and ":" in given:
        return _NO_SPACE
    return _WIDE_COLON if isinstance(given, str) and "：" in given else _PARTS


def _place(root: Any, loc: tuple[int | str, ...]) -> tuple[str, int]:
    """Name the item a path leads to, by what the file calls it, and find its 1-based line."""
    node, line, place = root, 1, ""
    for part in loc:
        child = _child(node, part)
        if child is None:  # union tags in the path are not keys
            continue
        key, node = child
        line = key.start_mark.line + 1
        if isinstance(part, int):
            place = _called(node) or f"{place}第{part + 1}项"
        elif not place:
            place = f"{part} "
    return place.strip(), line


def _child(node: Any, part: int | str) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(part)), None)
    return None


def _called(node: Any) -> str:
    for name in _NAMES:
        child = _child(node, name)
        if child is not None and isinstance(child[1], yaml.ScalarNode):
            return f"“{child[1].value}”这一条"
    return ""


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
