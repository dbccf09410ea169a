"""Push delivery: each update is posted to the bot's address until the bot says 2xx."""

import asyncio
import random
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.emulator.mailbox import Update
from tests.emulator.params import Params
from tests.emulator.world import World

Queue = tuple[str | int, ...]

TWICE = 0.2  # of the updates, when they are mixed
RETRY_AFTER = 0.05  # seconds; the real server waits longer and longer
LOOK = 0.01  # seconds between two looks for something new


@dataclass
class Hook:
    """Where updates are posted."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    last_error: str = ""


class Webhook:
    """The pusher; runs while a hook is set."""

    def __init__(self, world: World) -> None:
        """Start without a hook."""
        self.hook = Hook()
        self.dice: random.Random | None = None  # when set, chats overtake each other, and some updates come twice
        self._world = world
        self._task: asyncio.Task[None] | None = None

    async def set(self, _world: World, params: Params) -> bool:
        """Answer setWebhook."""
        await self.stop()
        self.hook = Hook(params.text("url"), params.text("secret_token"), params.number("max_connections", 40))
        if "allowed_updates" in params.values:
            self._world.mailbox.allowed = params.json("allowed_updates")
        self._forget_pending(params)
        self._world.mailbox.hooked = bool(self.hook.url)
        if self.hook.url:
            self._task = asyncio.create_task(self._push())
        return True

    async def delete(self, _world: World, params: Params) -> bool:
        """Answer deleteWebhook."""
        await self.stop()
        self._forget_pending(params)
        self._world.mailbox.hooked = False
        self.hook = Hook()
        return True

    async def info(self, _world: World, _params: Params) -> dict[str, Any]:
        """Answer getWebhookInfo."""
        pending = len(self._world.mailbox.pending)
        told = {"url": self.hook.url, "has_custom_certificate": False, "pending_update_count": pending}
        return told | ({"last_error_message": self.hook.last_error} if self.hook.last_error else {})

    async def stop(self) -> None:
        """Stop pushing; what was not confirmed stays queued."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def _forget_pending(self, params: Params) -> None:
        if params.flag("drop_pending_updates"):
            self._world.mailbox.pending.clear()

    async def _push(self) -> None:
        """Post side by side, but what one chat sends of one kind (messages, edits, presses) one after the other."""
        async with aiohttp.ClientSession() as session:
            flying: dict[Queue, asyncio.Task[None]] = {}
            try:
                while True:
                    flying = {queue: task for queue, task in flying.items() if not task.done()}
                    for queue, update in self._due(flying):
                        flying[queue] = asyncio.create_task(self._deliver(session, update))
                    await asyncio.sleep(LOOK)
            finally:
                for task in flying.values():
                    task.cancel()
                await asyncio.gather(*flying.values(), return_exceptions=True)

    def _due(self, flying: Collection[Queue]) -> list[tuple[Queue, Update]]:
        """Give the next update of each queue, in a chance order when updates are to be mixed."""
        mailbox, due = self._world.mailbox, {}
        for update in mailbox.pending:
            due.setdefault(_queue(update), update)
        found = [(queue, update) for queue, update in due.items() if queue not in flying]
        found += [((update["update_id"],), update) for update in mailbox.again if update not in mailbox.pending]
        mailbox.again = [update for update in mailbox.again if update in mailbox.pending]
        if self.dice is not None:
            self.dice.shuffle(found)
        return found[: self.hook.connections - len(flying)]

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        mailbox = self._world.mailbox
        if not await self._post(session, update):
            await asyncio.sleep(RETRY_AFTER)
        elif update in mailbox.pending:
            mailbox.pending.remove(update)
            if self.dice is not None and self.dice.random() < TWICE:
                mailbox.put_again(update)

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.hook.secret} if self.hook.secret else {}
        try:
            async with session.post(self.hook.url, json=update, headers=headers) as answer:
                if not answer.ok:
                    self.hook.last_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                return answer.ok
        except aiohttp.ClientError as error:
            self.hook.last_error = str(error)
            return False


def _queue(update: Update) -> Queue:
    kind = next(key for key in update if key != "update_id")
    return kind, update[kind]["from"]["id"]
