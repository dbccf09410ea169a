"""Words every form shares, e.g. how many digits a mobile number has. This form's words are in its pack."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def _wording() -> dict[str, str]:
    text = (files("dialogs.fields") / "field_messages.yaml").read_text(encoding="utf-8")
    return {str(key): str(value) for key, value in yaml.safe_load(text).items()}


def say(key: str, **parts: object) -> str:
    """Give the sentence of this key with `parts` filled in; `KeyError` for an unknown key or part."""
    return _wording()[key].format(**parts)
