"""The office's page over real HTTP, without scripts: who gets in, applications handed in, and what becomes of them."""

import asyncio
import io
import shutil
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from bot.channels.service import open_service
from bot.channels.serving import serve
from bot.channels.web.web_channel import open_page
from bot.commands.office_link import end_links
from bot.office.pages import application_pages
from bot.office.pages.sign_in import COOKIE, SignIn
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import FiledSubmission, Registration, Text
from tests.application import ANSWERS
from tests.office_desk import clerk, finish_form, sign_in
from tests.page import browsing, page_settings, running_page

NUMBER = "anhui-2024-0001"


@pytest.fixture
def settings(tmp_path, request):
    """Give the settings of an installation; where there is an applicant, one that holds what is handed in."""
    if "applicant" in request.fixturenames:
        shutil.copytree(request.getfixturevalue("handed_in")[0], tmp_path, dirs_exist_ok=True)
    return page_settings(tmp_path)


@pytest.fixture
async def url(settings):
    async with running_page(settings) as address:
        yield address


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """Fill a form and hand it in, once: the folder it is in, and the applicant's cookies."""
    folder = tmp_path_factory.mktemp("office")
    return folder, asyncio.run(_hand_in(folder))


async def _hand_in(folder):
    async with running_page(page_settings(folder)) as address, browsing(address) as browser:
        await finish_form(browser)
        await browser.press("提交申报")
        return dict(browser.client.cookies)


@pytest.fixture
async def applicant(url, handed_in):
    """Somebody whose application is handed in."""
    async with browsing(url, cookies=handed_in[1]) as browser:
        yield browser


# ---- who gets in


async def test_nobody_sees_anything_without_a_link(url):
    """Every page asks for one; what it would show is not there."""
    async with browsing(url) as browser:
        for path in (
            "office",
            "office/",
            "office/applications",
            "office/application?number=1",
            "office/applications.zip",
        ):
            said = await browser.open(path)
            assert browser.answer.status_code == 401
            assert "请用管理员给您的链接进入" in said


async def test_a_link_lets_one_person_in_once(url, settings):
    """Loading it does nothing, for messengers look at what is sent; the button enters; it does so no second time."""
    async with browsing(url) as browser, browsing(url) as other:
        link = await sign_in(browser, settings)
        assert "王敏 · 可修改" in await browser.open("office/applications")
        cookie = next(one for one in browser.client.cookies.jar if one.name == COOKIE)
        assert cookie.has_nonstandard_attr("HttpOnly")
        await other.open(link)
        assert "这个链接用过了" in await other.press("进入")
        assert "请用管理员给您的链接进入" in await other.open("office/applications")


async def test_a_link_or_cookie_of_ones_own_making_opens_nothing(url, settings):
    """Neither a changed signature, nor a link in place of a cookie."""
    async with browsing(url) as browser:
        link = await sign_in(browser, settings)
        for made_up in ("", "x", "0" * 32 + "." + "0" * 64, link.rpartition("=")[2]):
            browser.client.cookies.clear()
            browser.client.cookies.set(COOKIE, made_up)
            await browser.open("office/applications")
            assert browser.answer.status_code == 401


async def test_links_and_cookies_end(database_url):
    """A link after a day, a cookie after two weeks."""
    now = [1_700_000_000.0]
    store = await Store.open(database_url, clock=lambda: now[0])
    doors = SignIn(store.office, b"s" * 32)
    early, late = await doors.give_link("甲", "read"), await doors.give_link("乙", "edit")
    _, cookie = await doors.open_link(early)
    assert (await doors.member(cookie, now[0])).role == "read"
    assert await doors.member(cookie, now[0] + 15 * 86400) is None
    now[0] += 25 * 3600
    assert await doors.open_link(late) is None
    await store.close()


async def test_who_signs_out_is_out_everywhere(url, settings):
    """The cookie is worth nothing any more, wherever it was copied to."""
    async with clerk(url, settings) as browser:
        kept = browser.client.cookies.get(COOKIE)
        assert "已退出" in await browser.press("退出")
        browser.client.cookies.set(COOKIE, kept)
        await browser.open("office/applications")
        assert browser.answer.status_code == 401


