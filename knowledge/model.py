"""The base of every value that is loaded, stored or sent."""

from pydantic import BaseModel, ConfigDict


class MisplacedError(ValueError):
    """What a model finds wrong with a part of itself, told so that staff can mend it.

    `place` leads from the model to the part, e.g. `("fields", 3, "when")`; `mend` says how to put it right (Chinese).
    """

    def __init__(self, reason: str, mend: str, place: tuple[int | str, ...] = ()) -> None:
        """Keep all three; the message is the reason."""
        super().__init__(reason)
        self.mend, self.place = mend, place


class Model(BaseModel):
    """An immutable value whose unknown keys are errors (a typo in a pack must not pass silently)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
