"""The applicants' page over real HTTP, without scripts: the form, questions, changes, files, and who may see what."""

import asyncio
import io
import re
from pathlib import Path
from string import Formatter
from urllib.parse import unquote

import docx2txt
import httpx
import pytest
from jinja2 import nodes

from bot.channels.web import pages
from bot.channels.web.identity import COOKIE, Identities
from bot.messages import say, texts
from tests.application import ANSWERS, STORY
from tests.page import PNG, browsing, page_settings, running_page

PACKS_OF_TESTS = Path(__file__).parent / "packs"


@pytest.fixture
def settings(tmp_path):
    return page_settings(tmp_path)


@pytest.fixture
async def url(settings):
    async with running_page(settings) as address:
        yield address


@pytest.fixture
async def browser(url):
    async with browsing(url) as opened:
        yield opened


async def fill_in(browser, upto=None):
    """Answer field after field, up to one (not answered)."""
    await browser.press("开始填表")
    for key in ANSWERS:
        if key == upto:
            return
        if key == "contact_applicant":
            await browser.press("否")
        if key == "participants":
            await browser.press("教育发展")
        await browser.type(ANSWERS[key])
        if key == "contact_recommender":
            await browser.type(STORY)
            if "发完了" in " ".join(browser.buttons):
                await browser.press("发完了")


async def test_whole_form_is_filled_without_a_script(browser):
    """From the first page to the Word file, by plain forms only; the file is the applicant's answers."""
    await fill_in(browser)
    for _ in range(12):
        for label in ("确认，就这样填", "确认无误", "同意"):
            if any(label in button for button in browser.buttons):
                await browser.press(label)
                break
    found = [link for link in browser.links if link.endswith(".docx")]
    assert found, browser.said
    answer = await browser.client.get(browser.url + found[-1])
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    name = unquote(re.search(r"filename\*=UTF-8''(\S+)", answer.headers["content-disposition"])[1])
    assert name.startswith(f"{ANSWERS['project_name']}+")
    assert STORY in docx2txt.process(io.BytesIO(answer.content))
    assert name in await browser.open("files")


async def test_question_in_the_middle_is_answered_with_its_clause(browser):
    """And the field is still asked."""
    await fill_in(browser, upto="period")
    await browser.type("什么时候截止？")
    assert "2月19日" in browser.said
    assert browser.doc.xpath("//details[not(contains(@class,'attach'))]//summary")
    await browser.type(ANSWERS["period"])
    assert "起止时间" in await browser.open("review")


async def test_an_answer_is_changed_from_the_list(browser):
    """One tap on a task leads to its field; 核对 shows what is held now."""
    await fill_in(browser, upto="period")
    await browser.open("tasks")
    assert "✓" not in browser.doc.text_content()  # marks are the style sheet's, words are for the ear
    await browser.press("项目名称")
    await browser.type("山里的新课堂")
    assert "山里的新课堂" in await browser.open("review")
    assert "已填 3/" in browser.doc.text_content()


async def test_what_was_pressed_is_shown_by_its_name_and_old_buttons_go(browser):
    """The applicant sees what they chose; only the buttons of the latest question are offered."""
    await browser.press("开始填表")
    assert browser.mine == ["开始填表"]
    assert "开始填表" not in browser.buttons


async def test_markup_in_an_answer_is_only_text(browser):
    """Nothing typed becomes part of the page."""
    await browser.press("开始填表")
    await browser.type("<script>alert(1)</script><b>协会</b>")
    assert not browser.doc.xpath("//main//script | //b")
    assert "<script>alert(1)</script>" in browser.mine[-1]


async def test_pages_are_for_one_person_and_load_nothing_from_elsewhere(browser):
    """Headers forbid keeping, framing and everything that is not ours; no address leads away."""
    for path in ("", "tasks", "review", "files", "device", "nowhere", "file/x/y"):
        await browser.open(path)
        headers = browser.answer.headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert not [one for one in browser.doc.xpath("//@href | //@src | //@action") if "://" in one]
        assert not browser.doc.xpath("//@onclick | //@style | //script[not(@src)] | //style")
        styles = browser.doc.xpath("//link/@href")
        assert (await browser.client.get(browser.answer.url.join(styles[0]))).status_code == 200
    async with httpx.AsyncClient() as stranger:
        cookie = (await stranger.get(browser.url)).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


