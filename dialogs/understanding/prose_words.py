"""The words by which names and sources are known in free prose, read once from `lexicon/prose.yaml`."""

from functools import lru_cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model


class ProseWords(Model):
    """All of `lexicon/prose.yaml` (see its comments)."""

    unit_end: str
    unit_lead: str
    unit_after: str
    title_lead: str
    title_tail: str
    source: str
    around: str
    after: str


@lru_cache(1)
def prose_words() -> ProseWords:
    """Give the words."""
    return load_yaml(Path(__file__).parent / "lexicon" / "prose.yaml", ProseWords)
