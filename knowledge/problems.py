"""What is wrong with a pack, told to the staff who edit it: file, line, reason, mend (Chinese)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one file of a pack.

    `line` is 1-based; 0 means the file as a whole. `mend` says how to put it right. One that is not `grave`
    should be looked at, but does nobody harm: it does not keep an edit from going live.
    """

    file: str
    line: int
    reason: str
    mend: str
    grave: bool = True

    def __str__(self) -> str:
        """Render as `file:line: reason。怎么改：mend`, the contract of `shenbao check`."""
        return f"{self.file}:{self.line}: {self.reason}。怎么改：{self.mend}"


class PackError(Exception):
    """A pack cannot be used; `problems` lists every fault found."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems; the message is one line each."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
