"""What is said behind an option goes to the field that hangs on it, where that is beyond doubt."""

from dataclasses import replace
from typing import Any

import pytest

from dialogs.handlers.answers import answered_at_once
from dialogs.session import Draft
from knowledge.form import Form
from knowledge.pack import NoticePack
from tests.applicant import Applicant

PLACE = {
    "key": "place",
    "label": "场所",
    "kind": "choice",
    "prompt": "场所是哪一种？",
    "example": "自有",
    "choices": [{"label": "自有"}, {"label": "租用", "aliases": ["租的"]}, {"label": "其他"}],
}
UNTIL = {"key": "until", "label": "租至", "kind": "month", "prompt": "租到何时？", "example": "2027年12月"}
WHAT = {"key": "what", "label": "请注明", "kind": "text", "prompt": "是什么？", "example": "借用"}


@pytest.fixture
def applicant(pack: NoticePack) -> Applicant:
    """Somebody asked where they work."""
    fields: list[dict[str, Any]] = [PLACE, UNTIL | {"when": "{place} = 租用"}, WHAT | {"when": "{place} = 其他"}]
    rest = [field.model_dump() for field in pack.form.fields[:2]]
    form = Form.model_validate(pack.form.model_dump() | {"fields": fields + rest, "identity": {}, "final_rules": []})
    applicant = Applicant(replace(pack, form=form))
    applicant.type("/start")
    applicant.type("开始申报")
    assert applicant.at == "place"
    return applicant


def held(applicant: Applicant) -> dict[str, object]:
    """Give what the draft holds."""
    return {key: value.value for key, value in applicant.session.drafts[applicant.session.current].values.items()}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("租的，合同到2027年12月", {"place": "租用", "until": "2027-12"}),
        ("其他：村里借的院子", {"place": "其他", "what": "村里借的院子"}),
        ("其他（村里借的院子）", {"place": "其他", "what": "村里借的院子"}),
        ("租用", {"place": "租用"}),
        ("租用，先这样", {"place": "租用"}),
        ("其他，我想想", {"place": "其他"}),
        ("自有，2027年12月", {"place": "自有"}),
    ],
)
def test_words_behind_an_option_fill_the_field_that_hangs_on_it(
    applicant: Applicant, text: str, values: dict[str, object]
) -> None:
    """A value of its kind; free words only behind a colon or in brackets."""
    applicant.type(text)
    assert held(applicant) == values


def test_the_applicant_is_told_both(applicant: Applicant) -> None:
    """And goes on behind them."""
    said = applicant.type("租的，合同到2027年12月")
    assert "租用" in said
    assert "2027年12月" in said
    assert applicant.at not in ("place", "until")


def line(key: str, words: str, unit: str) -> dict[str, Any]:
    """Give a blank of one printed line."""
    at = {"at": f"成果 {words}__{unit}", "units": [unit], "example": f"1{unit}", "prompt": "多少？"}
    return {"key": key, "label": f"成果（{words}）", "kind": "count", "aliases": [f"（{words}）"], **at}


def test_a_number_is_that_of_its_own_blank_alone(pack: NoticePack) -> None:
    """Blanks of one line with the same unit, or another that is not said, take nothing of it."""
    fields = [line("patents", "专利", "项"), line("norms", "标准", "项"), line("papers", "论文", "篇")]
    form = Form.model_validate(pack.form.model_dump() | {"fields": fields, "identity": {}, "final_rules": []})
    applicant = Applicant(replace(pack, form=form))
    applicant.type("/start")
    applicant.type("开始申报")
    applicant.type("3项")
    assert held(applicant) == {"patents": 3}


def test_a_name_in_brackets_is_no_empty_name(pack: NoticePack) -> None:
    """An alias such as （大写） is heard where it is said, not everywhere."""
    fields = [PLACE | {"key": "who", "label": "经办人", "kind": "person", "choices": []}, line("sum", "大写", "项")]
    form = Form.model_validate(pack.form.model_dump() | {"fields": fields, "identity": {}, "final_rules": []})
    applicant = Applicant(replace(pack, form=form))
    applicant.type("/start")
    applicant.type("开始申报")
    applicant.type("卞雪")
    assert held(applicant) == {"who": "卞雪"}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("租的，合同到2027年12月", {"place": "租用", "until": "2027-12"}),
        ("其他：村里借的院子", {"place": "其他", "what": "村里借的院子"}),
    ],
)
def test_a_program_s_answer_is_read_like_a_person_s(applicant: Applicant, text: str, values: dict[str, object]) -> None:
    """`render` and `set` hold what an answer says along, too."""
    held_at_once = answered_at_once(applicant.pack, Draft(id=1), applicant.pack.fields["place"], text, applicant.today)
    assert {key: value.value for key, value in held_at_once[1].items()} == values
