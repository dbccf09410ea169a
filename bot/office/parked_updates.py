"""Updates that could not be handled, as staff read them: when, which conversation, what went wrong; not the words."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.clock import HOME
from bot.messages import say
from bot.store.inbox import Parked

SHOWN = 20


def as_message(parked: Sequence[Parked]) -> str:
    """Write the list, newest first."""
    if not parked:
        return say("parked.none")
    shown = [_line(one) for one in reversed(parked[-SHOWN:])]
    more = [say("parked.more", number=len(parked) - SHOWN)] if len(parked) > SHOWN else []
    return "\n".join([say("parked.head", number=len(parked)), *shown, *more, say("parked.how")])


def _line(one: Parked) -> str:
    when = datetime.fromtimestamp(one.received_at / 1000, UTC).astimezone(HOME)
    kind = re.match(r"\w*", one.error)
    error = kind[0] if kind else ""
    return say("parked.line", when=f"{when:%m-%d %H:%M}", key=one.key, update=one.update_id, error=error)
