"""What holds for every answer there can be."""

from datetime import date

import cn2an
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dialogs.fields.registry import kinds_by_name
from dialogs.fields.rules import TESTS
from dialogs.fields.validate import validate
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.text.normalise import readable, tidy
from knowledge.text.numerals import number
from knowledge.text.word_count import count_words, end_of
from tests.test_fields.asking import field_of, judged

PACK = load_pack(PACKS / "anhui-2024")
TODAY = date(2024, 2, 19)
PIECES = [
    "是",
    "否",
    "无",
    "约",
    "万",
    "亿",
    "2024",
    "年",
    "2月",
    "30日",
    "-",
    "至今",
    "：",
    "，",
    "\n",
    " ",
    "138",
    "00000555",
    "王小雅",
    "https://",
    "a.com",
    "（",
    "）",
    "1.5",
    "十",
    "点",
    "元",
    "人",
    "个",
    "联系人",
    "□",
    "☑",
    "\u200b",
    "😀",
    "０",
    "?",
    "第",
    "[",
    "](",
    "%",
    "成",
    "分之",
    "半",
    "@",
    "艾特",
    "·",
    "36998819860309042X",
    "银行",
    "其他",
    "都选",
    "除了",
    "合肥市",
    "平方米",
    "小时半",
    "85年",
]
typed = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.characters(codec=None).map(str) | st.just("\ud800"),
)


@pytest.mark.parametrize("key", list(PACK.fields))
@settings(max_examples=120, deadline=None)
@given(text=typed)
def test_any_text_is_judged_the_same_way_twice(key: str, text: str) -> None:
    """`validate` never raises and has no memory; refusals and doubts always say something."""
    field = PACK.form.field(key)
    outcome = validate(field, text, PACK, TODAY)
    assert outcome == validate(field, text, PACK, TODAY)
    assert outcome.kind == "accept" or outcome.message


@pytest.mark.parametrize("name", list(kinds_by_name()))
@settings(max_examples=150, deadline=None)
@given(text=typed)
def test_any_text_to_any_kind_has_an_outcome(name: str, text: str) -> None:
    """With every option set; what is refused or doubted is told why."""
    choices = [{"label": label} for label in ("是", "否", "其他（请注明）")]
    options = {"choices": choices, "units": ["平方米", "㎡"], "parts": ["bank", "number"], "print": {"cells": 18}}
    field = field_of(name, least=1, most=100, **options)
    outcome = judged(text, field)
    assert outcome == judged(text, field)
    assert outcome.kind == "accept" or outcome.message


@pytest.mark.parametrize("name", [name for name, kind in kinds_by_name().items() if not kind.roomy])
def test_no_kind_reads_a_page_into_a_cell(name: str) -> None:
    """It is refused by its length, unread."""
    assert "1002" in (judged("一页" * 501, field_of(name)).message or "")


@pytest.mark.parametrize("key", list(PACK.fields))
def test_the_example_of_a_field_is_a_right_answer(key: str) -> None:
    """What we show as an example must be accepted without a word of doubt."""
    field = PACK.form.field(key)
    assert validate(field, field.example, PACK, TODAY).kind == "accept"


@pytest.mark.parametrize(
    "key", [key for key in PACK.fields if PACK.fields[key].kind not in ("boolean", "consent", "choice")]
)
@pytest.mark.parametrize("mark", ["：", ":", " ： "])
def test_every_label_may_be_pasted_along(key: str, mark: str) -> None:
    """The field's own names never become part of its value."""
    field = PACK.form.field(key)
    plain = validate(field, field.example, PACK, TODAY)
    for name in field.names:
        assert validate(field, f"{name}{mark}{field.example}", PACK, TODAY).value == plain.value


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["low", "up"]))
def test_a_number_written_in_chinese_is_read_back(value: int, style: str) -> None:
    """Both everyday and capital numerals; cn2an writes 6500001000 as 六十五亿一千, which nobody reads for sure."""
    assume(value % 10**8 == 0 or value < 10**8 or value % 10**8 >= 10**7)  # no noughts left out behind 亿
    assert number(cn2an.an2cn(value, style)) == value


@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["%Y年%m月%d日", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d"]),
)
def test_a_day_written_in_figures_is_read_back(day: date, style: str) -> None:
    """Whatever the separators."""
    outcome = validate(PACK.form.field("fill_date"), day.strftime(style), PACK, TODAY)
    assert outcome.kind != "reject"
    assert outcome.value == day.isoformat()


@given(st.text(max_size=200))
def test_tidy_text_is_tidy(text: str) -> None:
    """Cleaning twice changes nothing more, and leaves nothing XML cannot hold."""
    assert tidy(tidy(text)) == tidy(text)
    readable(text).encode("utf-8")


@given(st.text(alphabet="公益，。ab1 \n", max_size=80), st.integers(min_value=1, max_value=40))
def test_the_text_up_to_the_limit_has_as_many_words(text: str, limit: int) -> None:
    """The place where the limit falls is right behind the last word that fits."""
    assert count_words(text[: end_of(text, limit)]) == min(limit, count_words(text))


def test_every_rule_of_the_form_has_a_test_behind_it() -> None:
    """A misspelt rule would never fire."""
    assert {rule.rule for field in PACK.form.fields for rule in field.rules} <= set(TESTS)


@pytest.mark.parametrize(
    "key", [key for key in PACK.fields if PACK.fields[key].kind not in ("long_text", "list", "links")]
)
def test_a_page_pasted_into_a_cell_is_refused_with_its_length(key: str) -> None:
    """What a cell cannot hold is not even read (and cannot take long to read)."""
    outcome = validate(PACK.form.field(key), "一页" * 501, PACK, TODAY)
    assert outcome.kind == "reject"
    assert "1002" in outcome.message
