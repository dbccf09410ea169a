"""The base of every value that is loaded, stored or sent."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """An immutable value whose unknown keys are errors (a typo in a pack must not pass silently)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
