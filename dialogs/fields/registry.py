"""All kinds there are: every class in a file of `kinds/`, found by the name it has in `form.yaml`."""

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache

from dialogs.fields import kinds
from dialogs.fields.kind import Kind
from knowledge.form import Field


@cache
def kinds_by_name() -> dict[str, Kind]:
    """Give every kind by its name, in the order of the names."""
    for module in pkgutil.iter_modules(kinds.__path__, f"{kinds.__name__}."):
        importlib.import_module(module.name)
    return {kind.name: kind for kind in sorted((made() for made in _below(Kind)), key=lambda kind: kind.name)}


def kind_of(field: Field) -> Kind:
    """Give the kind of a field.

    Raises:
        KeyError: there is no such kind; a pack that names one does not go live (`bot.form_dry_run`).
    """
    return kinds_by_name()[field.kind]


def _below(base: type) -> list[type[Kind]]:
    """Give the classes below `base` that a form can name; those that only share code have no name."""
    below: Sequence[type[Kind]] = base.__subclasses__()
    named: list[type[Kind]] = []
    for kind in below:
        named += [kind] if "name" in vars(kind) else []
        named += _below(kind)
    return named
