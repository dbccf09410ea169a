"""One spelling for what applicants type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.spelling import joined, masked, tokens
from knowledge.text.normalise import simplified
from knowledge.text.pinyin import sound


def test_traditional_full_width_and_capitals_become_plain():
    """What a Taiwanese keyboard or a full-width mode writes reads like any other text."""
    assert simplified("請問ＷＯＲＤ檔案？") == "请问word档案?"


def test_politeness_is_dropped_and_synonyms_are_one():
    """「请问」 says nothing, and email is 邮箱."""
    assert joined("请问email") == joined("邮箱") == "邮箱"


def test_nothing_but_politeness_stays_as_it_is():
    """A message made only of fillers is still a message."""
    assert joined("您好") == "您好"


def test_latin_words_are_joined_only_whole():
    """`form` is 表格, but a platform is no plat表格."""
    assert joined("form") == "表格"
    assert joined("platform") == "platform"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2月20号交还行吗", "三月五日交还行吗"),
        ("我们想报6个", "我们想报十二个"),
        ("2022年10月开始的", "2019年3月开始的"),
        ("写两千五百字", "写1800字"),
    ],
)
def test_dates_and_counts_are_read_by_kind(one, other):
    """Two questions that differ only in their date or count are the same question."""
    assert masked(one) == masked(other)


def test_tokens_are_characters_and_latin_words():
    """Chinese is cut into characters, Latin words and numbers stay whole, marks are dropped."""
    assert tokens("发word，2份!") == ["发", "word", "2", "份"]


def test_homophones_sound_alike():
    """厢 and 箱 sound the same; so do 连 and 链, and z and zh."""
    assert sound("厢") == sound("箱")
    assert sound("连") == sound("链")
    assert sound("资") == sound("知")


def test_different_sounds_stay_apart():
    """传 and 邮 do not sound alike, however similar their questions."""
    assert sound("传") != sound("邮")


@given(st.text())
def test_any_text_can_be_spelled(text):
    """Whatever is typed, spelling it never fails, and tokens are never empty strings."""
    assert all(tokens(joined(masked(simplified(text)))))
