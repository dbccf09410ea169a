"""What differs between a turn as it is recorded and the same turn run again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.store.journal import Entry
from dialogs.replies import Reply
from dialogs.session import Session
from dialogs.turn import Turn
from knowledge.model import Model


@dataclass(frozen=True)
class Difference:
    """One thing that was so `then` and is otherwise `now`."""

    what: str
    then: object
    now: object

    def __str__(self) -> str:
        """Write it in three lines."""
        return f"  {self.what}\n    当时：{self.then}\n    现在：{self.now}"


def in_turn(before: Session, entry: Entry, result: Turn) -> Iterator[Difference]:
    """Compare a turn with its record: states first, then the replies, one after the other."""
    if entry.state_before not in {None, before.state}:
        yield Difference("之前的状态", entry.state_before, before.state)
    if entry.state_after != result.session.state:
        yield Difference("之后的状态", entry.state_after, result.session.state)
    yield from _in_replies(entry.replies, result.replies)


def in_session(then: Session, now: Session) -> Iterator[Difference]:
    """Compare a session as it is stored with the one a replay leads to."""
    yield from _in_models("会话", then, now)


def _in_replies(then: Sequence[Reply], now: Sequence[Reply]) -> Iterator[Difference]:
    for number, (old, new) in enumerate(zip(then, now, strict=False), 1):
        yield from _in_models(f"第{number}条回复", old, new)
    if len(then) != len(now):
        yield Difference("回复的条数", len(then), len(now))


def _in_models(what: str, then: Model, now: Model) -> Iterator[Difference]:
    for name in type(then).model_fields:
        if getattr(then, name) != getattr(now, name):
            yield Difference(f"{what}的 {name}", getattr(then, name), getattr(now, name))
