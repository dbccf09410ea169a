"""`shenbao serve`: what the settings name runs in one process over one database."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import httpx
import pytest

from bot.channels.wechat.kf_reading import conversation
from bot.errors import StartupError
from bot.settings import Settings
from bot.store.store import Store
from tests.emulator.server import Emulator
from tests.kf_server import ACCOUNT, CORP, SECRET, KfServer, until
from tests.page import browsing

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0


async def _until_open(url):
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient() as client:
        while True:
            try:
                return await client.get(url + "healthz")
            except httpx.TransportError:
                await asyncio.sleep(0.05)


async def _started(*arguments, **environment):
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "SHENBAO_TODAY": "2024-02-05", **environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def _ends(process, number):
    process.send_signal(number)
    return await asyncio.wait_for(process.wait(), PATIENCE)


async def test_telegram_and_the_page_run_over_one_database(tmp_path, unused_tcp_port):
    """Each answers its own applicants; SIGTERM ends both, and both conversations are in the database."""
    url = f"http://127.0.0.1:{unused_tcp_port}/"
    async with Emulator() as server:
        process = await _started(
            "serve",
            TELEGRAM_BOT_TOKEN=server.token,
            TELEGRAM_API_URL=server.url,
            SHENBAO_DATA=str(tmp_path),
            SHENBAO_WEB_PORT=str(unused_tcp_port),
        )
        try:
            await _until_open(url)
            phone = server.phone(7)
            phone.types("/start")
            assert "申报助手" in (await phone.hears()).text
            async with browsing(url) as browser:
                await browser.press("开始填表")
                assert "申报单位全称" in browser.said
            phone.types("什么时候截止？")
            assert "2月19日" in (await phone.hears()).text
        finally:
            assert await _ends(process, signal.SIGTERM) == 0
    store = await Store.open(tmp_path / "shenbao.db")
    assert {key.destiny for key in await store.conversations()} == {"default", "web"}
    await store.close()


async def test_nothing_set_is_told(tmp_path):
    """Where there is no channel to run, what to set is said."""
    from bot.commands.serve import run_all  # noqa: PLC0415

    with pytest.raises(StartupError, match="SHENBAO_WEB_PORT"):
        await run_all(Settings(data=tmp_path, _env_file=None))


async def test_what_was_posted_survives_a_kill(tmp_path, unused_tcp_port):
    """A form acknowledged just before kill -9 is answered by the next process, once."""
    url = f"http://127.0.0.1:{unused_tcp_port}/"
    arguments = ("web", "--port", str(unused_tcp_port), "--data", str(tmp_path))
    process = await _started(*arguments)
    await _until_open(url)
    async with browsing(url) as browser:
        await browser.press("开始填表")
        for number in range(3):
            hidden = {one.get("name"): one.get("value") for one in browser.form("compose").iter("input")}
            form = {"token": hidden["token"], "text": f"第{number}协会", "once": f"s{number}", "live": "1"}
            answer = await browser.client.post(url + "post", data=form, headers={"X-Script": "1"})
            assert answer.status_code == 204
            await _ends(process, signal.SIGKILL)
            process = await _started(*arguments)
            await _until_open(url)
            await browser.client.post(url + "post", data=form, headers={"X-Script": "1"})  # the browser tries again
            async with asyncio.timeout(PATIENCE):
                while len(browser.mine) < number + 2:
                    await browser.open()
        assert browser.mine == ["开始填表", "第0协会", "第1协会", "第2协会"]
    await _ends(process, signal.SIGTERM)


async def test_wechat_killed_in_mid_reading_loses_and_doubles_nothing(tmp_path):
    """Pages of two messages, kill -9 after the first answers: each message is in the journal once, in its order."""
    async with KfServer() as server:
        server.page, phone = 2, server.phone("wmA")
        environment = {
            "SHENBAO_WECHAT_CORP_ID": CORP,
            "SHENBAO_WECHAT_SECRET": SECRET,
            "SHENBAO_WECHAT_ACCOUNT": ACCOUNT,
            "SHENBAO_WECHAT_API_URL": server.url,
            "SHENBAO_DATA": str(tmp_path),
            "SHENBAO_PAGES": "false",
        }
        for number in range(9):
            phone.types(f"第{number}协会")
        process = await _started("wechat", **environment)
        await until(phone.got)
        await _ends(process, signal.SIGKILL)
        phone.types("又一协会")  # also renews what may be sent
        process = await _started("wechat", **environment)
        store = await Store.open(tmp_path / "shenbao.db")
        key = conversation(ACCOUNT, "wmA")
        async with asyncio.timeout(PATIENCE):
            while len(await store.journal(key)) < 10:  # noqa: ASYNC110 - another process writes
                await asyncio.sleep(0.05)
        assert await _ends(process, signal.SIGTERM) == 0
        said = [entry.event.text for entry in await store.journal(key)]
        await store.close()
        assert said == [*(f"第{number}协会" for number in range(9)), "又一协会"]
        assert len({one["msgid"] for one in phone.got()}) == len(phone.got())
