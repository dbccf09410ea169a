"""What a parser makes of an answer: a `ReadValue`, or a `Misread` that says why not."""

from dataclasses import dataclass, field

from pydantic import JsonValue


@dataclass(frozen=True)
class ReadValue:
    """A value understood, before the form's rules have judged it.

    `value`, `display`, `printed` and `approx` are those of `Accepted`; `hints` are said along, `doubts` must be
    confirmed (both are finished sentences).
    """

    value: JsonValue
    display: str
    approx: bool = False
    printed: str | None = None
    hints: tuple[str, ...] = ()
    doubts: tuple[str, ...] = field(default=())


class Misread(Exception):  # noqa: N818 - it is an outcome of reading, not an error of the program
    """The answer cannot be taken.

    `reason` is `invalid` or `absent` (the field's own words are said) or a key of `field_messages.yaml`,
    which `parts` fill in.
    """

    def __init__(self, reason: str = "invalid", **parts: object) -> None:
        """Keep the reason and what it names."""
        super().__init__(reason)
        self.reason = reason
        self.parts = parts
