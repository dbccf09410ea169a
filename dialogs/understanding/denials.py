"""Words after an answer that say it was beside the point: 不是, 答非所问, 我问的不是这个."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.text.normalise import simplified

_LONGEST = 20  # characters


class DenialWords(Model):
    """All of `lexicon/denials.yaml`: regular expressions on the whole message, without the characters `around` it."""

    around: str
    plain: str
    explicit: str


def denial(text: str) -> Literal["plain", "explicit"] | None:
    """Tell how words deny an answer; None when they do not.

    Plain ones (不是) may as well answer a field.
    """
    around, plain, explicit = _patterns()
    said = simplified(text.strip(around)) if len(text) <= _LONGEST else ""
    if explicit.fullmatch(said):
        return "explicit"
    return "plain" if plain.fullmatch(said) else None


@lru_cache(1)
def _patterns() -> tuple[str, re.Pattern[str], re.Pattern[str]]:
    words = load_yaml(Path(__file__).parent / "lexicon" / "denials.yaml", DenialWords)
    return words.around, re.compile(words.plain), re.compile(words.explicit)
