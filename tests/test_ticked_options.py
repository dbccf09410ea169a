"""Several options by buttons: each press ticks or unticks, and one says that it is done."""

from dataclasses import replace

import pytest

from knowledge.form import Form
from knowledge.pack import NoticePack
from tests.applicant import Applicant

SPHERES = {
    "key": "spheres",
    "label": "方向",
    "kind": "choices",
    "least": 1,
    "most": 2,
    "prompt": "做哪些方向？最多选两项。",
    "example": "培训、记录",
    "choices": [{"label": label} for label in ("培训", "复原", "记录")],
}


@pytest.fixture
def applicant(pack: NoticePack) -> Applicant:
    """Somebody asked for several options."""
    rest = [field.model_dump() for field in pack.form.fields[:2]]
    form = Form.model_validate(pack.form.model_dump() | {"fields": [SPHERES, *rest], "identity": {}, "final_rules": []})
    applicant = Applicant(replace(pack, form=form))
    applicant.type("/start")
    applicant.type("开始申报")
    assert applicant.at == "spheres"
    return applicant


def labels(applicant: Applicant) -> list[str]:
    """Give what the buttons say."""
    return [button.label for reply in applicant.replies for button in reply.choices]


def value(applicant: Applicant) -> object:
    """Give what the field holds."""
    held = applicant.session.drafts[applicant.session.current].values.get("spheres")
    return held.value if held else None


def test_a_press_ticks_and_does_not_answer(applicant: Applicant) -> None:
    """The field stays, nothing is held, the tick shows."""
    applicant.press("记录")
    assert applicant.at == "spheres"
    assert value(applicant) is None
    assert labels(applicant) == ["☐ 培训", "☐ 复原", "☑ 记录", "选好了（1项）"]


def test_done_answers_with_all_that_is_ticked(applicant: Applicant) -> None:
    """In the order of the form; a second press unticks."""
    for label in ("记录", "复原", "复原", "培训", "选好了"):
        applicant.press(label)
    assert value(applicant) == ["培训", "记录"]
    assert applicant.at != "spheres"


def test_too_many_are_refused_and_stay_ticked(applicant: Applicant) -> None:
    """One press mends it."""
    for label in ("记录", "复原", "培训"):
        applicant.press(label)
    assert "最多 2 项" in applicant.press("选好了")
    assert "☑ 复原" in labels(applicant)
    applicant.press("复原")
    applicant.press("选好了")
    assert value(applicant) == ["培训", "记录"]


def test_typed_options_answer_at_once(applicant: Applicant) -> None:
    """And what was ticked before is forgotten."""
    applicant.press("复原")
    applicant.type("1、3")
    assert value(applicant) == ["培训", "记录"]
    assert not applicant.session.drafts[applicant.session.current].ticked


def test_held_options_are_shown_ticked(applicant: Applicant) -> None:
    """To change one is to press it."""
    applicant.type("1、3")
    applicant.type("/back")
    assert "☑ 培训" in labels(applicant)
    applicant.press("记录")
    applicant.press("选好了")
    assert value(applicant) == ["培训"]
