"""A clause no entry speaks of is pointed at, never taken for an answer."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.loading.pack_folder import load_pack
from knowledge.search.answer import Abstention
from knowledge.search.finder import Finder

TODAY = date(2025, 5, 1)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder.of(load_pack(Path(__file__).parent / "packs" / "volunteer-2025"))


def test_a_sentence_that_shares_the_questions_words_is_shown(finder: Finder) -> None:
    """It is quoted with its clause, and the question counts as not answered."""
    found = finder.find("失信的单位行不行", today=TODAY)
    assert isinstance(found, Abstention)
    assert [(cite.clause, cite.quote) for cite in found.citations] == [
        ("三（四）", "申报单位和项目负责人近3年无违法违纪和失信记录。")
    ]
    assert "供您参考" in found.text


@pytest.mark.parametrize("question", ["今天天气怎么样", "红头文件抄送给谁", "你们食堂几点开饭"])
def test_a_question_that_shares_nothing_is_shown_nothing(finder: Finder, question: str) -> None:
    """Two common words are no ground."""
    assert not finder.find(question, today=TODAY).citations
