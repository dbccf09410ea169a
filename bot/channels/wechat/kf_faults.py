"""What goes wrong with 微信客服, told to staff in plain words: what it means and how to mend it; once an hour each."""

import time

import structlog

from bot.channels.service import Speak
from bot.channels.wechat.kf_client import KfError
from bot.messages import say, texts

SILENCE = 3600.0  # seconds until the same is told again

log = structlog.get_logger(__name__)


class KfFaults:
    """Tells staff of the server's refusals they can do something about."""

    def __init__(self, tell: Speak) -> None:
        """Tell through this."""
        self._tell = tell
        self._told: dict[str, float] = {}

    async def note(self, error: KfError) -> None:
        """Log a refusal, and tell staff what it means."""
        log.warning("refused_by_server", code=error.code)
        if explained := explanation(error.code):
            await self._once(f"e{error.code}", explained)

    async def not_delivered(self, reason: int) -> None:
        """Tell that a message the server had taken did not reach its applicant, and why (`fail_type`)."""
        log.warning("message_not_delivered", reason=reason)
        name = f"f{reason}"
        if words := texts().get(f"wechat_failures.{name}"):
            await self._once(name, say("wechat_faults.not_delivered", reason=words))

    async def _once(self, name: str, words: str) -> None:
        now = time.monotonic()
        if now - self._told.get(name, -SILENCE) >= SILENCE:
            self._told[name] = now
            await self._tell(words)


def explanation(code: int) -> str | None:
    """Say what a code means and how to mend it; None where there is nothing to be done."""
    name = f"e{code}"
    words = texts().get(f"wechat_codes.{name}")
    return say("wechat_faults.refused", code=code, words=words) if words else None
