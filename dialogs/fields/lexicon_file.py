"""The word lists of the fields, in `lexicon/*.yaml`: read once, each into its model."""

from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model

_HOME = Path(__file__).parent / "lexicon"
M = TypeVar("M", bound=Model)


def load_lexicon(name: str, model: type[M]) -> M:
    """Give the word list `lexicon/<name>.yaml`, read once a process.

    Raises:
        PackError: it does not fit the model.
    """
    return cast("M", _loaded(name, model))


@cache
def _loaded(name: str, model: type[Model]) -> Model:
    return load_yaml(_HOME / f"{name}.yaml", model)
