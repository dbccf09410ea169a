"""The shared library: what people ask about any call, in wordings that know no call.

That no word of a pack stands in it is tested with all shared data (test_architecture.py).
"""

from collections import defaultdict
from pathlib import Path

import pytest

from knowledge.problems import PackError
from knowledge.search.index import key_of
from knowledge.topics.library import FOLDER, STYLES, library, load_library

LEAST = 24


def test_every_topic_is_worded_in_every_style_and_often_enough() -> None:
    """Each topic has at least 24 wordings and every style, so that no way of asking is unknown to it."""
    for topic in library().topics.values():
        assert set(topic.wordings) == set(STYLES), topic.id
        assert sum(map(len, topic.wordings.values())) >= LEAST, topic.id


def test_what_is_not_about_the_call_has_an_answer_for_every_call() -> None:
    """Questions about the assistant and off-topic ones are answered alike everywhere; the rest only a pack answers."""
    for topic in library().topics.values():
        assert topic.answer or topic.kind == "call", topic.id


def test_nobody_is_sent_to_a_phone_that_is_not_answered() -> None:
    """Who says that nobody answers is not given the number again, whatever the pack says of whom to ask."""
    assert "{" not in library().topics["phone_unanswered"].answer
    assert "电话" not in library().topics["phone_unanswered"].answer


def test_no_wording_belongs_to_two_topics() -> None:
    """Two topics never claim one wording, also when only fillers, synonyms, dates or counts differ."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name, topic in library().topics.items():
        for wording in (topic.question, *library().phrases(name)):
            owners[key_of(wording)].add(name)
    assert not {wording: names for wording, names in owners.items() if len(names) > 1}


def test_no_topic_says_the_same_twice() -> None:
    """A wording written twice in one topic adds nothing."""
    for name in library().topics:
        keys = [key_of(wording) for wording in library().phrases(name)]
        assert len(keys) == len(set(keys)), (name, {k for k in keys if keys.count(k) > 1})


def test_slots_are_filled_by_the_words_of_a_call() -> None:
    """A pack's own word takes the place of the stand-in."""
    assert any("报名登记表" in wording for wording in library().phrases("form_location", {"form_name": "报名登记表"}))
    assert not any("{" in wording for name in library().topics for wording in library().phrases(name))


def test_the_library_is_read_once() -> None:
    """Asking twice gives the same object."""
    assert library() is library()


GOOD = """\
title: 时间
slots: {{n: "3"}}
topics:
- id: first
  question: 一？
  about: one
  kind: call
  near: [{near}]
  wordings:
    plain: |
      {wording}
"""


@pytest.mark.parametrize(
    ("near", "wording", "told"),
    [
        ("second", "几个", "a.yaml:8: “first”这一条：没有“second”这个相近话题"),
        ("first", "几个", "a.yaml:8: “first”这一条：没有“first”这个相近话题"),
        ("", "{m}个", "a.yaml:10: “first”这一条：“m”没有在 slots 里写明"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, near: str, wording: str, told: str) -> None:
    """Who edits the library is told where to look."""
    (tmp_path / "a.yaml").write_text(GOOD.format(near=near, wording=wording), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_library([tmp_path / "a.yaml"])
    assert told.split("：", 1)[1].strip() in str(caught.value)
    assert str(caught.value).startswith(told.split(" ", maxsplit=1)[0].rstrip(":"))


def test_an_id_used_in_two_files_is_a_fault(tmp_path: Path) -> None:
    """Ids are one name space over all files."""
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD.format(near="", wording="几个"), encoding="utf-8")
    with pytest.raises(PackError, match=r"b\.yaml:4: 编号“first”用了两次"):
        load_library([tmp_path / "a.yaml", tmp_path / "b.yaml"])


def test_a_slot_means_one_thing(tmp_path: Path) -> None:
    """Two files do not give one slot two stand-ins."""
    (tmp_path / "a.yaml").write_text(GOOD.format(near="", wording="几个"), encoding="utf-8")
    other = GOOD.format(near="", wording="多少").replace('"3"', '"5"').replace("first", "second")
    (tmp_path / "b.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(PackError, match=r"b\.yaml:2: “n”在别的文件里写作“3”"):
        load_library([tmp_path / "a.yaml", tmp_path / "b.yaml"])


def test_the_shipped_files_are_all_loaded() -> None:
    """Every group beside the loader is part of the library."""
    assert library().topics == load_library(sorted(FOLDER.glob("*.yaml"))).topics
