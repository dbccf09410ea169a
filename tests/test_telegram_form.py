"""The main job over real HTTP: from /start to the bytes of the Word form, through the whole program."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.settings import Settings
from bot.telegram.opening import open_shell
from bot.telegram.polling import poll
from bot.telegram.serving import serve
from dialogs.document.recognise import read_form
from knowledge.pack import PACKS, load_pack
from tests.emulator import Emulator

STORY = (
    "项目目标是让山里的孩子学会用网。主要内容是志愿者通过直播平台每周开两堂课。"
    "三年来开课300堂，覆盖40所学校，网络传播量800万次，社会反响良好。"
    "例如某小学的小林同学，学会了自己查资料、做观察记录。"
)
ANSWERS = {
    "unit_name": "皖南青年志愿者协会",
    "fill_date": "2024年2月5日",
    "project_name": "山里的直播课",
    "period": "2021年3月至今",
    "participants": "约260人",
    "beneficiaries": "8600人",
    "reach": "800万次",
    "funds": "12.5万元",
    "funds_source": "社会捐赠和单位自筹",
    "manpower": "专职2人，志愿者80人",
    "contact_applicant": "林晓 0553-5550101",
    "contact_recommender": "芜湖市委网信办 周平 0553-5550202",
    "honors": "跳过",
    "media_links": "https://example.com/news/1",
}


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


@asynccontextmanager
async def _program(server, folder):
    settings = Settings(
        token=server.token, api_url=server.url, data=folder, today="2024-02-05", pages=False, _env_file=None
    )
    async with open_shell(settings) as shell:
        task = asyncio.create_task(serve(shell, poll(shell.bot, shell.intake.take)))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(scope="module")
def labels():
    return {field.label: field.key for field in load_pack(PACKS / "anhui-2024").form.fields}


def _asked(heard, labels):
    """Find which field a message asks for: `第4项，共18项｜起止时间`."""
    for line in heard.text.splitlines():
        place, bar, label = line.partition("｜")
        if bar and place.startswith("第"):
            return labels[label.removesuffix("（选填）")]
    return None


async def _until_asked(phone, labels, key):
    while _asked(heard := await phone.hears(), labels) != key:
        pass
    return heard


async def _answer(phone, labels, keys):
    """Answer fields one by one, each as soon as it is asked for; gives the updates sent, by field."""
    sent = {}
    for key in keys:
        await _until_asked(phone, labels, key)
        sent[key] = phone.types(ANSWERS[key])
    return sent


async def test_whole_form_from_start_to_the_word_document(server, tmp_path, labels):
    """Answers, presses, a question in between, an edit, a restart of the bot, an upload: the document is right."""
    phone = server.phone(7)
    async with _program(server, tmp_path):
        phone.types("/start")
        await phone.hears_until("截止")
        phone.presses("开始填表")
        sent = await _answer(phone, labels, ["unit_name", "fill_date", "project_name"])

        await _until_asked(phone, labels, "period")
        phone.types("什么时候截止？")
        await phone.hears_until("2024年2月19日")
        await phone.hears_until("起止时间")
        phone.types(ANSWERS["period"])

        await _until_asked(phone, labels, "category")
        phone.presses("互联网+教育发展")
        await _answer(phone, labels, ["participants", "beneficiaries"])
        await _until_asked(phone, labels, "reach")
        phone.edits(sent["project_name"], "山里的直播课堂")
        await phone.hears_until("山里的直播课堂")

    async with _program(server, tmp_path):  # the process was restarted; the draft goes on
        phone.types(ANSWERS["reach"])
        await _answer(phone, labels, ["funds", "funds_source", "manpower"])
        await _until_asked(phone, labels, "registered")
        phone.presses("否")
        await _answer(phone, labels, ["contact_applicant", "contact_recommender"])
        await _until_asked(phone, labels, "description")
        phone.uploads("简介.txt", STORY.encode())
        await _answer(phone, labels, ["honors", "media_links"])
        await phone.hears_until("核对")
        phone.presses("确认无误")
        await phone.hears_until("声明")
        phone.presses("同意")
        document = (await phone.hears_until(".docx"))[-1]

    name, content = document.file
    assert name.startswith("山里的直播课堂+芜湖市委网信办+")
    found = read_form(content, load_pack(PACKS / "anhui-2024").form)
    assert found["unit_name"] == ANSWERS["unit_name"]
    assert found["project_name"] == "山里的直播课堂"
    assert found["description"] == STORY
    assert "ahwxb2020@126.com" in document.text
    assert phone.unread() == 0
