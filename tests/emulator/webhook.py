"""Push delivery: each update is posted to the bot's address until the bot says 2xx."""

import asyncio
import random
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.emulator.params import Params
from tests.emulator.world import World

TWICE = 0.2  # of the updates, when they are mixed
RETRY_AFTER = 0.05  # seconds; the real server waits longer and longer


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
        self.dice: random.Random | None = None  # when set, updates overtake each other, and some come twice
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
        mailbox = self._world.mailbox
        async with aiohttp.ClientSession() as session:
            while True:
                batch = self._mixed([*mailbox.again, *mailbox.pending][: self.hook.connections])
                mailbox.again = []
                done = await asyncio.gather(*(self._post(session, update) for update in batch))
                confirmed = {update["update_id"] for update, ok in zip(batch, done, strict=True) if ok}
                mailbox.pending = [u for u in mailbox.pending if u["update_id"] not in confirmed]
                await asyncio.sleep(RETRY_AFTER if not all(done) or not batch else 0)

    def _mixed(self, batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.dice is None:
            return batch
        twice = [update for update in batch if self.dice.random() < TWICE]
        return self.dice.sample([*batch, *twice], len(batch) + len(twice))

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
