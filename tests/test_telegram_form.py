"""The main job over real HTTP: from /start to the bytes of the Word form, through the whole program."""

import pytest

from dialogs.document.read_form import read_form
from dialogs.pack_cache import template_of
from knowledge.loading.pack_folder import PACKS, load_pack
from tests.application import ANSWERS, STORY
from tests.emulator.server import Emulator
from tests.messenger import messenger, settings_for


@pytest.fixture
async def server():
    async with Emulator() as running:
        yield running


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
    async with messenger(settings_for(server, tmp_path, pages=False)):
        phone.types("/start")
        await phone.hears_until("截止")
        phone.presses("开始填表")
        sent = await _answer(phone, labels, ["unit_name", "fill_date", "project_name"])

        await _until_asked(phone, labels, "period")
        phone.types("什么时候截止？")
        answer = await phone.hears()
        assert "2024年2月19日" in answer.text
        assert "起止时间" in answer.text
        phone.types(ANSWERS["period"])

        await _until_asked(phone, labels, "category")
        phone.presses("互联网+教育发展")
        await _answer(phone, labels, ["participants", "beneficiaries"])
        await _until_asked(phone, labels, "reach")
        phone.edits(sent["project_name"], "山里的直播课堂")
        await phone.hears_until("山里的直播课堂")

    async with messenger(settings_for(server, tmp_path, pages=False)):  # the process was restarted; the draft goes on
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
    pack = load_pack(PACKS / "anhui-2024")
    found = read_form(content, pack.form, template_of(pack))
    assert found["unit_name"] == ANSWERS["unit_name"]
    assert found["project_name"] == "山里的直播课堂"
    assert found["description"] == STORY
    assert "ahwxb2020@126.com" in document.text
    assert phone.unread() == 0


async def test_what_cannot_be_read_puts_the_question_again(server, tmp_path):
    """A sticker in the middle of the form: why it is no answer, and what was asked, in one message."""
    phone = server.phone(7)
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
    async with messenger(settings_for(server, tmp_path)):
        phone.types("开始填表")
        await phone.hears()
        phone.sends(sticker=sticker | {"is_animated": False, "is_video": False})
        heard = (await phone.hears()).text
    assert "表情我看不懂" in heard
    assert "申报单位全称" in heard
