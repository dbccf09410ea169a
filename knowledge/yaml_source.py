"""YAML files that staff edit, loaded into models; every fault is told with its line."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.problems import PackError, Problem

M = TypeVar("M", bound=BaseModel)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_MEND = {
    "missing": "补上这一项",
    "extra_forbidden": "检查拼写，或删去这一项",
    "literal_error": "改成允许的值之一",
    "union_tag_invalid": "改成允许的名字之一",
}


def load_yaml(path: Path, model: type[M]) -> M:
    """Load and check one YAML file.

    Raises:
        PackError: every fault found, each with the line it stands on.
    """
    text = path.read_text(encoding="utf-8")
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        mend = "检查这一行和上一行：冒号后留一个空格，缩进对齐，只用空格不用 Tab；含冒号或 # 的文字加引号"
        raise PackError([Problem(path.name, line, f"YAML 写法有误（{error.problem}）", mend)]) from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        root = yaml.compose(text, Loader=_Loader)
        raise PackError([_problem(path.name, root, fault) for fault in error.errors()]) from error


def _problem(file: str, root: Any, fault: Any) -> Problem:
    where = ".".join(str(part) for part in fault["loc"])
    reason = f"{where}：{fault['msg']}" if where else str(fault["msg"])
    return Problem(file, line_of(root, fault["loc"]), reason, _MEND.get(fault["type"], "对照同类条目改正"))


def line_of(root: Any, loc: tuple[int | str, ...]) -> int:
    """Find the 1-based line of a path such as `("fields", 3, "label")` in a composed YAML tree.

    The deepest part that exists decides; union tags in the path, which are not keys, are stepped over.
    """
    node, line = root, 1
    for part in loc:
        child = _child(node, part)
        if child is None:
            continue
        key, node = child
        line = key.start_mark.line + 1
    return line


def _child(node: Any, part: int | str) -> tuple[Any, Any] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(part)), None)
    return None
