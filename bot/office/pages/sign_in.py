"""Who may see the office's page: links given to one person each, used once, and the cookie they are changed for.

A link and a cookie are the number of a row in the database, signed with the installation's secret: neither can be made
up, and ending the row ends both. A link is opened by a button, not by being loaded: messengers look at what is sent.
"""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from bot.store.office_records import OfficeLink
from bot.store.office_store import OfficeStore

COOKIE = "shenbao_office"
LINK_HOURS = 24  # until a link is used
SESSION_DAYS = 14  # from then on
LONGEST_NAME = 20  # characters of a person's name

Role = Literal["read", "edit"]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the office who is signed in; `form_token` proves that a form came from our page."""

    id: str
    name: str
    role: str
    form_token: str

    @property
    def may_edit(self) -> bool:
        """Whether this person may change anything."""
        return self.role == "edit"


class SignIn:
    """Gives links, and knows who holds a cookie."""

    def __init__(self, store: OfficeStore, secret: bytes) -> None:
        """Sign with `secret`; whoever has it can sign in as anybody."""
        self._store, self._secret = store, secret

    async def give_link(self, name: str, role: Role) -> str:
        """Make the token of a link for one person."""
        id_ = secrets.token_hex(16)
        await self._store.give_link(id_, name, role)
        return self._signed("link", id_)

    async def open_link(self, token: str) -> tuple[Member, str] | None:
        """Change a link for a cookie; None when it was used, is too old, or is none of ours."""
        id_ = self._read("link", token)
        if id_ is None or not await self._store.enter(id_, LINK_HOURS * 3600):
            return None
        link = await self._store.link(id_)
        return (self._member(link), self._signed("office", id_)) if link else None

    async def member(self, cookie: str, now: float) -> Member | None:
        """Tell who holds a cookie at a moment (seconds since 1970); None when nobody of ours, or no longer."""
        id_ = self._read("office", cookie)
        link = await self._store.link(id_) if id_ else None
        if link is None or link.entered_at is None or now * 1000 - link.entered_at > SESSION_DAYS * 86_400_000:
            return None
        return self._member(link)

    def is_own_form(self, member: Member, token: str) -> bool:
        """Tell whether a form was made for this person by us."""
        return hmac.compare_digest(token.encode(), member.form_token.encode())

    def _member(self, link: OfficeLink) -> Member:
        return Member(link.id, link.name, link.role, self._sign("office-form", link.id))

    def _signed(self, purpose: str, id_: str) -> str:
        return f"{id_}.{self._sign(purpose, id_)}"

    def _read(self, purpose: str, token: str) -> str | None:
        id_, _, signature = token.partition(".")
        good = hmac.compare_digest(signature.encode(), self._sign(purpose, id_).encode())
        return id_ if good else None

    def _sign(self, purpose: str, value: str) -> str:
        return hmac.new(self._secret, f"{purpose}:{value}".encode(errors="replace"), sha256).hexdigest()
