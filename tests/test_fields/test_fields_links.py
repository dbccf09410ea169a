"""Links to reports."""

import pytest

from tests.test_fields.conftest import Answer

ONE = ["https://news.example.org/n/5.html"]
TAKEN = {
    "https://news.example.org/n/5.html—白鹭网": ONE,
    "https://news.example.org/n/5.html": ONE,
    "报道链接：https://news.example.org/n/5.html": ONE,
    "详见https://news.example.org/n/5.html，谢谢": ONE,
    "“https://news.example.org/n/5.html”": ONE,
    "（https://news.example.org/n/5.html）": ONE,
    "<https://news.example.org/n/5.html>": ONE,
    "[晨报](https://news.example.org/n/5.html)": ONE,
    '<a href="https://news.example.org/n/5.html">晨报</a>': ONE,
    "https：//news.example.org/n/5.html": ONE,
    "ｈｔｔｐｓ：／／ｎｅｗｓ．ｅｘａｍｐｌｅ．ｏｒｇ／ｎ／５．ｈｔｍｌ": ONE,
    "https://news.example.org/n/5.html（晨报）": ONE,
    "https://news.example.org/n/5.html 晨报": ONE,
    "news.example.org/n/5.html": ONE,
    "https://a.example.org/1，https://a.example.org/2": ["https://a.example.org/1", "https://a.example.org/2"],
    "1. https://a.example.org/1\n2. https://a.example.org/2": ["https://a.example.org/1", "https://a.example.org/2"],
    "https://a.example.org/1https://a.example.org/2": ["https://a.example.org/1", "https://a.example.org/2"],
    "https://a.example.org/1\nhttps://a.example.org/1": ["https://a.example.org/1"],
    "https://a.example.org/x?u=https://b.example.org/y&t=(1)": [
        "https://a.example.org/x?u=https://b.example.org/y&t=(1)"
    ],
    "https://a.example.org/item/乡村课堂": ["https://a.example.org/item/乡村课堂"],
    "HTTP://A.Example.org:8080/X": ["HTTP://A.Example.org:8080/X"],
    "www.example.org/n": ["https://www.example.org/n"],
    "https://tick.example.org/ask?k=Kk": ["https://tick.example.org/ask?k=Kk"],
    "WWW.Example.org/Kick": ["https://WWW.Example.org/Kick"],
}


@pytest.mark.parametrize(("text", "urls"), TAKEN.items())
def test_addresses_are_found_in_whatever_surrounds_them(answer: Answer, text: str, urls: list[str]) -> None:
    """Sentences, quotes, Markdown, HTML, lists, full-width letters, none of it in the address."""
    outcome = answer("media_links", text)
    assert outcome.kind == "accept"
    assert outcome.value == urls


def test_titles_stay_beside_their_links_one_a_line(answer: Answer) -> None:
    """The document shows both."""
    outcome = answer("media_links", "晨报《云上的课》：https://a.example.org/1；[晚报](https://a.example.org/2)")
    assert outcome.display == "晨报《云上的课》 https://a.example.org/1\n晚报 https://a.example.org/2"


def test_links_come_with_a_word_about_screenshots(answer: Answer) -> None:
    """四.2 wants both."""
    outcome = answer("media_links", ONE[0])
    assert "截图" in outcome.message
    assert outcome.clause == "四.2"


@pytest.mark.parametrize("text", ["无", "没有媒体报道", "暂无链接。", "/", "跳过"])
def test_no_links_is_an_answer(answer: Answer, text: str) -> None:
    """The field is optional."""
    outcome = answer("media_links", text)
    assert (outcome.kind, outcome.value, outcome.display, outcome.message) == ("accept", [], "", None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("晨报报道过", "没有看到网址"),
        ("editor@example.org", "没有看到网址"),
        ("待补充", "没有看到网址"),
        ("😀", "没有看到网址"),
        ("javascript:alert(1)", "javascript"),
        ("data:text/html,x", "data"),
        ("ftp://example.org/a", "ftp"),
        ("htp://example.org/a", "htp"),
        ("file:///etc/hosts", "file"),
        ("https://a.example.org/1 javascript:alert(1)", "javascript"),
        ("http://", "域名"),
        ("http://...", "域名"),
        ("http://intranet/a", "域名"),
        ("https//example.org", "域名"),
    ],
)
def test_what_is_no_web_address_is_refused_with_the_reason(answer: Answer, text: str, said: str) -> None:
    """No address, another kind of address, none that leads anywhere."""
    outcome = answer("media_links", text)
    assert outcome.kind == "reject"
    assert said in outcome.message
