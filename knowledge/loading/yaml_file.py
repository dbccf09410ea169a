"""YAML files that staff edit, loaded into models; every fault is told with its line."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from knowledge.loading.text_file import read_text
from knowledge.loading.yaml_faults import character_problem, line_of, schema_problem, yaml_problem
from knowledge.problems import PackError

__all__ = ["compose", "line_of", "load_yaml", "parse_yaml"]

M = TypeVar("M", bound=BaseModel)
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """A safe loader, in C where there is one, that takes nothing silently: no doubled key, no 30 February.

    A number is what a clerk calls one: 17:00 is no sexagesimal and 0551 no octal number (YAML 1.1 says they are), so
    both stay as written.
    """

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - theirs
        """Construct a mapping whose keys differ."""
        seen: set[str] = set()
        for name, mark in ((key.value, key.start_mark) for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, "duplicate key", mark)
            seen.add(name)
        constructed: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return constructed

    def construct_day(self, node: Any) -> Any:
        """Construct a date that exists."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            raise yaml.constructor.ConstructorError(None, None, "no such day", node.start_mark) from None


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)

_NUMBERS = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in resolvers if tag not in _NUMBERS]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))


def load_yaml(path: Path, model: type[M], file: str = "") -> M:
    """Load and check one YAML file; `file` is what its faults call it (by default its bare name).

    Raises:
        PackError: every fault found, each with the line it stands on.
    """
    file = file or path.name
    text = read_text(path, file)
    data = parse_yaml(file, text)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        root = yaml.compose(text, Loader=_Loader)
        raise PackError([schema_problem(file, root, fault) for fault in error.errors()]) from error


def compose(path: Path) -> Any:
    """Give a good YAML file as a tree whose nodes know their lines, for `line_of`."""
    return compose_text(read_text(path))


def compose_text(text: str) -> Any:
    """Give good YAML as a tree whose nodes know their lines."""
    return yaml.compose(text, Loader=_Loader)


def parse_yaml(file: str, text: str, first_line: int = 1) -> Any:
    """Parse YAML that stands in `file` from `first_line` on.

    Raises:
        PackError: it is no YAML, a key stands twice, or a date does not exist.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        raise PackError([yaml_problem(file, text, error, first_line)]) from error
    except yaml.YAMLError as error:
        raise PackError([character_problem(file, text, first_line)]) from error
