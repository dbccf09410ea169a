"""The words by which names and sources are known in free prose, read once from `lexicon/prose.yaml`."""

from functools import lru_cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model


class ProseWords(Model):
    """All of `lexicon/prose.yaml` (see its comments)."""

    opening: str
    unit_end: str
    unit_head: str
    unit_called: str
    unit_act: str
    unit_after: str
    title_head: str
    title_called: str
    title_sign: str
    title_work: str
    title_tail: str
    title_act: str
    relations: dict[str, tuple[str, ...]]
    lasting: str
    source: str
    source_not: str
    around: str
    after: str


@lru_cache(1)
def prose_words() -> ProseWords:
    """Give the words."""
    return load_yaml(Path(__file__).parent / "lexicon" / "prose.yaml", ProseWords)
