"""Updates on their way to the bot: kept until confirmed, handed to one poller at a time."""

import asyncio
import itertools
from typing import Any

from tests.emulator.errors import ApiError

Update = dict[str, Any]

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Mailbox:
    """The queue of unconfirmed updates."""

    def __init__(self) -> None:
        """Start empty."""
        self.pending: list[Update] = []
        self.again: list[Update] = []  # redelivered although confirmed, as after a lost acknowledgement
        self.allowed: list[str] | None = None
        self.hooked = False
        self._ids = itertools.count(1000)
        self.empty = asyncio.Event()  # everything put so far has been confirmed
        self._poller: asyncio.Future[None] | None = None

    def put(self, kind: str, content: dict[str, Any]) -> Update:
        """Queue a new update of a kind (`message`, `callback_query`, …)."""
        update = {"update_id": next(self._ids), kind: content}
        if not self.allowed or kind in self.allowed:
            self.pending.append(update)
            self.empty.clear()
            self._ring()
        return update

    def put_again(self, update: Update) -> None:
        """Deliver an update once more."""
        self.again.append(update)
        self._ring()

    async def poll(self, offset: int, limit: int, patience: float) -> list[Update]:
        """Answer getUpdates: confirm what lies below `offset`, then wait for something new.

        Raises:
            ApiError: 409 when a webhook is set, or when another poller takes over.
        """
        if self.hooked:
            raise ApiError(409, HOOKED)
        self._take_over()
        self._confirm(offset)
        if not (self.again or self.pending) and patience > 0:
            await self._wait(patience)
        updates = [*self.again, *self.pending][:limit]
        self.again = self.again[limit:]
        return updates

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        if not self.pending:
            self.empty.set()

    async def _wait(self, patience: float) -> None:
        mine = self._poller = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(mine, patience)
        except TimeoutError:
            return
        finally:
            if self._poller is mine:
                self._poller = None

    def _ring(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def _take_over(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError(409, CONFLICT))
