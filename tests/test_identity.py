"""What identifies an application, and the rules that hold one application against the others."""

from typing import Any

import pytest
from pydantic import ValidationError

from dialogs.protocol import ExistingSubmissions
from knowledge.form import Form
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.application import ANSWERS, STORY


def _form(**more: Any) -> dict[str, Any]:
    field = {"kind": "name", "prompt": "？", "example": "例"}
    fields = [{"key": "work", "label": "作品", **field}, {"key": "author", "label": "作者", **field}]
    return {"title": "表", "filename": "{work}", "fields": fields, **more}


def test_a_form_need_not_identify_anything() -> None:
    """A call without quotas and doubled applications says nothing of them."""
    assert Form.model_validate(_form()).identity == {}


def test_an_identity_names_fields_that_exist() -> None:
    """A misspelt key would count nothing, silently."""
    with pytest.raises(ValidationError, match="identity 的 work"):
        Form.model_validate(_form(identity={"work": "wrok"}))


def test_a_rule_compares_what_the_identity_names() -> None:
    """What a rule compares must be known of every application."""
    rule = {"rule": "once_only", "of": ["work", "place"], "strength": "warn", "message": "重复"}
    with pytest.raises(ValidationError, match="place"):
        Form.model_validate(_form(identity={"work": "work"}, final_rules=[rule]))


def test_roles_of_an_older_pack_are_its_identity() -> None:
    """A pack written before `identity` goes on working unchanged."""
    fields = _form()["fields"] + [
        {"key": "backer", "label": "推荐单位", "kind": "recommender", "prompt": "？", "example": "例"}
    ]
    rules = [
        {"rule": "once_only", "strength": "warn", "message": "重复"},
        {"rule": "quota", "limit": 2, "strength": "warn", "message": "满了"},
    ]
    old = {"project": "work", "applicant": "author", "recommender": "backer"}
    form = Form.model_validate(_form(fields=fields, roles=old, final_rules=rules))
    assert form.identity == {"project": "work", "applicant": "author", "recommender": "backer.unit"}
    assert [rule.of for rule in form.final_rules] == [("project",), ("recommender",)]


def test_counts_of_an_older_journal_are_read() -> None:
    """A conversation journalled before is replayed with the counts of then."""
    old = {"same_project": 1, "from_recommender": 4}
    assert ExistingSubmissions.model_validate(old) == ExistingSubmissions(same=1, quota={"recommender": 4})


def test_the_turn_asks_for_what_the_rules_compare(pack: NoticePack) -> None:
    """At the review the core asks what is held, by the names of the pack's own identity; then it warns."""
    applicant = Applicant(pack, held=ExistingSubmissions(same=1, quota={"recommender": 5}))
    applicant.type("开始填表")
    answers = {
        **ANSWERS,
        "category": "互联网+教育发展",
        "registered": "否",
        "description": STORY,
        "declaration": "不同意",
    }
    while applicant.at != "review":
        applicant.type(answers[applicant.at])
    said = applicant.said
    assert "已有一份生成好的申报" in said
    assert "已推荐 5 个项目" in said
