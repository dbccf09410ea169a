"""Several of the options: how many, in which words, and what is no option."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_fields.asking import field_of, judged, printed_of, value_of

LABELS = ["传承人群培养", "传统工艺复原", "抢救性记录", "展示传播", "校园与社区传习", "其他（请注明）"]
FIELD = field_of("choices", label="方向", choices=[{"label": label} for label in LABELS])
TWO = field_of("choices", label="方向", least=1, most=2, choices=[{"label": label} for label in LABELS])


def numbered(numbers: str) -> list[str]:
    """Give the labels with these numbers."""
    return [LABELS[int(number) - 1] for number in numbers]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("B和C", "23"),
        ("第一个和第三个", "13"),
        ("选1和5吧", "15"),
        ("1 3", "13"),
        ("13", "13"),
        ("AB", "12"),
        ("A、B、E三个都做", "125"),
        ("传承人群培养和校园与社区传习", "15"),
        ("主要是展示传播，也有抢救性记录", "34"),
        ("展示和校园", "45"),
        ("抢救记录", "3"),
        ("不选1，选2", "2"),
        ("都选", "123456"),
        ("六个都选", "123456"),
        ("除了第三个都选", "12456"),
        ("除了A和B，其他都选", "3456"),
        ("前两个", "12"),
        ("□传承人群培养 ☑传统工艺复原 ☑抢救性记录", "23"),
        ("A，其他（文物保护）", "16"),
    ],
)
def test_options_are_meant_in_many_ways(text: str, numbers: str) -> None:
    """By names and parts of them, numbers, letters, all, all but, ticks."""
    assert judged(text, FIELD).kind == "accept"
    assert value_of(text, FIELD) == numbered(numbers)


@given(st.sets(st.sampled_from(LABELS), min_size=1))
def test_printed_options_are_read_back(labels: set[str]) -> None:
    """Joined by 、, in the order of the form."""
    printed = printed_of("、".join(labels), FIELD) or ""
    assert printed == "、".join(label for label in LABELS if label in labels)
    assert value_of(printed, FIELD) == [label for label in LABELS if label in labels]


@pytest.mark.parametrize("numbers", ["".join(pair) for pair in combinations("12345", 3)])
def test_more_than_the_form_allows_are_refused(numbers: str) -> None:
    """With how many there may be, and which were named."""
    message = judged("、".join(numbers), TWO).message or ""
    assert "最多 2 项，您写了 3 项" in message


def test_words_that_are_no_option_are_asked_about() -> None:
    """Nothing said is dropped in silence."""
    outcome = judged("展示、喝茶", FIELD)
    assert outcome.kind == "warn"
    assert "喝茶" in (outcome.message or "")


def test_what_is_said_of_other_is_kept_beside_it() -> None:
    """The value stays the option."""
    assert value_of("其他：读书会", FIELD) == ["其他（请注明）"]
    assert printed_of("传承人群培养、其他：读书会", FIELD) == "传承人群培养、其他（读书会）"


@pytest.mark.parametrize("text", ["", "？？", "今天天气不错", "能选几个？", "随便", "没有"])
def test_no_option_at_all_is_refused(text: str) -> None:
    """With a few words and an example."""
    assert judged(text, FIELD).kind == "reject"
    assert judged(text, FIELD).message
