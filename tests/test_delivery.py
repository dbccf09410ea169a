"""Handing over: what is said with the document, first and later, and what is pointed out before."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.pack_cache import messages_of
from knowledge.fact_uses import code_facts
from knowledge.facts import Facts
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.application import BLOCK, STORY


@pytest.fixture
def applicant(pack: NoticePack) -> Applicant:
    """Somebody at the review whose honours are not finished."""
    applicant = Applicant(pack)
    for text in (BLOCK, STORY, "2023年市级优秀项目（待补充证书号）", "跳过"):
        applicant.type(text)
    assert applicant.at == "review"
    return applicant


def to_the_document(applicant: Applicant) -> str:
    applicant.press("确认无误")
    return applicant.press("同意")


def test_words_left_open_are_pointed_out_at_the_review(applicant: Applicant):
    """With the field and the words, before there is a document to send."""
    assert "里还留着“（待补充证书号）”，请补上再报送" in applicant.said


def test_the_first_document_speaks_of_no_other(applicant: Applicant):
    """There is none."""
    assert "以这份为准" not in to_the_document(applicant)


def test_a_second_version_says_that_it_is_the_one_that_counts(applicant: Applicant):
    """After a change, both lie in the applicant's downloads."""
    to_the_document(applicant)
    applicant.type("修改投入人力")
    applicant.type("专职5人")
    assert "以这份为准" in to_the_document(applicant)


@pytest.mark.parametrize(("clause", "said"), [("（一）", "（一）"), ("四.2", "（四.2）"), ("五（三）", "（五（三））")])
def test_a_clause_that_brings_its_brackets_gets_no_others(pack: NoticePack, clause: str, said: str):
    """（（一）） is no way to name a clause."""
    assert messages_of(pack).say("package.clause", clause=clause) == said


@pytest.mark.parametrize("today", [date(2024, 2, 1), date(2025, 2, 1)])
def test_a_call_without_deadline_mailbox_and_contact_goes_all_the_way(pack: NoticePack, today: date):
    """What code asks for by name may be missing (`without: […]`): greeted, filled in, handed over and packed."""
    missing = {use.name for use in code_facts()}
    known = Facts({name: value for name, value in pack.facts.items() if name not in missing})
    entries = tuple(entry for entry in pack.faq.entries if not missing & {*Facts.names_in(str(entry))})
    fields = tuple(field.model_copy(update={"rules": ()}) for field in pack.form.fields)  # they name the facts
    form = pack.form.model_copy(update={"afterwards": (), "final_rules": (), "fields": fields})
    bare = replace(pack, facts=known, form=form, faq=pack.faq.model_copy(update={"entries": entries}))
    applicant = Applicant(bare, today=today)
    assert "请选一项" in applicant.type("/start")
    for text in ("开始填表", BLOCK, STORY, "跳过", "跳过"):
        applicant.type(text)
    assert to_the_document(applicant)
    assert applicant.files
    applicant.press("打包全部材料")
    assert applicant.files[0].name.endswith(".zip")
