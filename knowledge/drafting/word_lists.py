"""The word lists of this room (`lexicon/*.yaml`), read once."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model

_FOLDER = Path(__file__).parent / "lexicon"
M = TypeVar("M", bound=BaseModel)


class WordLists(Model):
    """Words by which a printed form is read; what each list is for stands beside it in `form_words.yaml`."""

    seals: tuple[str, ...]
    units: tuple[str, ...]
    office: tuple[str, ...]
    office_ends: tuple[str, ...]
    office_equal: tuple[str, ...]
    applicants: tuple[str, ...]
    statements: tuple[str, ...]
    photos: tuple[str, ...]
    numbering: tuple[str, ...]
    totals: tuple[str, ...]
    attachments: tuple[str, ...]
    several: tuple[str, ...]
    single: tuple[str, ...]
    yes_no: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    form_names: tuple[str, ...]
    shared: tuple[str, ...]
    general: tuple[str, ...]
    counting: tuple[str, ...]
    year: str
    points: tuple[str, ...]
    capitals: tuple[str, ...]
    days: tuple[str, ...]
    portraits: tuple[str, ...]
    leading: tuple[str, ...]
    bounds: tuple[str, ...]
    number: str
    people: tuple[str, ...]
    label_units: dict[str, str]
    cover: str
    none: str
    synonyms: tuple[tuple[str, ...], ...]


@cache
def word_lists() -> WordLists:
    """Give the words by which a printed form is read."""
    return load(WordLists, "form_words.yaml")


def load(model: type[M], file: str) -> M:
    """Load a file of `lexicon/`."""
    return load_yaml(_FOLDER / file, model)
