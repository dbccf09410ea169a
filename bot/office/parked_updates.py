"""Updates not handled and replies not sent, as staff read them: when, which conversation, what went wrong; no words."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.clock import HOME
from bot.messages import say
from bot.store.inbox import Parked

SHOWN = 20


def as_message(updates: Sequence[Parked], replies: Sequence[Parked]) -> str:
    """Write both lists, newest first."""
    lines = []
    if updates:
        lines += [say("parked.head", number=len(updates)), *_lines("parked.line", updates), say("parked.how")]
    if replies:
        lines += [say("parked.replies_head", number=len(replies)), *_lines("parked.reply", replies)]
        lines.append(say("parked.replies_how"))
    return "\n".join(lines) or say("parked.none")


def _lines(words: str, parked: Sequence[Parked]) -> list[str]:
    more = [say("parked.more", number=len(parked) - SHOWN)] if len(parked) > SHOWN else []
    return [_line(words, one) for one in reversed(parked[-SHOWN:])] + more


def _line(words: str, one: Parked) -> str:
    when = datetime.fromtimestamp(one.received_at / 1000, UTC).astimezone(HOME)
    kind = re.match(r"\w*", one.error)
    error = kind[0] if kind else ""
    return say(words, when=f"{when:%m-%d %H:%M}", key=one.key, update=one.update_id, error=error)
