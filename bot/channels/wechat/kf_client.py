"""The calls to WeCom's server that 微信客服 needs, and its errors.

Documentation: developer.work.weixin.qq.com, document/path 91039 (gettoken), 94670 (sync_msg), 94677 (send_msg), 94669
(service_state), 95122 (send_msg_on_event), 90253 and 90254 (media), 90313 (error codes).
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from email.message import Message
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import aiohttp
import structlog

from bot.settings import Settings
from bot.store.updates import FetchedFile
from dialogs.protocol import File

TOKEN_REFUSED = frozenset({40014, 41001, 42001})  # the access token is wrong, missing, over
BUSY = frozenset({-1, 6000})
TOO_OFTEN = frozenset({45009, 45011, 45033})  # calls a minute, at once
NOT_IN_SESSION = frozenset({95018})  # somebody else has the conversation, or it is over
SPENT = frozenset({95001})  # five messages have gone since the applicant's last
TOO_LATE = frozenset({95002})  # 48 hours have gone since
EARLY = 300.0  # seconds before its end a token is replaced
PATIENCE = 20.0  # seconds of a call without a byte
BUSY_PAUSE, OFTEN_PAUSE = 2.0, 60.0  # seconds
ANSWER_LIMIT = 32 * 1024 * 1024  # bytes of a JSON answer; a page of 1,000 messages of 2,048 bytes is far below
CHUNK, IN_MEMORY = 64 * 1024, 256 * 1024  # bytes
IMAGE_LIMIT, FILE_LIMIT = 10 * 1024 * 1024, 20 * 1024 * 1024  # bytes the server takes; at least 5
PICTURES = (".png", ".jpg", ".jpeg")

log = structlog.get_logger(__name__)


class KfError(Exception):
    """The server refused a call: its `code` and `words`; `retry_after`: seconds until it may be made again, or None."""

    def __init__(self, code: int, message: str = "") -> None:
        """Keep the code; the words may hold names, and are for no log."""
        super().__init__(str(code))
        self.code, self.words = code, message
        self.retry_after = BUSY_PAUSE if code in BUSY else OFTEN_PAUSE if code in TOO_OFTEN else None


@dataclass(frozen=True, slots=True)
class KfPage:
    """What `sync_msg` gave: the messages as they came, and where to go on."""

    messages: tuple[dict[str, Any], ...]
    cursor: str
    more: bool


@dataclass
class _AccessToken:
    """The access token, fetched by one caller at a time; all others wait for that one."""

    value: str = ""
    until: float = 0.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class KfClient:
    """Makes the calls for one account of 微信客服."""

    def __init__(self, session: aiohttp.ClientSession, settings: Settings) -> None:
        """Call through an open session."""
        self._session, self._url = session, settings.wechat_api_url
        self._corp = settings.wechat_corp_id or ""
        self._secret = settings.wechat_secret.get_secret_value() if settings.wechat_secret else ""
        self.account = settings.wechat_account or ""
        self._token = _AccessToken()

    async def connect(self) -> None:
        """See that the server takes our secret.

        Raises:
            KfError: it does not.
            aiohttp.ClientError, TimeoutError: it cannot be reached.
        """
        await self._access()

    async def sync(self, cursor: str, token: str) -> KfPage:
        """Read what came after a cursor (none: three days); with a callback's token calls are hardly limited."""
        body = {"open_kfid": self.account, "limit": 1000}
        body |= {"cursor": cursor} if cursor else {}
        answer = await self._post("kf/sync_msg", body | ({"token": token} if token else {}))
        found = answer.get("msg_list")
        messages = tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()
        return KfPage(messages, str(answer.get("next_cursor") or cursor), bool(answer.get("has_more")))

    async def send(self, user: str, message_id: str, kind: str, content: Mapping[str, Any]) -> None:
        """Send one message; the server takes a `message_id` (up to 32 characters) once only."""
        body = {"touser": user, "open_kfid": self.account, "msgid": message_id, "msgtype": kind, kind: content}
        await self._post("kf/send_msg", body)

    async def send_on_event(self, code: str, kind: str, content: Mapping[str, Any]) -> None:
        """Say the one thing an event allows: a welcome, that one is being put through, that it is over."""
        await self._post("kf/send_msg_on_event", {"code": code, "msgtype": kind, kind: content})

    async def state(self, user: str) -> int:
        """Tell who has a conversation: 0 nobody yet, 1 we, 2 it queues for people, 3 a person, 4 it is over."""
        answer = await self._post("kf/service_state/get", {"open_kfid": self.account, "external_userid": user})
        return int(answer.get("service_state", 0))

    async def put_through(self, user: str, servicer: str | None) -> str:
        """Hand a conversation to a person, or to the queue for people; gives the code for a word about it."""
        body = {"open_kfid": self.account, "external_userid": user, "service_state": 3 if servicer else 2}
        answer = await self._post("kf/service_state/trans", body | ({"servicer_userid": servicer} if servicer else {}))
        return str(answer.get("msg_code") or "")

    async def upload(self, file: File) -> tuple[str, str]:
        """Put a file on the server for three days; gives how it is sent (image, file) and its number there."""
        picture = file.name.lower().endswith(PICTURES) and len(file.content) <= IMAGE_LIMIT
        kind = "image" if picture else "file"

        def form() -> aiohttp.FormData:
            data = aiohttp.FormData(quote_fields=False)  # the server wants a Chinese name as it is
            data.add_field("media", file.content, filename=file.name, content_type="application/octet-stream")
            return data

        answer = await self._authorised("media/upload", lambda: {"data": form()}, type=kind)
        return kind, str(answer.get("media_id"))

    @asynccontextmanager
    async def _download(self, media: str) -> AsyncIterator[aiohttp.ClientResponse]:
        token = await self._access()
        query = {"access_token": token, "media_id": media}
        async with self._session.get(f"{self._url}/cgi-bin/media/get", params=query) as response:
            if "Content-Disposition" not in response.headers:
                await self._checked(response, token)
                raise KfError(40007)
            response.raise_for_status()
            yield response

    async def download(self, media: str, limit: int) -> FetchedFile:
        """Fetch a file into a nameless one, with the name the server tells.

        Raises:
            KfError: the server does not have it.
            ValueError: it is larger than `limit` bytes.
            aiohttp.ClientError, TimeoutError: the connection failed.
        """
        with ExitStack() as unless_whole:
            file: IO[bytes] = unless_whole.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
            async with self._download(media) as response:
                async for chunk in response.content.iter_chunked(CHUNK):
                    file.write(chunk)
                    if file.tell() > limit:
                        raise ValueError("larger than is taken")
                name = _told_name(response.headers["Content-Disposition"])
            unless_whole.pop_all()
        file.seek(0)
        return FetchedFile(file, name)

    async def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return await self._authorised(path, lambda: {"json": body})

    async def _authorised(self, path: str, request: Any, **query: str) -> dict[str, Any]:
        """Make a call; with a new token once more if the old one is refused."""
        for last in (False, True):
            token = await self._access()
            where = f"{self._url}/cgi-bin/{path}"
            async with self._session.post(where, params={"access_token": token, **query}, **request()) as response:
                try:
                    return await self._checked(response, token)
                except KfError as error:
                    if last or error.code not in TOKEN_REFUSED:
                        raise
        raise AssertionError

    async def _access(self) -> str:
        """Give the access token; of many callers one fetches it."""
        clock = asyncio.get_running_loop().time
        async with self._token.lock:
            if clock() >= self._token.until:
                query = {"corpid": self._corp, "corpsecret": self._secret}
                async with self._session.get(f"{self._url}/cgi-bin/gettoken", params=query) as response:
                    answer = await self._checked(response, "")
                self._token.value = str(answer.get("access_token"))
                lasts = float(answer.get("expires_in") or 0)
                self._token.until = clock() + max(lasts - EARLY, lasts / 2)
            return self._token.value

    async def _checked(self, response: aiohttp.ClientResponse, token: str) -> dict[str, Any]:
        """Read an answer.

        Raises:
            KfError: it says that the call was refused, or is none of this server's.
        """
        try:
            answer = json.loads(await _body(response))
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or not isinstance(answer.get("errcode", 0), int):
            raise KfError(-1, f"HTTP {response.status}")
        code = answer.get("errcode", 0)
        if code in TOKEN_REFUSED and token == self._token.value:
            self._token.until = 0.0
        if code:
            raise KfError(code, str(answer.get("errmsg", "")))
        return answer


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """Read an answer whole, or up to the first piece past what an answer may have."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        body += chunk
        if len(body) > ANSWER_LIMIT:
            break
    return bytes(body)


def _told_name(header: str) -> str | None:
    """Read the name of a file out of Content-Disposition (RFC 6266; the server sends plain UTF-8 as well)."""
    message = Message()
    message["Content-Disposition"] = header.encode("latin-1", "replace").decode("utf-8", "replace")
    name = message.get_filename()
    return name.replace("\\", "/").rpartition("/")[2] or None if name else None
