"""What a message is: the specification is a table of messages in `routing_cases.yaml`, by field and reading."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding.acts import Control, Either, Inquire, Plain
from dialogs.understanding.routing import route
from dialogs.understanding.situation import Situation
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack
from knowledge.search.answer import Abstention, Answer
from knowledge.search.finder import Finder

TODAY = date(2024, 2, 1)
PACK = load_pack(PACKS / "anhui-2024")
FINDER = Finder.of(PACK)
CASES = yaml.safe_load(Path(__file__).with_name("routing_cases.yaml").read_text(encoding="utf-8"))


class Refuses:
    """A search that must not be asked."""

    def find(self, question: str, *, today: date, during: str | None = None) -> Answer | Abstention:
        raise AssertionError(f"asked for {question!r} on {today} during {during}")


def read(text: str, field: str = "", pack: NoticePack = PACK) -> Control | Plain | Inquire | Either:
    return route(text, Situation(pack, FINDER, TODAY, asked=pack.fields.get(field)))


def name_of(reading: Control | Plain | Inquire | Either) -> str:
    match reading:
        case Control():
            return "command"
        case Inquire():
            return "question"
        case Either():
            return "unclear"
        case Plain():
            return "refused" if reading.outcome.kind == "reject" else "answer"


def cases() -> list[object]:
    return [
        pytest.param(field, text, reading, id=f"{field or 'menu'}-{reading}-{text[:24]}")
        for field, readings in CASES.items()
        for reading, texts in readings.items()
        for text in texts
    ]


@pytest.mark.parametrize(("field", "text", "reading"), cases())
def test_reads_a_message_as_people_mean_it(field: str, text: str, reading: str):
    """Validator, form of the words, and notice together read each message of the table rightly."""
    assert name_of(read(text, field)) == reading


def test_table_covers_every_field():
    """Each of the form's fields has answers, questions and commands in the table."""
    for key in PACK.fields:
        assert {"answer", "question", "command"} <= CASES[key].keys(), key


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("unit_name", "铜陵市郊区小桔灯志愿者协会"),
        ("fill_date", "2024年2月8日"),
        ("period", "2021年5月至今"),
        ("contact_applicant", "周敏 0551-65551234"),
        ("description", "我们教老人用手机挂号、缴费、视频通话，三年来在六十个社区开了八百堂课。" * 8),
    ],
)
def test_plain_answers_never_reach_the_search(field: str, text: str):
    """The search costs the most, so an answer that looks like nothing else is taken without it."""
    reading = route(text, Situation(PACK, Refuses(), TODAY, asked=PACK.fields[field]))
    assert isinstance(reading, Plain)


def test_an_unclear_message_keeps_both_readings():
    """Of a doubtful message both the value and the answer of the notice are at hand, so neither is lost."""
    reading = read("2020年3月至今？", "period")
    assert isinstance(reading, Either)
    assert reading.outcome.kind == "accept"
    assert reading.found.text


def test_out_of_scope_questions_are_never_values():
    """Small talk in the middle of a field is a question the notice does not answer."""
    for key in ("unit_name", "funds_source", "description", "honors"):
        reading = read("明天天气咋样", key)
        assert isinstance(reading, Inquire)
        assert isinstance(reading.found, Abstention)


def test_quotes_make_a_name_of_anything():
    """Words in book marks are a title, even when they are a command elsewhere."""
    assert name_of(read("《取消》", "project_name")) == "answer"
    assert name_of(read("取消", "project_name")) == "command"


def test_a_homophone_of_a_command_gives_way_to_the_field():
    """玉兰 sounds like 预览: as a name it is taken as a name, outside the form it still previews."""
    assert name_of(read("玉兰", "project_name")) == "answer"
    assert name_of(read("予览")) == "command"


def test_assent_belongs_to_the_field_that_asks_for_it():
    """好的 is courtesy in most places, but consent where consent is asked for."""
    assert name_of(read("好的，同意", "declaration")) == "answer"
    assert name_of(read("好的", "funds")) == "command"


MIXED = st.text(
    alphabet=st.sampled_from(
        list("吗？?不能可以是有没改取消上一步《》“”，。0123年月至今预览谢好12 \n：啊\ud800\x00\u200b😀ab")
    )
)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=60), MIXED), field=st.sampled_from(["", *PACK.fields]))
def test_every_message_has_exactly_one_reading(text: str, field: str):
    """Whatever is typed, wherever: there is one reading, and nothing raises."""
    assert name_of(read(text, field)) in {"command", "answer", "refused", "question", "unclear"}