async def test_all_of_a_persons_links_can_be_ended(url, settings):
    """Whoever left the office is out at once, and a link not used yet lets nobody in; others stay."""
    async with clerk(url, settings) as browser, browsing(url) as other:
        await sign_in(other, settings, name="李梅")
        assert "已作废王敏的1个链接" in await end_links(settings, "王敏")
        await browser.open("office/applications")
        assert browser.answer.status_code == 401
        await other.open("office/applications")
        assert other.answer.status_code == 200


@pytest.mark.usefixtures("applicant")
async def test_a_form_from_elsewhere_is_not_taken(url, settings):
    """Without the token of our own page nothing changes."""
    async with clerk(url, settings) as browser:
        posted = {"number": NUMBER, "status": "recommended", "token": "x"}
        answer = await browser.client.post(f"{url}office/decide", data=posted)
        assert answer.status_code == 403
        assert "已提交" in await browser.open(f"office/application?number={NUMBER}")


@pytest.mark.usefixtures("applicant")
async def test_who_may_read_changes_nothing(url, settings):
    """No form is shown, and one made by hand is refused."""
    async with clerk(url, settings, role="read") as browser:
        await browser.open(f"office/application?number={NUMBER}")
        assert "退回补正" not in browser.buttons
        token = browser.doc.xpath("//input[@name='token']/@value")[0]
        posted = {"number": NUMBER, "status": "recommended", "token": token}
        answer = await browser.client.post(f"{url}office/decide", data=posted)
        assert answer.status_code == 403
        assert "只能看" in answer.text


# ---- applications


async def test_an_application_is_in_the_list_with_the_packs_own_columns(url, settings, applicant):
    """Number, what identifies it, contacts, status, time, channel; found by any word of it."""
    assert NUMBER in applicant.said
    async with clerk(url, settings) as browser:
        shown = await browser.open("office/applications")
        for words in (
            NUMBER,
            ANSWERS["project_name"],
            ANSWERS["unit_name"],
            "芜湖市委网信办",
            "0553-5550101",
            "申报页面",
        ):
            assert words in shown
        assert NUMBER in await browser.open("office/applications?q=直播课+林晓&status=submitted")
        assert NUMBER not in await browser.open("office/applications?q=别的项目")
        assert NUMBER not in await browser.open("office/applications?status=returned")


async def test_a_long_list_comes_page_by_page(url, settings, applicant, monkeypatch):
    """A number that is no page leads to the nearest; export and search go over all of it."""
    assert NUMBER in applicant.said
    monkeypatch.setattr(application_pages, "ON_PAGE", 1)
    one = await _listed_twice(settings)
    async with clerk(url, settings) as browser:
        assert one in await browser.open("office/applications")
        assert "第1页，共2页" in browser.doc.text_content()
        assert NUMBER in await browser.open("office/applications?page=2")
        for wrong in ("0", "-1", "x", "９", "999"):
            await browser.open(f"office/applications?page={wrong}")
            assert browser.answer.status_code == 200
        answer = await browser.client.get(f"{url}office/applications.xlsx")
        assert load_workbook(io.BytesIO(answer.content)).active.max_row == 3


async def _listed_twice(settings):
    """Hand in the same once more for another applicant; gives its number."""
    store = await Store.open(settings.database)
    key = StorageKey(bot_id=-2, chat_id=9, user_id=9, destiny="wechat")
    await store.receive([Inbound("again", key, Text(text="x"))])
    filed = FiledSubmission(draft="1", pack_id="anhui-2024", identity={})
    wish = Registration(change="submit", draft="1", on=date(2024, 2, 5), filed=filed)
    async with store.turn(key) as tx:
        receipts = await tx.register(wish)
        tx.save(Result("Form:menu", {"a": 1}, []))
    await store.close()
    return receipts["1"].number


async def test_the_document_and_everything_packed_can_be_had(url, settings, applicant):
    """The same bytes the applicant was given; nobody else's are there."""
    own = (await applicant.client.get(url + [link for link in applicant.links if link.endswith(".docx")][-1])).content
    async with clerk(url, settings) as browser:
        docx = await browser.client.get(f"{url}office/file?number={NUMBER}&what=docx")
        assert docx.content == own
        packed = await browser.client.get(f"{url}office/file?number={NUMBER}&what=package")
        assert any(name.endswith(".docx") for name in zipfile.ZipFile(io.BytesIO(packed.content)).namelist())
        assert (await browser.client.get(f"{url}office/file?number=x&what=docx")).status_code == 404


