"""Sends one waiting reply to WeChat within what WeChat allows: five messages, 48 hours, and nobody else in the talk."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import structlog

from bot.channels.wechat.kf_client import NOT_IN_SESSION, SPENT, TOO_LATE, KfClient, KfError
from bot.channels.wechat.kf_faults import KfFaults
from bot.channels.wechat.kf_layout import KfPart, lay_out, text_part
from bot.channels.wechat.kf_reading import applicant
from bot.dispatcher import NeverSentError
from bot.messages import say
from bot.store.sessions import address
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.updates import Outgoing
from dialogs.buttons import WriteToOffice, encode

MESSAGES = 5  # for each message of an applicant …
HOURS = 48  # … within so many hours (document/path/94677)
QUEUED, WITH_PERSON = 2, 3  # states of a conversation in which people have it
WAIT_SECONDS = 10.0  # a reply waits so long for the applicant to write, then its loan is renewed
REFUSED_FILES = frozenset({40004, 40005, 40006, 40009, 40058})  # its kind or size
MOST_REMEMBERED = 20_000  # conversations; the server counts as well

log = structlog.get_logger(__name__)


class NotYetError(Exception):
    """A reply may go only once its applicant has written again, or people have let go of the conversation."""

    retry_after = 0.1  # seconds; the waiting is done before this is raised


@dataclass(slots=True)
class _Left:
    """What may still be sent in one conversation, since when (seconds of the loop's clock), and who waits for more."""

    messages: int
    since: float
    more: asyncio.Event = field(default_factory=asyncio.Event)


class Allowance:
    """Counts what may still be sent; forgotten at a restart, for the server refuses what is over it."""

    def __init__(self) -> None:
        """Everybody may be sent everything."""
        self._left: OrderedDict[StorageKey, _Left] = OrderedDict()

    def renew(self, key: StorageKey) -> None:
        """The applicant has written: five more."""
        known = self._left.pop(key, None)
        if known is not None:
            known.more.set()

    def left(self, key: StorageKey) -> int:
        """Give how many messages may still be sent."""
        return self._of(key).messages

    def may_begin(self, key: StorageKey, silent: float) -> bool:
        """Tell whether an applicant may be written to unasked, so many seconds after they wrote, and answered still."""
        return silent < (HOURS - 1) * 3600 and self.left(key) > 1

    def spend(self, key: StorageKey) -> None:
        """One was sent."""
        self._of(key).messages -= 1

    def close(self, key: StorageKey) -> None:
        """Send nothing more until the applicant writes again."""
        self._of(key).messages = 0

    async def renewed(self, key: StorageKey, seconds: float = WAIT_SECONDS) -> bool:
        """Wait until the applicant writes, `seconds` at most; tell whether it came to that."""
        try:
            await asyncio.wait_for(self._of(key).more.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def _of(self, key: StorageKey) -> _Left:
        now = asyncio.get_running_loop().time()
        known = self._left.get(key)
        if known is None or known.since < now - HOURS * 3600:
            known = self._left[key] = _Left(MESSAGES, now)
        if len(self._left) > MOST_REMEMBERED:
            self._left.popitem(last=False)
        return known


class KfSender:
    """Sends replies part by part; the server takes each part's number once, so that none comes twice."""

    def __init__(
        self, client: KfClient, store: Store, allowance: Allowance, faults: KfFaults, servicer: str | None
    ) -> None:
        """Send through `client`; whoever asks for a person is put through to `servicer`, or to the queue for people."""
        self._client, self._store, self._allowance = client, store, allowance
        self._faults, self._servicer = faults, servicer
        self._sent_parts: dict[int, int] = {}

    async def __call__(self, outgoing: Outgoing) -> None:
        """Send a reply as one or more messages.

        Raises:
            NotYetError: the applicant has to write first.
            KfError: the server refused; its `retry_after` may say for how long.
            aiohttp.ClientError, TimeoutError: the network failed.
            NeverSentError: the server will never take it.
        """
        parts = lay_out(outgoing.reply)
        for number in range(self._sent_parts.get(outgoing.id, 0), len(parts)):
            await self._allowed(outgoing, number, last=number + 1 == len(parts))
            await self._deliver(outgoing, str(number), parts[number])
            self._sent_parts[outgoing.id] = number + 1
        self._sent_parts.pop(outgoing.id, None)
        if outgoing.reply.hand_over:
            await self._put_through(outgoing)

    async def _allowed(self, outgoing: Outgoing, number: int, *, last: bool) -> None:
        """Wait until one more may go; the last that may asks the applicant to write, if more is to come."""
        key = outgoing.key
        if self._allowance.left(key) == 1 and not last:
            await self._deliver(outgoing, f"more{number}", text_part(say("wechat_says.more")))
        if self._allowance.left(key) <= 0 and not await self._allowance.renewed(key):
            raise NotYetError

    async def _deliver(self, outgoing: Outgoing, number: str, part: KfPart) -> None:
        try:
            kind, content = await self._content(part)
            await self._client.send(applicant(outgoing.key), _message_id(outgoing, number), kind, content)
        except KfError as error:
            if _sent_before(error):
                return
            await self._refused(outgoing, part, error)
        self._allowance.spend(outgoing.key)

    async def _content(self, part: KfPart) -> tuple[str, dict[str, Any]]:
        if part.file is None:
            return part.kind, part.content or {}
        kind, media = await self._client.upload(part.file)
        return kind, {"media_id": media}

    async def _refused(self, outgoing: Outgoing, part: KfPart, error: KfError) -> None:
        """Do what a refusal asks for; whatever it is, it raises.

        Raises:
            NotYetError: the applicant has to write first.
            NeverSentError: never.
            KfError: what may pass.
        """
        await self._faults.note(error)
        if error.code in SPENT:
            self._allowance.close(outgoing.key)
            raise NotYetError from error
        if error.code in NOT_IN_SESSION:
            await self._left_to_people(outgoing.key)
            raise NotYetError from error
        if error.code in TOO_LATE or (part.file is not None and error.code in REFUSED_FILES):
            raise NeverSentError(str(error)) from error
        raise error

    async def _left_to_people(self, key: StorageKey) -> None:
        """Keep silent while people have a conversation, or until its applicant begins another."""
        if await self._client.state(applicant(key)) in {QUEUED, WITH_PERSON}:
            await self._store.receive([], {address(key): "people"})
        self._allowance.close(key)

    async def _put_through(self, outgoing: Outgoing) -> None:
        """Hand the conversation over; where nobody is there, that is said and the assistant stays."""
        key, user = outgoing.key, applicant(outgoing.key)
        try:
            code = await self._client.put_through(user, self._servicer)
        except KfError as error:
            log.warning("not_put_through", code=error.code)
            await self._faults.note(error)
            await self._allowed(outgoing, 0, last=True)
            writes = encode(WriteToOffice()) in {choice.id for choice in outgoing.reply.choices}
            said = say("wechat_says.nobody_write" if writes else "wechat_says.nobody")
            await self._deliver(outgoing, "nobody", text_part(said))
            return
        await self._store.receive([], {address(key): "people"})
        if code:
            try:
                await self._client.send_on_event(code, "text", {"content": say("wechat_says.put_through")})
            except KfError as error:
                log.info("word_on_event_not_sent", code=error.code)


def _message_id(outgoing: Outgoing, number: str) -> str:
    """Name a message so that no other has its name, nor it another the second time (32 characters)."""
    whole = f"{outgoing.key.business_connection_id}:{outgoing.id}:{number}:{outgoing.reply.text}"
    return sha256(whole.encode(errors="replace")).hexdigest()[:32]


def _sent_before(error: KfError) -> bool:
    """Tell whether a message was refused for having been sent: the code is not documented, its words name `msgid`."""
    return "msgid" in error.words
