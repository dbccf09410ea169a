"""The frames in which people correct, put off, jump, look or finish, compiled from `lexicon/frames.yaml`.

A fragment may use others by name; the compiled patterns run on one folded clause of bounded length.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model

LONGEST = 160  # characters of a clause a frame is looked for in
_NAME = re.compile(r"\{([a-z_]+)\}")
FIELD = "\ue001"  # stands where a field is named


class Frames(Model):
    """All of `lexicon/frames.yaml`, a fragment a name."""

    fragments: dict[str, str]


@lru_cache(1)
def _fragments() -> dict[str, str]:
    return load_yaml(Path(__file__).parent / "lexicon" / "frames.yaml", Frames).fragments


@cache
def frame(template: str) -> re.Pattern[str]:
    """Compile a pattern in which `{name}` stands for a fragment and `M` for the place of a field's name."""
    return re.compile(expanded(template).replace("M", FIELD))


def expanded(template: str, own: Mapping[str, str] | None = None) -> str:
    """Write a pattern out, every `{name}` replaced by its fragment; `own` are further ones."""
    known = own or {}
    return _NAME.sub(lambda match: expanded(known.get(match[1]) or _fragments()[match[1]], own), template)


def whole(name: str, plain: str) -> bool:
    """Tell whether a clause, all of it, is a frame."""
    return len(plain) <= LONGEST and frame(rf"\A(?:{{{name}}})\Z").match(plain) is not None
