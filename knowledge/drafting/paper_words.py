"""Words by which papers, and the parts of a file's name, are known."""

from functools import cache

from knowledge.drafting.word_lists import load
from knowledge.model import Model


class PaperWords(Model):
    """All of `paper_words.yaml`; what each list is for stands there."""

    steps: tuple[str, ...]
    filled_on: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    applicants: tuple[str, ...]
    projects: tuple[str, ...]
    headings: tuple[str, ...]
    papers: tuple[str, ...]
    own_form: tuple[str, ...]
    if_any: tuple[str, ...]


@cache
def paper_words() -> PaperWords:
    """Give them."""
    return load(PaperWords, "paper_words.yaml")
