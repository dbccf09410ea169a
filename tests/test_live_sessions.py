"""A form changed under applicants' hands: drafts go over to it field by field, and nobody starts again."""

import shutil
from pathlib import Path

import pytest
import yaml

from dialogs.state_machine import local_name
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack
from tests.applicant import Applicant

FIRST = ("开始填表", "皖北助农协会", "2024年2月1日", "一根网线助春耕", "2021年3月至今")


class Office:
    """Staff with the pack's folder: each change gives the pack as it is then."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(PACKS / "anhui-2024", folder)

    def pack(self) -> NoticePack:
        return load_pack(self.folder)

    def edit(self, change) -> NoticePack:
        """Change the form as data; `change` gets field by key and all fields."""
        path = self.folder / "form.yaml"
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        change({field["key"]: field for field in form["fields"]}, form["fields"])
        path.write_text(yaml.safe_dump(form, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return self.pack()


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "pack")


@pytest.fixture
def applicant(office):
    """Somebody who has answered four fields and is asked for the fifth, the category."""
    applicant = Applicant(office.pack())
    for text in FIRST:
        applicant.type(text)
    assert applicant.at == "category"
    return applicant


def _field(key, label, **more):
    return {"key": key, "label": label, "kind": "text", "prompt": f"请填写{label}。", "example": "无", **more}


def test_changed_wording_is_nobodys_business(office, applicant):
    """A new prompt changes nothing for a draft under way and is not announced."""
    applicant.pack = office.edit(lambda by_key, _: by_key["period"].update(prompt="请问从何时到何时？"))
    assert "更新" not in applicant.type("教育发展")
    assert applicant.at == "participants"
    assert set(applicant.session.draft.values) == {"unit_name", "fill_date", "project_name", "period", "category"}


def test_added_field_is_asked_for_next(office, applicant):
    """A field put before those answered is asked for as soon as the one in hand is answered; nothing else is lost."""
    applicant.pack = office.edit(lambda _, fields: fields.insert(1, _field("unit_code", "单位代码")))
    said = applicant.type("教育发展")
    assert applicant.at == "unit_code"
    assert "请填写单位代码" in said
    assert applicant.session.draft.values["category"].display == "互联网+教育发展"


def test_field_removed_elsewhere_is_told_and_kept_aside(office, applicant):
    """A field that is gone no longer counts; the applicant is shown the words that are no longer in the form."""
    applicant.pack = office.edit(lambda by_key, fields: fields.remove(by_key["period"]))
    said = applicant.type("教育发展")
    assert "已经取消" in said
    assert "2021年3月至今" in said
    assert "period" not in applicant.session.draft.values
    assert applicant.at == "participants"


def test_removal_undone_brings_the_value_back(office, applicant):
    """When staff put a removed field back, what had been filled in is there again."""
    full = office.pack()
    applicant.pack = office.edit(lambda by_key, fields: fields.remove(by_key["period"]))
    applicant.type("教育发展")
    applicant.pack = full
    applicant.type("260人")
    assert applicant.session.draft.values["period"].display == "2021年3月至今"
    assert applicant.at == "beneficiaries"


def test_answer_to_a_field_just_removed_goes_nowhere_else(office, applicant):
    """Words sent for a field that vanished meanwhile are not taken for the next one, and the applicant is told."""
    applicant.pack = office.edit(lambda by_key, fields: fields.remove(by_key["category"]))
    said = applicant.type("教育发展")
    assert "没有写进表里" in said
    assert applicant.at == "participants"
    assert set(applicant.session.draft.values) == {"unit_name", "fill_date", "project_name", "period"}


def test_renamed_key_is_followed(office, applicant):
    """A field whose key staff changed, naming the old one, keeps its value and its place in the conversation."""

    def rename(by_key, _):
        by_key["period"].update(key="time_span", formerly=["period"])
        by_key["category"].update(key="sort", formerly=["category"])

    applicant.pack = office.edit(rename)
    said = applicant.type("教育发展")
    assert "取消" not in said
    values = applicant.session.draft.values
    assert (values["time_span"].display, values["sort"].display) == ("2021年3月至今", "互联网+教育发展")
    assert applicant.at == "participants"


def test_new_label_keeps_the_value(office, applicant):
    """A field that is only called otherwise keeps its value without a word."""
    applicant.pack = office.edit(lambda by_key, _: by_key["project_name"].update(label="项目全称"))
    assert "更新" not in applicant.type("教育发展")
    assert applicant.session.draft.values["project_name"].display == "一根网线助春耕"


def test_tightened_rule_asks_again_with_the_reason(office, applicant):
    """A value that no longer passes is asked for again, with the reason; the words typed are shown, not lost."""
    rule = {
        "rule": "max_length",
        "strength": "reject",
        "limit": 4,
        "message": "项目名称应在4个字以内，现在{count}个字。",
    }

    applicant.pack = office.edit(lambda by_key, _: by_key["project_name"].update(rules=[rule]))
    said = applicant.type("教育发展")
    assert "要按新要求重填" in said
    assert "项目名称" in said
    assert applicant.session.draft.values["category"].display == "互联网+教育发展"
    assert applicant.at == "project_name"
    assert "一根网线助春耕" in said


def test_choice_withdrawn_is_asked_again(office, applicant):
    """A category the form no longer offers is asked for again; the press on its old button is not taken for another."""
    applicant.type("教育发展")

    def withdraw(by_key, _):
        choices = by_key["category"]["choices"]
        choices.remove(next(choice for choice in choices if "教育" in choice["label"]))

    applicant.pack = office.edit(withdraw)
    said = applicant.type("260人")
    assert "项目类别" in said
    assert applicant.at == "category"
    assert applicant.session.draft.values["participants"].value == 260


def test_button_whose_place_was_taken_means_what_it_said(office, applicant):
    """Pressing a button shown before the choices were reordered never takes the one that stands there now."""
    applicant.pack = office.edit(lambda by_key, _: by_key["category"]["choices"].reverse())
    applicant.press("共同富裕")
    held = applicant.session.draft.values.get("category")
    assert held is None or held.display == "互联网+共同富裕"


def test_words_of_the_day_keep_their_day(office):
    """A date given as 今天 stays the day it was sent on, whenever the form changes."""
    applicant = Applicant(office.pack())
    for text in ("开始填表", "皖北助农协会", "今天"):
        applicant.type(text)
    applicant.today = applicant.today.replace(day=9)
    applicant.pack = office.edit(lambda by_key, _: by_key["period"].update(prompt="请问从何时到何时？"))
    applicant.type("一根网线助春耕")
    assert applicant.session.draft.values["fill_date"].value == "2024-02-01"


def test_skipped_field_that_became_obligatory_is_asked_for(office, applicant):
    """What may no longer be skipped is asked for."""
    applicant.pack = office.edit(lambda by_key, _: by_key["category"].update(optional=True))
    applicant.type("跳过")
    assert applicant.at == "participants"
    applicant.pack = office.edit(lambda by_key, _: by_key["category"].update(optional=False))
    applicant.type("260人")
    assert applicant.at == "category"


def test_other_fields_survive_a_removal(office, applicant):
    """Whichever field is removed, the values of all others and the question in hand stay as they were."""
    before = {key: held.display for key, held in applicant.session.draft.values.items()}
    for key in ("fill_date", "period"):
        one = Applicant(applicant.pack)
        one.session = applicant.session
        one.pack = Office(office.folder.with_name(key)).edit(lambda by_key, fields, key=key: fields.remove(by_key[key]))
        one.type("进度")
        left = {name: held.display for name, held in one.session.draft.values.items()}
        assert left == {name: shown for name, shown in before.items() if name != key}
        assert local_name(one.session.state) == "category"
