"""What a question's n-grams say about wordings and entries."""

import numpy as np
import pytest

from knowledge.search.index import GramIndex

TEXTS = ["邮箱是多少", "发到哪个邮箱", "电话是多少", "打哪个电话"]
OWNERS = [0, 0, 1, 1]


@pytest.fixture(scope="module")
def index() -> GramIndex:
    return GramIndex([list(text) for text in TEXTS], OWNERS)


def test_the_wording_itself_has_cosine_one(index):
    """A question that is a wording is found with certainty, and all its grams are known."""
    likeness = index.compare(list("发到哪个邮箱"))
    assert likeness.wordings[1] == pytest.approx(1, abs=1e-6)
    assert likeness.wordings.argmax() == 1
    assert likeness.known == pytest.approx(1)


def test_the_entry_that_uses_such_words_is_likelier(index):
    """An unseen question is drawn to the entry whose words it uses."""
    assert index.compare(list("邮箱给一个")).entries.argmax() == 0
    assert index.compare(list("电话给一个")).entries.argmax() == 1


def test_unknown_words_lower_what_is_explained(index):
    """Words no entry uses count against every entry."""
    plain, strange = index.compare(list("邮箱")), index.compare(list("邮箱与苹果"))
    assert strange.explained[0] < plain.explained[0] <= 1
    assert strange.known < 1


@pytest.mark.parametrize("question", ["", "苹果梨子"])
def test_a_question_without_known_words_points_nowhere(index, question):
    """No gram in common: all likenesses are zero."""
    likeness = index.compare(list(question))
    assert not likeness.wordings.any()
    assert likeness.known == 0
    assert np.isfinite(likeness.entries).all()
