"""Everything for the envelope over real HTTP: screenshots in, pages shown, one zip with everything back."""

import io
import shutil
import zipfile

import pytest

from dialogs.message_texts import say
from tests.application import BLOCK, LINKS, STORY
from tests.drawing import drawn
from tests.emulator.server import Emulator
from tests.messenger import messenger, settings_for

CHECKLIST, DRAFT = say("package.checklist_name"), say("package.draft_name")


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


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
    async with messenger(settings_for(server, tmp_path, pages=False)):
        await to_the_links(phone)
        phone.shoots(drawn(1))
        await phone.hears_until("截图收到了")
        phone.types("\n".join(LINKS))
        await phone.hears_until("还缺清晰截图")

    async with messenger(settings_for(server, tmp_path, pages=False)):
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
    async with messenger(settings_for(server, tmp_path, pages=True)):
        await to_the_links(phone)
        phone.presses("跳过")
        await phone.hears_until("核对")
        await to_the_document(phone)
        assert "打印出来的样子" in (await phone.hears()).text
