"""What is missing or out of place in a file that is good YAML, said in the words of the file."""

from typing import Any

import yaml

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
    place, line = _place(root, fault["loc"])
    reason, mend = _told(fault)
    return Problem(file, line + first_line - 1, f"{place}：{reason}" if place else reason, mend)


def line_of(root: Any, loc: tuple[int | str, ...]) -> int:
    """Find the 1-based line of a path such as `("fields", 3, "label")` in a composed YAML tree.

    The deepest part that exists decides; union tags in the path, which are not keys, are stepped over.
    """
    return _place(root, loc)[1]


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
