"""Everything `shenbao serve` runs, in one process over one database, and somebody at every end of it."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager

from bot.channels.serving import serve
from bot.commands.serve import opened_channels
from bot.settings import Settings
from tests.emulator.server import Emulator
from tests.kf_server import ACCOUNT, CORP, SECRET, KfServer
from tests.office_desk import sign_in
from tests.page import Browser

STAFF = 11


class WholeOffice:
    """The office and its channels, running; `url` is the address of the page."""

    def __init__(self, stack, telegram, wechat, settings, channels):
        self.telegram, self.wechat, self.settings = telegram, wechat, settings
        self._stack, self._channels = stack, channels
        self.url = f"http://127.0.0.1:{settings.web_port}/"

    @property
    def staff(self):
        """The phone of somebody of the staff."""
        return self.telegram.phone(STAFF)

    async def browser(self, **more):
        """Give somebody at the applicants' page."""
        import httpx  # noqa: PLC0415

        client = httpx.AsyncClient(follow_redirects=True, timeout=30, **more)
        browser = Browser(self.url, await self._stack.enter_async_context(client))
        await browser.open()
        return browser

    async def clerk(self):
        """Give somebody signed in at the office's page."""
        browser = await self.browser()
        await sign_in(browser, self.settings)
        return browser

    async def wechat_settled(self):
        """Wait until all that was sent in WeChat is read, handled and answered."""
        channel = next(one for one in self._channels if one.name == "wechat")
        await channel.sync.catch_up()
        await channel.dispatcher.drain()


@asynccontextmanager
async def whole_office(folder, port, **more):
    """Run it; leaving stops it."""
    async with AsyncExitStack() as stack:
        telegram, wechat = await stack.enter_async_context(Emulator()), await stack.enter_async_context(KfServer())
        given = {"token": telegram.token, "api_url": telegram.url, "data": folder, "today": "2024-02-05"}
        given |= {"web_port": port, "pages": False, "pack": "anhui-2024", "staff_ids": frozenset({STAFF})}
        given |= {"wechat_corp_id": CORP, "wechat_secret": SECRET, "wechat_account": ACCOUNT}
        settings = Settings(**{**given, "wechat_api_url": wechat.url, **more}, _env_file=None)
        channels = await opened_channels(settings, stack)
        stop = asyncio.Event()
        task = asyncio.create_task(serve(channels, stop))
        try:
            yield WholeOffice(stack, telegram, wechat, settings, channels)
        finally:
            stop.set()
            await task
