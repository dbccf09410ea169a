"""The words said when acts are carried out, by name; they stand in `act_messages.yaml`."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def _messages() -> dict[str, str]:
    text = (files("dialogs.views") / "act_messages.yaml").read_text(encoding="utf-8")
    return {str(key): str(value) for key, value in yaml.safe_load(text).items()}


def act_message(key: str, **parts: object) -> str:
    """Give the sentence of this key with `parts` filled in; `KeyError` for an unknown key or part."""
    return _messages()[key].format(**parts)
