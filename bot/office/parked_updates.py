"""Updates that could not be handled, as staff read them: when, which conversation, what went wrong; not the words."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.clock import HOME
from bot.store.inbox import Parked

SHOWN = 20

NOTHING = "没有被搁置的消息。"
HEAD = "有{number}条消息处理时出错，已搁置；申报人已收到说明，对话没有受影响。最近的在前："
LINE = "· {when}　对话 {key}　消息 {update}　{error}"
MORE = "……另有{number}条更早的。"
HOW = "请把这份清单交给技术人员：消息原文在数据库 inbox 表里，对话过程可用 shenbao replay --key 对话 重放。"


def as_message(parked: Sequence[Parked]) -> str:
    """Write the list, newest first."""
    if not parked:
        return NOTHING
    shown = [_line(one) for one in reversed(parked[-SHOWN:])]
    more = [MORE.format(number=len(parked) - SHOWN)] if len(parked) > SHOWN else []
    return "\n".join([HEAD.format(number=len(parked)), *shown, *more, HOW])


def _line(one: Parked) -> str:
    when = datetime.fromtimestamp(one.received_at / 1000, UTC).astimezone(HOME)
    kind = re.match(r"\w*", one.error)
    return LINE.format(when=f"{when:%m-%d %H:%M}", key=one.key, update=one.update_id, error=kind[0] if kind else "")
