"""What drafting writes into a pack and into its TODO list, from `draft_texts.yaml`."""

import re
from functools import cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model

_NAME = re.compile(r"\{\{([a-z_]+)\}\}|\{([a-z_]+)\}")


class DraftTexts(Model):
    """All of `draft_texts.yaml`."""

    heads: dict[str, str]
    rules: dict[str, str]
    said: dict[str, str]
    filled_late: str
    filled_early: str
    relation: str
    identity_number: str
    off_form_prompt: str
    faq: dict[str, str]
    eligibility: dict[str, str]
    todo: dict[str, str | dict[str, str]]


@cache
def texts() -> DraftTexts:
    """Give them."""
    return load_yaml(Path(__file__).parent / "draft_texts.yaml", DraftTexts)


def fill(text: str, /, **parts: object) -> str:
    """Fill `{name}` from `parts`; `{{name}}` becomes `{name}`, a fact's name for later; braces in `parts` are safe."""

    def put(found: re.Match[str]) -> str:
        if found[1]:
            return f"{{{found[1]}}}"
        return str(parts[found[2]]) if found[2] in parts else found[0]

    return _NAME.sub(put, text)


def todo_text(key: str, /, **parts: object) -> str:
    """Say a thing a person has to decide."""
    text = texts().todo[key]
    return fill(text if isinstance(text, str) else "", **parts)


def shortened_quote(quote: str, most: int = 60) -> str:
    """Cut words that are only shown; what is cited stays whole."""
    return quote if len(quote) <= most else quote[: most - 1] + "…"
