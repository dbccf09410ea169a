"""What is wrong with a YAML file, in its syntax or in its content, told so that somebody new to YAML can mend it."""

import re
from typing import Any

import yaml

from knowledge.model import MisplacedError
from knowledge.problems import Problem, Told, told

_NAMES = ("id", "key", "label", "title", "question", "rule")  # what an item of a list is called by
_FAULTS = {  # of a value, by what pydantic calls the error
    "missing": "missing",
    "extra_forbidden": "extra_forbidden",
    "literal_error": "literal_error",
    "bool_type": "bool",
    "bool_parsing": "bool",
    "string_pattern_mismatch": "pattern",
}
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
    reason, mend = Told(str(cause), cause.mend) if isinstance(cause, MisplacedError) else _told(fault)
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


def _told(fault: Any) -> Told:
    words = str(fault["msg"])
    if words.startswith(_OWN):
        return told("yaml.own", words=words.removeprefix(_OWN))
    if not fault["loc"]:
        return told("yaml.no_content")
    name = next((part for part in reversed(fault["loc"]) if isinstance(part, str)), "")
    expected = str(fault.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", "、")
    kind = f"yaml.{_kind(fault)}"
    return told(kind, name=name, given=fault.get("input"), words=words, expected=expected)


def _kind(fault: Any) -> str:
    kind, given = str(fault["type"]), fault.get("input")
    if kind in _FAULTS:
        return _FAULTS[kind]
    if given is None:
        return "empty"
    if kind.startswith("string"):
        return "text"
    if kind.startswith(("list", "tuple")):
        return "list"
    return _parts(given) if kind.startswith(("dict", "model")) else "other"


def _parts(given: Any) -> str:
    """Say why what should be `name: content` was read as plain words."""
    if isinstance(given, str) and ":" in given:
        return "no_space_in"
    return "wide_colon_in" if isinstance(given, str) and "：" in given else "parts"


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
            place = _called(node) or told("yaml.numbered", before=place, number=part + 1).reason
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
            return told("yaml.called", name=child[1].value).reason
    return ""


_OPEN_QUOTE = re.compile(r"""^\s*(?:- +)?(?:[^\s:'"#]+: +)?(?:- +)?(?P<quote>["']).*$""")
_INNER_COLON = re.compile(r"^\s*(?:- +)?[^\s:]+: +[^\s\"'|>].*:( |$)")
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile(r"(?:: +|- +)[*&!%@`\[\]{}>|]")
_OURS = {"duplicate key": "twice", "no such day": "no_such_day"}  # faults our own loader finds
_BACK = 3  # lines before the one a parser stumbles over that may hold the slip
_WIDE_BLANK = re.compile("^ *(?:- *)?[\u3000\xa0\u2002\u2003]")
_WIDE_DASH = re.compile("^ *[－—–‐−] *[A-Za-z_]+ *[:：]")
_BEHIND_QUOTE = re.compile(r"""^\s*(?:- +)?[A-Za-z_]+: +(?P<quote>["'])[^"']*(?P=quote) *[^\s#,\]}]""")
_ITEM = re.compile(r"^ *- +id:")
_AT_MARGIN = re.compile(r"^[^\x00-\x7f]")
_GLANCE = 30  # characters of a line that are shown
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
        return Problem(file, quoted + first_line, *told("yaml.open_quote", shown=_shown(lines, quoted)))
    if strange := _strange_line(lines, start, end):
        return Problem(file, strange[0] + first_line, *told(f"yaml.{strange[1]}", shown=_shown(lines, strange[0])))
    number = start if "expected ':'" in str(error.problem) or "',' or" in str(error.problem) else end
    fault = _fault(str(error.problem), lines[number] if number < len(lines) else "")
    return Problem(file, number + first_line, *told(f"yaml.{fault}", shown=_shown(lines, number)))


def _strange_line(lines: list[str], start: int, end: int) -> tuple[int, str] | None:
    """Find the slip that a parser notices only lines later: (line, fault), the one nearest to `end`."""
    for number in range(min(end, len(lines) - 1), max(end - _BACK, -1), -1):
        line = lines[number]
        if _WIDE_BLANK.match(line):
            return number, "wide_blank"
        if _WIDE_DASH.match(line):
            return number, "wide_dash"
        if number == end and _BEHIND_QUOTE.match(line):
            return number, "behind_quote"
        if number == end and _ITEM.match(line):
            return number, "item_place"
        if number >= start and number and _AT_MARGIN.match(line) and lines[number - 1].startswith(" "):
            return number, "at_margin"
    return None


def character_problem(file: str, text: str, first_line: int = 1) -> Problem:
    """Point at the first character no YAML file may hold."""
    found = _FORBIDDEN.search(text)
    line = text[: found.start()].count("\n") if found else 0
    return Problem(file, line + first_line, *told("yaml.control"))


def _line(mark: Any, otherwise: int) -> int:
    return int(mark.line) if mark is not None else otherwise


def _quote_stays_open(lines: list[str], number: int) -> bool:
    line = lines[number] if number < len(lines) else ""
    found = _OPEN_QUOTE.match(line)
    return found is not None and line.count(found["quote"]) % 2 == 1


def _fault(problem: str, line: str) -> str:
    """Name what is wrong with a line; the parser's own words are only a hint."""
    if line.startswith("\t") or "\t" in line[: len(line) - len(line.lstrip())] or "tab" in problem:
        return "tab"
    if problem in _OURS:
        return _OURS[problem]
    if "expected ':'" in problem or ("mapping values" not in problem and _KEY.match(line) and "：" in line):
        return _colon(line)
    if "mapping values" in problem and _INNER_COLON.match(line):
        return "inner_colon"
    return "special" if _SPECIAL.search(line) else "indent"


def _colon(line: str) -> str:
    if re.match(r"^\s*(?:- +)?[A-Za-z_]+\s*：", line):
        return "wide_colon"
    return "no_space" if re.match(r"^\s*(?:- +)?[A-Za-z_]+:\S", line) else "no_colon"


def _shown(lines: list[str], number: int) -> str:
    line = lines[number].strip() if number < len(lines) else ""
    short = f"“{line[:_GLANCE]}{'…' if len(line) > _GLANCE else ''}”"
    return short if line else told("yaml.breaks_off").reason
