"""The frames in which people correct, put off, jump, look or finish, compiled from `lexicon/frames.yaml`.

A fragment may use others by name; the compiled patterns run on one folded clause of bounded length.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model

LONGEST = 160  # characters of a clause a frame is looked for in
_NAME = re.compile(r"\{([a-z_]+)\}")
FIELD = "\ue001"  # stands where a field is named


class Frames(Model):
    """All of `lexicon/frames.yaml`, one fragment a name."""

    ah: str
    end: str
    about: str
    slip: str
    wrong: str
    fault: str
    change: str
    changed: str
    become: str
    really: str
    copula: str
    give_new: str
    not_old: str
    rather: str
    repair: str
    now: str
    afterwards: str
    put_off: str
    left_open: str
    waiting: str
    later: str
    go_verb: str
    goes: str
    goes_from: str
    goes_first: str
    looks: str
    looks_what: str
    removes: str
    removes_what: str
    finished: str
    one_more: str
    will_do: str
    write_it: str


@lru_cache(1)
def _frames() -> Frames:
    return load_yaml(Path(__file__).parent / "lexicon" / "frames.yaml", Frames)


@cache
def frame(template: str) -> re.Pattern[str]:
    """Compile a pattern in which `{name}` stands for a fragment and `M` for the place of a field's name."""
    return re.compile(_expanded(template).replace("M", FIELD))


def _expanded(template: str) -> str:
    return _NAME.sub(lambda match: _expanded(getattr(_frames(), match[1])), template)


def whole(name: str, plain: str) -> bool:
    """Tell whether a clause, all of it, is a frame."""
    return len(plain) <= LONGEST and frame(rf"\A(?:{{{name}}})\Z").match(plain) is not None