async def test_a_decision_reaches_the_applicant(url, settings, applicant):
    """In the conversation, with the note; 我的申报 says it too; the page keeps who did it."""
    async with clerk(url, settings) as browser:
        await browser.open(f"office/application?number={NUMBER}")
        form = next(form for form in browser.doc.forms if "note" in form.fields)
        await browser._send(form, {"status": "returned"})
        assert "请写明要补什么" in browser.doc.text_content()
        form = next(form for form in browser.doc.forms if "note" in form.fields)
        await browser._send(form, {"status": "returned", "note": "请补上项目负责人职务"})
        shown = browser.doc.text_content()
        assert "已记下，并通知申报人" in shown
        assert "王敏　退回补正：请补上项目负责人职务" in shown
    await applicant.type("我的申报")
    log = applicant.doc.text_content()
    assert "您的申报需要补正" in log
    assert "退回补正，请按主办单位的话修改后再交一版" in applicant.said
    assert "请补上项目负责人职务" in applicant.said


async def test_a_newer_version_counts_and_a_withdrawn_one_is_marked(url, settings, applicant):
    """The number stays; taken back, it is not decided on any more."""
    await applicant.press("再交一版")
    assert f"第2版），以这份为准，受理号不变：{NUMBER}" in applicant.said
    async with clerk(url, settings) as browser:
        assert "已提交（第2版）" in await browser.open("office/applications")
        await applicant.press("撤回申报")
        await applicant.press("确定撤回")
        assert "已撤回" in applicant.said
        shown = await browser.open(f"office/application?number={NUMBER}")
        assert "已撤回" in shown
        assert "退回补正" not in browser.buttons
    await applicant.press("提交申报")
    assert "anhui-2024-0002" in applicant.said


async def test_what_was_recommended_stays(url, settings, applicant):
    """The applicant is told whom to turn to."""
    async with clerk(url, settings) as browser:
        await browser.open(f"office/application?number={NUMBER}")
        await browser.press("推荐")
    await applicant.press("再交一版")
    assert "主办单位已经推荐，不能在这里改或撤回" in applicant.said


@pytest.mark.usefixtures("applicant")
async def test_all_of_them_as_a_sheet_and_as_one_zip(url, settings):
    """Every field of the form is a column; nothing typed becomes a formula."""
    async with clerk(url, settings) as browser:
        sheet = await browser.client.get(f"{url}office/applications.xlsx")
        rows = list(load_workbook(io.BytesIO(sheet.content)).active.iter_rows())
        assert rows[1][0].value == NUMBER
        assert ANSWERS["project_name"] in [cell.value for cell in rows[1]]
        assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
        packed = await browser.client.get(f"{url}office/applications.zip")
        names = zipfile.ZipFile(io.BytesIO(packed.content)).namelist()
        assert any(name.startswith(f"{NUMBER} ") and name.endswith(".docx") for name in names)
        assert any(name.endswith(".xlsx") for name in names)


async def test_who_has_everything_erased_leaves_a_number(url, settings, applicant):
    """And nothing else; the number is not given again."""
    await applicant.type("删除我的资料")
    await applicant.press("全部删除")
    async with clerk(url, settings) as browser:
        shown = await browser.open(f"office/application?number={NUMBER}")
        assert "只保留受理号" in shown
        assert ANSWERS["project_name"] not in await browser.open("office/applications")
        assert (await browser.client.get(f"{url}office/file?number={NUMBER}&what=docx")).status_code == 404


async def test_staff_are_told_of_what_is_handed_in(settings):
    """By whatever channel reaches them: the number and what identifies it."""
    told = []

    async def speak(news):
        told.append(news)

    async with open_service(settings, [speak], worker="web") as service, open_page(service) as (channel, url):
        stop = asyncio.Event()
        task = asyncio.create_task(serve([channel], stop))
        async with browsing(url) as browser:
            await finish_form(browser)
            await browser.press("提交申报")
        stop.set()
        await task
    about = ["项目名称：山里的直播课", "申报单位全称：皖南青年志愿者协会"]
    assert told[0].splitlines()[:3] == [f"新的申报：受理号 {NUMBER}", *about]
