"""What the Bot API's server answers, read defensively: nothing in it may end the process or reach a log.

The library parses a batch of updates as a whole: one it does not understand raises, and the same batch is handed out
again at every restart. Here each update is tried alone; one that cannot be read is replaced by an update that holds
nothing but its number, so that it is acknowledged like the others.
"""

import json
import re
from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.metrics import count_set_aside

_NUMBER = re.compile(rb'"update_id"\s{0,9}:\s{0,9}(\d{1,19})\b')  # in a text the quotes would be escaped
LARGEST = 2**63  # ids are 64-bit integers (Bot API), and so are the columns they are kept in

log = structlog.get_logger(__name__)


class UnreadableAnswerError(TelegramError):
    """The server's answer is no JSON object, or lacks what it promises.

    `first` is the first update's number in it; `done` says that the server did what it was asked, and says so.
    """

    def __init__(self, first: int | None = None, *, done: bool = False) -> None:
        """Keep these; the body itself is not kept."""
        super().__init__("Invalid server response")
        self.first = first
        self.done = done


class ApiRequest(HTTPXRequest):
    """Reads answers; one that cannot be read raises `UnreadableAnswerError`, and none of its words is logged."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer.

        Raises:
            UnreadableAnswerError: it is no JSON object, is nested too deep, or says `ok` without a result.
        """
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise UnreadableAnswerError(_first_number(payload))
        if answer.get("ok") is True and "result" not in answer:
            raise UnreadableAnswerError(_first_number(payload), done=True)
        return answer


class UpdatesRequest(ApiRequest):
    """Reads the answers to getUpdates."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read a batch; each update in it is one the library can read.

        Raises:
            UnreadableAnswerError: it is no batch, or none of its updates has a number.
        """
        answer = ApiRequest.parse_json_payload(payload)
        if answer.get("ok") is not True:
            return answer
        batch = answer["result"]
        if not isinstance(batch, list):
            raise UnreadableAnswerError(_first_number(payload))
        readable = [update for raw in batch if (update := readable_update(raw)) is not None]
        if batch and not readable:
            raise UnreadableAnswerError(_first_number(payload))
        return {**answer, "result": readable}


def readable_update(raw: object) -> dict[str, Any] | None:
    """Give an update as it came, or its number alone where the library cannot read it; None without a number."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(number, int) or not 0 <= number < LARGEST:
        set_aside(None, "unknown", "no update_id")
        return None
    try:
        Update.de_json(raw)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it
        set_aside(number, _kind(raw), type(error).__name__)
        return {"update_id": number}
    return raw


def set_aside(number: int | None, kind: str, error: str) -> None:
    """Note, in the log and the numbers, that an update was passed over: its number and type, never its words."""
    log.error("update_set_aside", update=number, kind=kind, error=error)
    count_set_aside()


def _kind(raw: dict[str, Any]) -> str:
    return next((name for name in raw if name in Update.ALL_TYPES), "unknown")


def _first_number(payload: bytes) -> int | None:
    found = _NUMBER.search(payload)
    return int(found[1]) if found else None
