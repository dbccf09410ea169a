"""Everything for the envelope over real HTTP: screenshots in, pages shown, one zip with everything back."""

import asyncio
import io
import shutil
import zipfile
from contextlib import asynccontextmanager

import pytest

from bot.settings import Settings
from bot.telegram.opening import open_shell
from bot.telegram.polling import poll
from bot.telegram.serving import serve
from dialogs.document.kit import CHECKLIST, DRAFT
from tests.drawing import drawn
from tests.emulator import Emulator
from tests.test_telegram_form import ANSWERS, STORY

LINKS = ("https://example.com/news/1", "https://example.com/news/2")
BLOCK = "\n".join([
    f"申报单位全称：{ANSWERS['unit_name']}",
    f"填报日期：{ANSWERS['fill_date']}",
    f"项目名称：{ANSWERS['project_name']}",
    f"起止时间：{ANSWERS['period']}",
    "项目类别：互联网+教育发展",
    f"项目参与人数：{ANSWERS['participants']}",
    f"项目受益人数：{ANSWERS['beneficiaries']}",
    f"网络传播量：{ANSWERS['reach']}",
    f"投入资金：{ANSWERS['funds']}",
    f"资金来源：{ANSWERS['funds_source']}",
    f"投入人力：{ANSWERS['manpower']}",
    "是否在民政部门备案：否",
    f"申报单位联系人：{ANSWERS['contact_applicant']}",
    f"推荐单位联系人：{ANSWERS['contact_recommender']}",
])  # fmt: skip


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@asynccontextmanager
async def program(server, folder, *, pages):
    settings = Settings(
        token=server.token, api_url=server.url, data=folder, today="2024-02-05", pages=pages, _env_file=None
    )
    async with open_shell(settings) as shell:
        task = asyncio.create_task(serve(shell, poll(shell.bot, shell.intake.take)))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def to_the_links(phone):
    """Fill everything up to the media links, in one pasted block and two answers."""
    phone.types("开始填表")
    await phone.hears_until("申报单位全称")
    phone.types(BLOCK)
    await phone.hears_until("项目简介")
    phone.types(STORY)
    await phone.hears_until("荣誉")
    phone.presses("跳过")
    await phone.hears_until("报道链接")


async def to_the_document(phone):
    phone.presses("确认无误")
    await phone.hears_until("声明")
    phone.presses("同意")
    return (await phone.hears_until(".docx"))[-1]


async def test_screenshots_go_in_and_one_zip_comes_back(server, tmp_path):
    """A photo sent with the links, one named in its caption after a restart: both lie beside the form in the kit."""
    phone = server.phone(7)
    async with program(server, tmp_path, pages=False):
        await to_the_links(phone)
        phone.shoots(drawn(1))
        await phone.hears_until("截图收到了")
        phone.types("\n".join(LINKS))
        await phone.hears_until("还缺清晰截图")

    async with program(server, tmp_path, pages=False):
        phone.uploads("第二张.png", drawn(2, kind="PNG"), caption="第2条报道的截图")
        await phone.hears_until(f"配给这篇报道：{LINKS[1]}")
        document = await to_the_document(phone)
        phone.presses("打包全部材料")
        name, content = (await phone.hears_until(".zip"))[-1].file

    assert name == document.file[0].replace(".docx", ".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.namelist() == [document.file[0], "报道截图1.jpg", "报道截图2.png", CHECKLIST, DRAFT]
        assert package.read(document.file[0]) == document.file[1]
        assert package.read("报道截图1.jpg") == drawn(1)
        assert package.read("报道截图2.png") == drawn(2, kind="PNG")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
async def test_the_pages_follow_the_document_as_a_message_of_their_own(server, tmp_path):
    """The Word file comes first; what it looks like comes when it is ready."""
    phone = server.phone(8)
    async with program(server, tmp_path, pages=True):
        await to_the_links(phone)
        phone.presses("跳过")
        await phone.hears_until("核对")
        await to_the_document(phone)
        assert "打印出来的样子" in (await phone.hears()).text
