"""`{"set": …}` and `{"show": "draft"}`: a script puts an applicant anywhere in the form, and looks at the draft."""

from pathlib import Path

from dialogs.protocol import Preset
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.terminal import JsonConsole

HELD = {"unit_name": "皖北乡村公益促进中心", "fill_date": "2024年2月1日", "registered": "否"}


def test_values_are_held_as_if_typed_and_the_field_named_is_asked(pack: NoticePack) -> None:
    """The values are understood by the fields' own kinds; the next question is the one named."""
    applicant = Applicant(pack)
    applicant.put(Preset(values=HELD, at="category"))
    assert applicant.at == "category"
    assert applicant.session.draft.values["fill_date"].value == "2024-02-01"
    assert applicant.session.draft.values["registered"].value is False


def test_a_doubt_counts_as_confirmed(pack: NoticePack) -> None:
    """A value that would be asked about is held, with its warning, as one the applicant stands by."""
    applicant = Applicant(pack)
    applicant.put(Preset(values={"period": "2023年12月至今"}))
    held = applicant.session.draft.values["period"]
    assert held.warning
    assert held.confirmed
    assert applicant.session.pending is None


def test_what_cannot_be_taken_is_reported_with_its_reason(pack: NoticePack) -> None:
    """A refused text, a field that does not apply and one the form does not have are named; the rest is held."""
    applicant = Applicant(pack)
    said = applicant.put(Preset(values={**HELD, "participants": "很多吧", "registration_no": "12", "x": "1"}, at="y"))
    assert "没有具体数字" in said
    assert "不用填" in said
    assert said.count("表里没有这一栏") == 2
    assert applicant.session.draft.values.keys() == HELD.keys()
    assert applicant.session.draft.refused["participants"].text == "很多吧"


def test_without_a_place_the_first_gap_is_asked(pack: NoticePack) -> None:
    """No `at`: the form's own order says what comes next."""
    applicant = Applicant(pack)
    applicant.put(Preset(values=HELD))
    assert applicant.at == "project_name"


def test_the_console_sets_and_shows_a_draft(tmp_path: Path) -> None:
    """One line each; showing changes nothing, and the three faces of each value are there."""
    with JsonConsole(tmp_path) as console:
        console.send(set=HELD, at="category")
        assert console.last["field"] == "category"
        shown = console.send(show="draft")
        assert shown == console.send(show="draft")
        assert set(shown) == {"draft", "state", "field", "progress"}
        assert shown["draft"]["fill_date"] == {
            "value": "2024-02-01",
            "display": "2024年2月1日",
            "printed": "2024年2月1日",
        }
        assert shown["field"] == "category"
        console.type("教育发展")
        assert console.send(show="draft")["draft"]["category"]["value"] == "互联网+教育发展"


def test_a_set_survives_the_process(tmp_path: Path) -> None:
    """What was set is journalled and stored like any event."""
    with JsonConsole(tmp_path) as first:
        first.send(set=HELD, at="category")
        first.kill()
    with JsonConsole(tmp_path) as second:
        assert second.last["field"] == "category"
        assert second.send(show="draft")["draft"].keys() == HELD.keys()
