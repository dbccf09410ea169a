"""YAML as an office edits it: a blank line between entries, small mappings on one line, Chinese as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

_LONGEST_FLOW = 400  # characters of a mapping that is kept on one line


class _Flow(dict[str, Any]):
    """A mapping written on one line."""


class _Line(list[Any]):
    """A list written on one line."""


class _Dumper(yaml.SafeDumper):
    """A dumper that indents lists and knows mappings of one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: FBT001, FBT002 - theirs
        """Indent lists, too."""
        del indentless
        return super().increase_indent(flow=flow, indentless=False)


_Dumper.add_representer(
    _Flow, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)
)
_Dumper.add_representer(
    _Line, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)
_Dumper.add_representer(tuple, lambda dumper, data: dumper.represent_list(list(data)))


def yaml_text(data: Mapping[str, Any], comment: str = "") -> str:
    """Write a mapping; its lists of mappings get a blank line between entries."""
    lines = [f"# {line}" for line in comment.splitlines()]
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping) and len(value[0]) > 3:  # noqa: PLR2004 - big ones
            lines += ["", f"{name}:"]
            for number, each in enumerate(value):
                lines += [""] if number else []
                lines += [f"  {line}" if line else line for line in _dumped([_deep(each)]).splitlines()]
        else:
            lines += _dumped({name: _shallow(value)}).splitlines()
    return "\n".join(lines) + "\n"


def _deep(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _shallow(part) for name, part in value.items()}


def _shallow(value: Any) -> Any:
    """Put mappings on one line where they are short enough; lists of words, too."""
    if isinstance(value, Mapping):
        return _Flow({name: _inner(part) for name, part in value.items()})
    if isinstance(value, Sequence) and not isinstance(value, str):
        return (
            _Line(value) if all(isinstance(part, str | int) for part in value) else [_shallow(part) for part in value]
        )
    return value


def _inner(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _Flow({name: _inner(part) for name, part in value.items()})
    return [_inner(part) for part in value] if isinstance(value, list | tuple) else value


def _dumped(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=4096)
