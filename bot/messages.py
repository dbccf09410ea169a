"""The shell's own words, for applicants, staff and operators: `messages.yaml` beside this file, by dotted key."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where there is one: every command waits for it


@cache
def texts() -> dict[str, str]:
    """Give every text by its dotted key, e.g. `options.pack`."""
    source = (files("bot") / "messages.yaml").read_text(encoding="utf-8")
    return dict(_flat(yaml.load(source, _Loader)))  # noqa: S506 - both loaders are safe ones


def say(key: str, /, **parts: object) -> str:
    """Give the text of a key with `parts` filled in.

    Raises:
        KeyError: there is no such text, or it wants a part that is not given.
    """
    return texts()[key].format(**parts)


def _flat(node: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in node.items():
        found += _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [(f"{prefix}{name}", str(value))]
    return found
