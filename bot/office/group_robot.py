"""News for staff into their group in 企业微信, 钉钉 or 飞书, through the robot of the group: one address, nothing else.

The robots take a POST of JSON: 企业微信 (developer.work.weixin.qq.com/document/path/91770: 2,048 bytes of text, 20 a
minute) and 钉钉 (open.dingtalk.com, 自定义机器人: the text must hold the keyword of the robot) take the same body, 飞书
(open.feishu.cn, 自定义机器人) one of its own. A refusal comes with status 200 and a code other than 0.
"""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog

from bot.messages import say

LARGEST = 2000  # bytes of a text; the least that any of them takes is 2,048
SECONDS = 10.0  # for one piece of news
TRIES, PAUSE = 3, 20.0  # how often, and after how many seconds, what was not taken is told again

log = structlog.get_logger(__name__)


class GroupRobot:
    """Tells news to the group an address belongs to; what it does not take stands in the log, without its words."""

    def __init__(self, url: str, pause: float = PAUSE) -> None:
        """Tell through the robot at `url`, which is a secret: whoever has it can write to the group."""
        self._url, self._pause = url, pause
        self._under_way: set[asyncio.Task[None]] = set()
        self._feishu = (urlsplit(url).hostname or "").endswith("feishu.cn")

    async def tell(self, news: str) -> None:
        """Tell any news, behind everybody's back."""
        task = asyncio.ensure_future(self.told(news))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def told(self, news: str) -> None:
        """Tell news now; tried again a few times where the robot is busy or away. Never raises."""
        for attempt in range(TRIES):
            if attempt:
                await asyncio.sleep(self._pause)
            fault = await self._posted(news)
            if not fault:
                return
            log.warning("group_not_told", error=fault)

    async def _posted(self, news: str) -> str:
        """Post once; gives what went wrong, empty when it was taken."""
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
                session.post(self._url, json=self._body(news)) as answer,
            ):
                return _refusal(answer.status, await answer.json(content_type=None))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return type(error).__name__  # its words hold the address

    def _body(self, news: str) -> dict[str, Any]:
        text = shortened(say("group_robot.news", news=news))
        if self._feishu:
            return {"msg_type": "text", "content": {"text": text}}
        return {"msgtype": "text", "text": {"content": text}}


def shortened(text: str) -> str:
    """Cut a text to what a robot takes, saying that there is more."""
    if len(text.encode()) <= LARGEST:
        return text
    more = say("group_robot.more")
    return text.encode()[: LARGEST - len(more.encode())].decode(errors="ignore") + more


def _refusal(status: int, answer: Any) -> str:
    if status != 200 or not isinstance(answer, dict):  # noqa: PLR2004
        return f"HTTP {status}"
    code = answer.get("errcode", answer.get("code", 0))
    return "" if code == 0 else f"code {code}"
