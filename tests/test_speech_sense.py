"""Words no rule has read are told by their learned sense: talk is never written down, content never dropped."""

import numpy as np
import pytest

from dialogs.understanding.speech_sense import WEIGHTS, sense_of
from tests.train_senses import digest

LATER = ["帐都在老李手里，他出差了，这块回来再弄", "这数我可没谱，得回去翻台账，先搁着哈"]
TALK = ["哎哟谢谢姑娘，讲得真清楚", "这表填得我眼睛都花了", "外头下大雨了，屋里都漏水"]
CONTENT = ["2022年市级优秀志愿服务组织", "会员会费和两家企业的捐款", "志愿者轮流值班，专职社工两名"]


def test_the_weights_are_those_of_the_examples() -> None:
    """`make senses` has been run since the examples were changed."""
    with np.load(WEIGHTS) as stored:
        assert str(stored["digest"]) == digest()


@pytest.mark.parametrize("words", LATER)
def test_words_that_put_off_are_told(words: str) -> None:
    """None of these is an example."""
    assert max(sense_of(words).items(), key=lambda each: each[1])[0] == "later"


@pytest.mark.parametrize("words", TALK)
def test_talk_is_no_content(words: str) -> None:
    """Thanks, sighs, the weather."""
    assert sense_of(words)["content"] < 0.3


@pytest.mark.parametrize("words", CONTENT)
def test_content_is_no_talk(words: str) -> None:
    """Honours, sources, people."""
    assert sense_of(words)["content"] > 0.3


def test_every_text_has_a_sense() -> None:
    """However odd; what is likely sums to one."""
    for text in ("", "\ud83d", "a" * 10_000, "🙏🙏"):
        assert sum(sense_of(text).values()) == pytest.approx(1, abs=1e-3)
