"""Who is at the page: a random number in a signed cookie, and the tokens that prove a form came from our own page.

A page's conversation is filed under `StorageKey(bot_id=-1, chat_id=-n, user_id=-n, destiny="web")` with `n` the number
in the cookie. A messenger's bots and users have positive numbers, and the console has 0: neither can ever collide with
a page, nor can a page be taken for staff (whose numbers are a messenger's).
"""

import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.errors import StartupError
from bot.messages import say
from bot.settings import Settings
from bot.store.storage_key import StorageKey

DEFAULT_PORT = 8100
COOKIE = "shenbao"
COOKIE_DAYS = 400  # what browsers allow at most; the office's time to keep data ends it earlier
BOT_ID = -1
DESTINY = "web"
SECRET_FILE = "web-secret"  # noqa: S105 - a file's name
_LARGEST = 2**62
_SIGNATURE = 32  # characters: 128 bits


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser: the number of its conversation, and the token its forms carry."""

    number: int
    form_token: str

    @property
    def key(self) -> StorageKey:
        """The conversation this browser is in."""
        return StorageKey(bot_id=BOT_ID, chat_id=-self.number, user_id=-self.number, destiny=DESTINY)


def is_page(key: StorageKey) -> bool:
    """Tell whether a conversation is one of the page's."""
    return key.bot_id == BOT_ID and key.destiny == DESTINY


class Identities:
    """Signs and reads cookies and form tokens with the installation's secret."""

    def __init__(self, secret: bytes) -> None:
        """Sign with `secret`; whoever has it can speak for every applicant."""
        self._secret = secret

    def stranger(self) -> Visitor:
        """Give somebody we have not met a number nobody can guess."""
        return self._visitor(1 + secrets.randbelow(_LARGEST))

    def recognised(self, cookie: str) -> Visitor | None:
        """Tell who a cookie belongs to; None when it was not signed here."""
        number, _, signature = cookie.partition(".")
        if not (number.isascii() and number.isdecimal()) or len(number) > 19:  # noqa: PLR2004 - digits of 2**62
            return None
        if not hmac.compare_digest(signature.encode(), self._sign("visitor", number).encode()):
            return None
        return self._visitor(int(number))

    def numbered(self, number: int) -> Visitor:
        """Give whoever may enter a conversation, by its number."""
        return self._visitor(number)

    def cookie(self, visitor: Visitor) -> str:
        """Write the cookie of a browser."""
        return f"{visitor.number}.{self._sign('visitor', str(visitor.number))}"

    def is_own_form(self, visitor: Visitor, token: str) -> bool:
        """Tell whether a form was made for this browser by us."""
        return hmac.compare_digest(token.encode(), visitor.form_token.encode())

    def _visitor(self, number: int) -> Visitor:
        return Visitor(number, self._sign("form", str(number)))

    def _sign(self, purpose: str, value: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{value}".encode(), sha256).hexdigest()[:_SIGNATURE]


def installed_secret(settings: Settings) -> bytes:
    """Give the secret that signs for this installation: the one set, or its own.

    Raises:
        StartupError: its own can be neither read nor written.
    """
    given = settings.web_secret
    return given.get_secret_value().encode() if given else own_secret(settings.data)


def own_secret(folder: Path) -> bytes:
    """Read the installation's secret, made at the first start and readable by its owner only.

    Raises:
        StartupError: it can be neither read nor written.
    """
    path = folder / SECRET_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        with os.fdopen(handle, "wb") as file:
            file.write(secret := secrets.token_hex(32).encode())
    except OSError as error:
        raise StartupError(say("web_faults.secret", path=path, reason=error.strerror)) from None
    return secret