async def test_cookie_is_secure_where_the_address_is(tmp_path):
    """Behind a proxy with https the cookie never travels in the clear."""
    async with running_page(page_settings(tmp_path, public_url="https://a.example")) as url, httpx.AsyncClient() as one:
        assert "Secure" in (await one.get(url)).headers["set-cookie"]


async def test_forged_cookie_opens_nothing(browser, url):
    """A number without our signature is a stranger's, whoever's number it is."""
    await browser.press("开始填表")
    await browser.type("皖南青年志愿者协会")
    number = browser.client.cookies[COOKIE].partition(".")[0]
    for forged in (f"{number}.{'0' * 32}", number, f"{number}.", "x" * 4000, f"-{number}.1"):
        async with httpx.AsyncClient(headers={"Cookie": f"{COOKIE}={forged}"}) as other:
            assert "皖南" not in (await other.get(url)).text


async def test_form_of_another_browser_is_refused_and_its_words_kept(browser, url):
    """Without the token of this browser nothing is taken; what was typed can be sent again."""
    async with browsing(url) as other:
        token = other.doc.xpath("//input[@name='token']/@value")[0]
    answer = await browser.client.post(url + "post", data={"text": "悄悄填的", "token": token, "seen": "0"})
    assert answer.status_code == 403
    browser._shown(answer)
    assert browser.typed == "悄悄填的"
    assert not browser.mine
    await browser.type("什么时候截止？")
    assert browser.mine == ["什么时候截止？"]


async def test_file_of_another_applicant_is_not_there(browser, url):
    """Its address alone opens nothing."""
    await browser.upload(("证明.png", PNG))
    await browser.open()
    assert (await browser.client.get(url + browser.links[0])).content == PNG
    async with browsing(url) as other:
        assert (await other.client.get(url + browser.links[0])).status_code == 404


async def test_two_tabs_do_not_answer_twice_nor_the_wrong_field(browser, url):
    """The same form sent from two tabs is one answer; words from a page left behind are given back, not stored."""
    await browser.press("开始填表")
    async with browsing(url) as other:
        other.client.cookies = browser.client.cookies
        await other.open()
        await browser.type(ANSWERS["unit_name"])
        await other.type(ANSWERS["unit_name"])
        assert other.mine.count(ANSWERS["unit_name"]) == 1
        await browser.open()
        stale = await browser.client.get(url)
        await other.type(ANSWERS["fill_date"])
        browser._shown(stale)
        await browser.type("别的协会")
        assert browser.answer.status_code == 409
        assert browser.typed == "别的协会"
        assert "别的协会" not in browser.mine


async def test_restart_in_the_middle_loses_nothing(settings):
    """The cookie, the answers and what was said are there when the server comes back."""
    async with running_page(settings) as url, browsing(url) as browser:
        await fill_in(browser, upto="project_name")
        cookies, said = browser.client.cookies, browser.said
    async with running_page(settings) as url, browsing(url, cookies=cookies) as browser:
        await browser.open()
        assert browser.said == said
        await browser.type(ANSWERS["project_name"])
        assert ANSWERS["project_name"] in await browser.open("review")


async def test_another_device_goes_on_with_a_code_once(browser, url):
    """The code leads to the same conversation, and only the first who types it."""
    await browser.press("开始填表")
    await browser.type(ANSWERS["unit_name"])
    await browser.open("device")
    await browser.press(say("web.device_get"))
    code = browser.form("code").text
    async with browsing(url) as other, browsing(url) as third:
        await other.open("device")
        await other.fill("code", code.lower())
        assert ANSWERS["unit_name"] in other.mine
        await other.type(ANSWERS["fill_date"])
        await third.open("device")
        assert say("web.device_wrong") in await third.fill("code", code)
    await browser.open()
    assert ANSWERS["fill_date"] in browser.mine


async def test_guessing_codes_is_slowed(browser):
    """After ten tries an address waits."""
    await browser.open("device")
    for _ in range(10):
        await browser.fill("code", "AAAAAAAA")
    await browser.fill("code", "AAAAAAAA")
    assert browser.answer.status_code == 429


async def test_too_much_is_refused_with_words(browser):
    """A text that is too long, a file that is too large, a burst that never ends."""
    await browser.type("长" * 20_001)
    assert browser.answer.status_code == 413
    assert say("web.too_long", most=20_000) == browser.notice
    await browser.upload(("大.docx", b"x" * (21 * 1024 * 1024)))
    assert browser.answer.status_code == 413
    assert not browser.mine
    for number in range(40):
        await browser.type(f"第{number}句")
    assert browser.answer.status_code == 429
    assert browser.typed == "第39句"


