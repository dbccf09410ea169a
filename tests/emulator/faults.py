"""Trouble on demand: lost connections, slow answers, server errors, flood control."""

from dataclasses import dataclass
from typing import Literal

from tests.emulator.errors import ApiError


@dataclass
class Fault:
    """One planned trouble for the next calls of a method.

    `drop`: close the connection `before` the call takes effect, or `after` it did (the caller cannot tell).
    """

    method: str
    times: int = 1
    chat: int | None = None
    delay: float = 0
    drop: Literal["before", "after"] | None = None
    status: int | None = None
    retry_after: int | None = None
    body: bytes | None = None  # answered with 200 instead of the result, the call having taken effect

    def refusal(self) -> ApiError | None:
        """Give the refusal this fault causes, if it causes one."""
        if self.retry_after is not None:
            words = f"Too Many Requests: retry after {self.retry_after}"
            return ApiError(429, words, retry_after=self.retry_after)
        return ApiError(self.status, "Internal Server Error") if self.status else None


class Faults:
    """The troubles planned so far."""

    def __init__(self) -> None:
        """Start without any."""
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        """Plan a trouble."""
        self._planned.append(fault)

    def next_for(self, method: str, chat: int) -> Fault | None:
        """Take the trouble planned for this call, if any."""
        for fault in self._planned:
            if fault.method.lower() == method.lower() and fault.chat in {None, chat}:
                fault.times -= 1
                if fault.times == 0:
                    self._planned.remove(fault)
                return fault
        return None
