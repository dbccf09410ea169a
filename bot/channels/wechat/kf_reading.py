"""From a message of 微信客服 (document/path/94670) to what the applicant did. Pure."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from bot.store.storage_key import StorageKey
from bot.store.updates import Inbound, Received, RemoteFile
from dialogs.protocol import Choice, Command, Text, Unreadable

BOT_ID, DESTINY = -2, "wechat"
FROM_APPLICANT, FROM_SERVER, FROM_PERSON = 3, 4, 5  # `origin`
TAKEN_OVER = frozenset({1, 2, 4})  # `change_type`: accepted from the queue, passed on, taken up again
OVER = 3
LONGEST = 64 * 1024  # characters of any text in a message; the server's own limit is far below
_ID = re.compile(r"[0-9A-Za-z_-]{1,128}")
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:\s+(.*))?", re.DOTALL)


def conversation(account: str, user: str) -> StorageKey:
    """Give the address of an applicant's conversation; no messenger's bot nor the page has such numbers."""
    return StorageKey(BOT_ID, BOT_ID, BOT_ID, business_connection_id=f"{account}.{user}", destiny=DESTINY)


def applicant(key: StorageKey) -> str:
    """Give the applicant's number at the server."""
    return (key.business_connection_id or "").partition(".")[2]


def belongs(key: StorageKey, account: str) -> bool:
    """Tell whether a conversation is one of an account's."""
    return key.destiny == DESTINY and (key.business_connection_id or "").startswith(f"{account}.")


@dataclass(frozen=True, slots=True)
class KfHappening:
    """A message or event, read: whose it is; what they did, or what became of their conversation."""

    user: str
    what: Literal["said", "entered", "taken_over", "over", "not_delivered"]
    message_id: str = ""
    event: Received | None = None
    code: str = ""
    sent_at: int = 0
    reason: int = 0

    def inbound(self, account: str) -> Inbound | None:
        """Give the update for the inbox, where the applicant did something."""
        if self.event is None:
            return None
        return Inbound(f"wechat:{account}:{self.message_id}", conversation(account, self.user), self.event)


def read(raw: dict[str, Any]) -> KfHappening | None:
    """Read a message; None when it is nothing to us.

    Raises:
        ValueError: it lacks what every message has.
    """
    if raw.get("msgtype") == "event":
        return _read_event(_part(raw, "event"), _number(raw.get("send_time")))
    user = _id(raw.get("external_userid"))
    if raw.get("origin") == FROM_PERSON:
        return KfHappening(user, "taken_over")
    if raw.get("origin") != FROM_APPLICANT:
        return None
    return KfHappening(user, "said", _id(raw.get("msgid")), _read_message(raw), sent_at=_number(raw.get("send_time")))


def _read_event(event: dict[str, Any], sent_at: int) -> KfHappening | None:
    kind = event.get("event_type")
    if kind == "enter_session":
        code = event.get("welcome_code")
        return KfHappening(_id(event.get("external_userid")), "entered", code=_text(code), sent_at=sent_at)
    if kind == "session_status_change":
        change = event.get("change_type")
        if change in TAKEN_OVER:
            return KfHappening(_id(event.get("external_userid")), "taken_over")
        if change == OVER:
            return KfHappening(_id(event.get("external_userid")), "over", code=_text(event.get("msg_code")))
    if kind == "msg_send_fail":
        reason = _number(event.get("fail_type"))
        return KfHappening(_id(event.get("external_userid")), "not_delivered", reason=reason)
    return None


def _read_message(raw: dict[str, Any]) -> Received:
    kind = raw.get("msgtype")
    part = _part(raw, str(kind))
    if kind == "text":
        return _read_text(part)
    if kind == "link":
        return Text(text=f"{_text(part.get('title'))} {_text(part.get('url'))}".strip())
    if kind in {"image", "file"} and part.get("media_id"):
        reference = _text(part.get("media_id"))
        return RemoteFile(reference=reference, name=f"{_id(raw.get('msgid'))[-12:]}{'.jpg' if kind == 'image' else ''}")
    return Unreadable(what=kind if kind in {"voice", "video", "location"} else "other")


def _read_text(part: dict[str, Any]) -> Received:
    text, menu = _text(part.get("content")), part.get("menu_id")
    if isinstance(menu, str) and menu:
        return Choice(id=menu[:LONGEST])
    if found := _COMMAND.fullmatch(text.strip()):
        return Command(name=found[1].lower(), argument=(found[2] or "").strip())
    return Text(text=text)


def _part(raw: dict[str, Any], name: str) -> dict[str, Any]:
    part = raw.get(name)
    return part if isinstance(part, dict) else {}


def _text(value: object) -> str:
    return value[:LONGEST] if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError("no id")
    return value
