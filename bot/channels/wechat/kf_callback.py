"""The callback of 微信客服: it says only that there is something to read, and brings the token that lets us read now.

Signature and encryption as WeCom documents them (document/path/90968): SHA-1 over token, time, nonce and cipher text in
order; AES-256-CBC, the key's first half as the vector, padding (PKCS #7) to 32 bytes, around 16 random bytes, the
length, the words and the receiver's id. SHA-1 is the server's choice, and keeps strangers out only with the secrets.
"""

import asyncio
import base64
import binascii
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha1

import structlog
from aiohttp import web
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from lxml import etree

from bot.errors import StartupError
from bot.messages import say
from bot.settings import Settings

BODY_LIMIT = 64 * 1024  # bytes; a callback has a few hundred
BODY_SECONDS, IDLE_SECONDS = 5.0, 60.0
BLOCK, RANDOM, LENGTH = 32, 16, 4  # bytes

log = structlog.get_logger(__name__)


class NotOursError(Exception):
    """A request that does not come from WeCom, or is not meant for us."""


@dataclass(frozen=True, slots=True)
class CallbackSecrets:
    """What the callback is signed and encrypted with; `receiver` is the corporation's id."""

    token: str
    key: bytes
    receiver: str

    def opened(self, signature: str, timestamp: str, nonce: str, cipher_text: str) -> str:
        """Check a signature and decrypt.

        Raises:
            NotOursError: the signature, the padding or the receiver is not right.
        """
        wanted = sha1("".join(sorted((self.token, timestamp, nonce, cipher_text))).encode()).hexdigest()  # noqa: S324
        if not hmac.compare_digest(wanted.encode(), signature.encode(errors="replace")):
            raise NotOursError
        try:
            return self._plain(base64.b64decode(cipher_text, validate=True))
        except (ValueError, binascii.Error):
            raise NotOursError from None

    def _plain(self, encrypted: bytes) -> str:
        decryptor = Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16])).decryptor()
        padded = decryptor.update(encrypted) + decryptor.finalize()
        padding = padded[-1] if padded else 0
        if not 1 <= padding <= BLOCK or padded[-padding:] != bytes([padding]) * padding:
            raise ValueError("padding")
        content = padded[RANDOM:-padding]
        length = int.from_bytes(content[:LENGTH], "big")
        words, receiver = content[LENGTH : LENGTH + length], content[LENGTH + length :]
        if not hmac.compare_digest(receiver, self.receiver.encode()):
            raise ValueError("receiver")
        return words.decode()


def callback_secrets(settings: Settings) -> CallbackSecrets:
    """Give what the operator set.

    Raises:
        StartupError: something is missing, or the key is not one of 43 characters.
    """
    token = settings.wechat_callback_token.get_secret_value() if settings.wechat_callback_token else ""
    key = settings.wechat_callback_key.get_secret_value() if settings.wechat_callback_key else ""
    try:
        raw = base64.b64decode(key + "=", validate=True)
    except ValueError:
        raw = b""
    if not token or len(raw) != BLOCK:
        raise StartupError(say("wechat_faults.callback"))
    return CallbackSecrets(token, raw, settings.wechat_corp_id or "")


@asynccontextmanager
async def callback_opened(settings: Settings, wake: Callable[[str], None]) -> AsyncIterator[int]:
    """Listen for callbacks; each wakes with its token. Gives the port.

    Raises:
        StartupError: the secrets are incomplete, or the port is taken.
    """
    app = callback_app(callback_secrets(settings), wake)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, keepalive_timeout=IDLE_SECONDS)
    await runner.setup()
    try:
        port = settings.wechat_port or 0
        try:
            await web.TCPSite(runner, settings.wechat_host, port).start()
        except OSError as error:
            raise StartupError(say("wechat_faults.port", port=port, reason=error.strerror)) from None
        log.info("listening", port=runner.addresses[0][1])
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def callback_app(secrets: CallbackSecrets, wake: Callable[[str], None]) -> web.Application:
    """Make the HTTP application: WeCom proves the address with GET, and calls with POST."""

    def signed(request: web.Request, cipher_text: str) -> str:
        given = request.query
        signature, timestamp, nonce = (given.get(name, "") for name in ("msg_signature", "timestamp", "nonce"))
        return secrets.opened(signature, timestamp, nonce, cipher_text)

    async def prove(request: web.Request) -> web.Response:
        try:
            return web.Response(text=signed(request, request.query.get("echostr", "")))
        except NotOursError:
            return web.Response(status=403)

    async def called(request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                outer = _tree(await request.read())
            inner = _tree(signed(request, outer.findtext("Encrypt") or "").encode())
        except NotOursError:
            return web.Response(status=403)
        except (TimeoutError, web.HTTPRequestEntityTooLarge):
            return web.Response(status=400)
        if inner.findtext("Event") == "kf_msg_or_event":
            wake(inner.findtext("Token") or "")
        return web.Response()  # an empty answer: nothing is said this way

    app = web.Application(client_max_size=BODY_LIMIT)
    app.router.add_get("/{path:.*}", prove)
    app.router.add_post("/{path:.*}", called)
    return app


def _tree(body: bytes) -> etree._Element:
    """Read XML that names no entity of its own.

    Raises:
        NotOursError: it is none.
    """
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        raise NotOursError from None
