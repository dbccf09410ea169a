"""Reads 微信客服 by its cursor: what applicants sent is in the inbox in the transaction in which the cursor moves on.

So a process killed anywhere reads the page again, and the inbox knows what it has. While people have a conversation
(`channel_marks`, under its address) what is said in it is passed over.
"""

import asyncio
import time
from collections.abc import Callable, Iterable

import aiohttp
import structlog

from bot.channels.wechat.kf_client import KfClient, KfError
from bot.channels.wechat.kf_faults import KfFaults
from bot.channels.wechat.kf_layout import lay_out
from bot.channels.wechat.kf_reading import KfHappening, conversation, read
from bot.channels.wechat.kf_sending import QUEUED, WITH_PERSON, Allowance
from bot.messages import say
from bot.metrics import count_set_aside
from bot.store.sessions import address
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.store_errors import StoreError
from bot.store.updates import Inbound
from dialogs.protocol import Reply

POLL_SECONDS = 7.0  # without the callback's token some ten calls a minute are allowed
CALLED_SECONDS = 60.0  # where callbacks come: in case one is lost
LONGEST_PAUSE = 60.0
WELCOME_SECONDS = 20  # a welcome may be said so long after somebody came in (document/path/95122)
TOKEN_SECONDS = 600.0  # a callback's token is good for so long

log = structlog.get_logger(__name__)


class KfSync:
    """Brings in what was sent, woken by callbacks or by the clock."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that a message may concern
        self,
        client: KfClient,
        store: Store,
        notify: Callable[[Iterable[StorageKey]], None],
        allowance: Allowance,
        faults: KfFaults,
        welcome: Callable[[], Reply],
        *,
        called: bool,
    ) -> None:
        """Join the server to the inbox.

        Args:
            client: makes the calls.
            store: keeps updates, the cursor and whom people are talking to.
            notify: wakes the conversations that have something to do.
            allowance: is renewed by what applicants send.
            faults: tells staff what they can mend.
            welcome: gives the first words to somebody who has just come in.
            called: whether callbacks come; else the clock alone wakes.
        """
        self._client, self._store, self._notify = client, store, notify
        self._allowance, self._faults, self._welcome = allowance, faults, welcome
        self._pause = CALLED_SECONDS if called else POLL_SECONDS
        self._woken, self._reading = asyncio.Event(), asyncio.Lock()
        self._token, self._token_at = "", 0.0
        self._cursor_name = f"wechat cursor {client.account}"

    def wake(self, token: str) -> None:
        """There is something to read; the token lets us read it at once."""
        self._token, self._token_at = token, time.monotonic()
        self._woken.set()

    async def run(self) -> None:
        """Read until cancelled; trouble is waited out, longer each time."""
        failures = 0
        while True:
            self._woken.clear()
            try:
                await self.catch_up()
                failures, pause = 0, self._pause
            except (KfError, aiohttp.ClientError, TimeoutError, StoreError) as error:
                failures += 1
                wanted = await self._noted(error)
                pause = wanted or min(LONGEST_PAUSE, 0.5 * 2 ** min(failures, 10))
            try:
                await asyncio.wait_for(self._woken.wait(), pause)
            except TimeoutError:
                continue

    async def _noted(self, error: Exception) -> float | None:
        """Log trouble, tell staff what they can mend; gives how long the server wants to be left alone."""
        if isinstance(error, KfError):
            await self._faults.note(error)
            return error.retry_after
        log.warning("not_read", error=type(error).__name__)
        return None

    async def catch_up(self) -> None:
        """Read all there is.

        Raises:
            KfError: the server refused.
            aiohttp.ClientError, TimeoutError: it cannot be reached.
            StoreError: the inbox cannot keep it; it will be read again.
        """
        async with self._reading:
            await self._read_on()

    async def _read_on(self) -> None:
        cursor = (await self._store.marks([self._cursor_name])).get(self._cursor_name, "")
        more = True
        while more:
            token = self._token if time.monotonic() - self._token_at < TOKEN_SECONDS else ""
            page = await self._client.sync(cursor, token)
            if page.messages or page.cursor != cursor:
                await self._keep([one for raw in page.messages if (one := _readable(raw))], page.cursor)
            more, cursor = page.more and page.cursor != cursor, page.cursor

    async def _keep(self, happened: list[KfHappening], cursor: str) -> None:
        """Put what applicants did into the inbox and move the cursor, at once; then see to what was said."""
        keys = {one.user: conversation(self._client.account, one.user) for one in happened}
        held = await self._store.marks([address(key) for key in keys.values()])
        with_people = {user for user, key in keys.items() if address(key) in held}
        held_before = with_people.copy()
        asked: set[str] = set()
        inbounds: list[Inbound] = []
        for one in happened:
            if one.what == "taken_over":
                with_people.add(one.user)
            elif one.what == "over":
                with_people.discard(one.user)
            elif one.what == "said":
                if one.user in with_people and one.user not in asked:
                    asked.add(one.user)
                    await self._let_go(one.user, with_people)
                inbound = None if one.user in with_people else one.inbound(self._client.account)
                inbounds += [inbound] if inbound else []
        marks: dict[str, str | None] = {self._cursor_name: cursor}
        marks |= {address(keys[user]): "people" if user in with_people else None for user in with_people ^ held_before}
        await self._store.receive(inbounds, marks)
        for inbound in inbounds:
            self._allowance.renew(inbound.key)
        self._notify({inbound.key for inbound in inbounds})
        for one in happened:
            await self._answer_event(one)

    async def _let_go(self, user: str, with_people: set[str]) -> None:
        """Ask whether people still have a conversation: the event that says they have not may be lost."""
        try:
            if await self._client.state(user) not in {QUEUED, WITH_PERSON}:
                with_people.discard(user)
        except (KfError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("state_not_known", error=type(error).__name__)

    async def _answer_event(self, one: KfHappening) -> None:
        """Say the one thing an event allows, and tell staff of what did not arrive."""
        if one.what == "not_delivered":
            await self._faults.not_delivered(one.reason)
        if not one.code:
            return
        try:
            if one.what == "over":
                await self._client.send_on_event(one.code, "text", {"content": say("wechat_says.back")})
            elif time.time() - one.sent_at < WELCOME_SECONDS:
                part = lay_out(self._welcome())[-1]
                await self._client.send_on_event(one.code, part.kind, part.content or {})
        except (KfError, aiohttp.ClientError, TimeoutError) as error:
            log.info("word_on_event_not_sent", error=type(error).__name__)


def _readable(raw: dict[str, object]) -> KfHappening | None:
    """Read a message; one that cannot be read must not hold up all others."""
    try:
        return read(raw)
    except ValueError:
        kind = raw.get("msgtype")
        log.error("update_set_aside", kind=kind if isinstance(kind, str) and kind.isalpha() else "unknown")  # noqa: TRY400
        count_set_aside()
        return None
