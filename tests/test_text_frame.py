"""What people put around a question is taken off before it is searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.frame import unframed
from knowledge.text.normalise import simplified


@pytest.mark.parametrize(
    ("message", "core"),
    [
        ("老师好，冒昧问一句，网站能推几个", "网站能推几个"),
        ("烦请告知截止日期，谢谢", "截止日期,"),
        ("您好，请问感谢信要不要", "感谢信要不要"),
        ("各位领导好！打扰了，想请教一下纸质版要交吗？盼复", "纸质版要交吗?"),
        ("不好意思打扰一下，邮箱是多少，麻烦您了", "邮箱是多少,"),
        ("早上好，什么时候能去送", "什么时候能去送"),
        ("就一个小问题，字数上限是多少？", "字数上限是多少?"),
        ("要不要盖章，麻烦您给个准信", "要不要盖章,"),
    ],
)
def test_courtesies_around_a_question_go(message: str, core: str) -> None:
    """Greeting, apology, announcement and thanks are no part of what is asked."""
    assert unframed(message) == core


@pytest.mark.parametrize("message", ["感谢信要附吗", "问卷要填吗", "急救项目能报吗", "同学能报吗", "领导能参加吗"])
def test_words_of_a_question_that_begin_like_a_courtesy_stay(message: str) -> None:
    """A word is taken off only where it is a courtesy."""
    assert unframed(message) == message


@pytest.mark.parametrize("message", ["谢谢", "您好", "请问", "急!!!"])
def test_a_message_that_is_nothing_but_frame_stays(message: str) -> None:
    """Something is always left."""
    assert unframed(message) == message


@given(st.text(max_size=300))
def test_any_text_keeps_something(text: str) -> None:
    """No text raises, and none with words is emptied."""
    assert any(map(str.isalnum, unframed(text))) == any(map(str.isalnum, simplified(text)))
