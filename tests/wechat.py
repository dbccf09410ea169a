"""微信客服, running: against a server in the same process, on a database in a folder."""

import asyncio
from contextlib import asynccontextmanager

from bot.channels.service import open_service
from bot.channels.serving import serve
from bot.channels.wechat.kf_channel import open_wechat
from bot.settings import Settings
from tests.kf_server import ACCOUNT, CORP, SECRET


def kf_settings(server, folder, **more):
    """Give the settings of an account at this server, on a day of the call."""
    given = {
        "wechat_corp_id": CORP,
        "wechat_secret": SECRET,
        "wechat_account": ACCOUNT,
        "wechat_api_url": server.url,
        "data": folder,
        "today": "2024-02-05",
        "pages": False,
    }
    return Settings(**{**given, **more}, _env_file=None)


class Running:
    """A running channel."""

    def __init__(self, service, channel, news):
        self.service, self.channel, self.news = service, channel, news

    async def settled(self):
        """Wait until all that was sent is read, handled and answered."""
        await self.channel.sync.catch_up()
        await self.channel.dispatcher.drain()


@asynccontextmanager
async def kf_running(settings):
    """Run 微信客服; leaving stops it."""
    news = []

    async def tell(words):
        news.append(words)

    async with open_service(settings, [tell], worker="kf") as service, open_wechat(service) as channel:
        stop = asyncio.Event()
        task = asyncio.create_task(serve([channel], stop))
        try:
            yield Running(service, channel, news)
        finally:
            stop.set()
            await task
