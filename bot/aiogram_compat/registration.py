"""What changes in a program that has aiogram loaded: our classes pass for aiogram's. We never load it ourselves."""

import sys
from typing import Any


def register(storages: type, isolations: type) -> None:
    """Let aiogram's `isinstance` checks accept our storages and isolations."""
    theirs = sys.modules.get("aiogram.fsm.storage.base")
    if theirs is not None:
        theirs.BaseStorage.register(storages)
        theirs.BaseEventIsolation.register(isolations)


def as_aiograms_too(error: type[Exception]) -> type[Exception]:
    """Return a class that can be caught as `error` and as aiogram's error of the same name."""
    theirs: Any = sys.modules.get("aiogram.exceptions")
    if theirs is None:
        return error
    return type(error.__name__, (error, getattr(theirs, error.__name__)), {})