async def test_file_of_somebody_without_a_cookie_is_not_even_read(url):
    """A large body from nowhere costs nothing."""
    async with httpx.AsyncClient() as stranger:
        answer = await stranger.post(url + "post", files={"files": ("x.docx", b"x" * 2_000_000)})
    assert answer.status_code == 413


async def test_erased_applicant_starts_anew(browser):
    """After 删除我的资料 nothing of what was said is shown, nor kept."""
    await browser.press("开始填表")
    await browser.type(ANSWERS["unit_name"])
    await browser.type("删除我的资料")
    await browser.press("全部删除")
    assert ANSWERS["unit_name"] not in browser.doc.text_content()
    assert ANSWERS["unit_name"] not in await browser.open("review")


async def lines_of(client, url, after=None, **headers):
    """Listen to the stream until it is silent for a while; gives (id, html) of what came."""
    events, lines = [], []
    query = {} if after is None else {"after": after}
    async with client.stream("GET", url + "stream", params=query, headers=headers) as answer:
        source = answer.aiter_lines()
        while True:
            try:
                line = await asyncio.wait_for(anext(source), 1.0)
            except TimeoutError:
                return events
            if line:
                lines.append(line)
            elif lines:
                ids = [one[4:] for one in lines if one.startswith("id: ")]
                said = "\n".join(one[6:] for one in lines if one.startswith("data: "))
                events += [(int(one), said) for one in ids]
                lines = []


async def test_stream_goes_on_exactly_from_the_last_serial(browser, url):
    """What was said while the line was cut comes once, in order, after the serial the browser names."""
    await browser.press("开始填表")
    for key in ("unit_name", "fill_date", "project_name"):
        await browser.type(ANSWERS[key])
    everything = await lines_of(browser.client, url)
    serials = [serial for serial, _ in everything]
    assert serials == sorted(set(serials))
    assert len(serials) == 4
    for number, serial in enumerate(serials):
        again = await lines_of(browser.client, url, **{"Last-Event-ID": str(serial)})
        assert [one for one, _ in again] == serials[number + 1 :]
    assert ANSWERS["unit_name"] in everything[1][1]


async def test_open_lines_of_one_person_are_few(browser, url):
    """The seventh is refused; others are served."""
    async with httpx.AsyncClient(cookies=browser.client.cookies) as client:
        held = [await client.send(client.build_request("GET", url + "stream"), stream=True) for _ in range(6)]
        assert (await client.get(url + "stream")).status_code == 429
        for one in held:
            await one.aclose()


def test_cookies_of_two_installations_differ() -> None:
    """A cookie signed with another secret is nobody's."""
    visitor = Identities(b"one").stranger()
    assert Identities(b"one").recognised(Identities(b"one").cookie(visitor)) == visitor
    assert Identities(b"two").recognised(Identities(b"one").cookie(visitor)) is None
    assert visitor.key.bot_id < 0


def test_every_sentence_of_the_templates_exists_and_gets_its_parts() -> None:
    """No key of a slip of the pen; one made up of two pieces names a group there is."""
    environment = pages._templates()
    groups = {key.partition(".")[0] for key in texts()}
    for name in environment.list_templates():
        source, _, _ = environment.loader.get_source(environment, name)
        for call in environment.parse(source).find_all(nodes.Call):
            if getattr(call.node, "name", "") != "say":
                continue
            if isinstance(call.args[0], nodes.Const):
                key, given = call.args[0].value, {one.key for one in call.kwargs}
                assert {part for _, part, _, _ in Formatter().parse(texts()[key]) if part} == given, key
            else:
                assert call.args[0].left.value.rstrip(".") in groups


@pytest.mark.parametrize("pack", sorted(path.name for path in PACKS_OF_TESTS.iterdir() if path.is_dir()))
async def test_any_call_is_shown(tmp_path, pack):
    """The page knows no form: a call with tables, derived values and conditions is listed and reviewed as well."""
    settings = page_settings(tmp_path, packs=PACKS_OF_TESTS, pack=pack)
    async with running_page(settings) as url, browsing(url) as browser:
        await browser.press("开始填表")
        for _ in range(3):
            await browser.type("先空着")
        for path in ("tasks", "review", "files"):
            await browser.open(path)
            assert browser.answer.status_code == 200
        assert browser.doc.xpath("//nav")
