"""Several applications of one applicant: what one takes over from another, and files that belong to another."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from knowledge.loading.pack_folder import load_pack
from tests.applicant import Applicant
from tests.application import ANSWERS, BLOCK
from tests.document_samples import PACK


@pytest.fixture
def applicant() -> Iterator[Applicant]:
    someone = Applicant(load_pack(PACK), date(2024, 2, 1))
    someone.type("开始填表")
    someone.type(BLOCK)
    return someone


def labels(applicant: Applicant) -> list[str]:
    return [button.label for reply in applicant.replies for button in reply.choices]


def test_who_applies_is_offered_again_and_what_is_applied_for_is_not(applicant: Applicant):
    """Unit and contacts are the same in every application of a unit; name, dates and numbers are not."""
    applicant.type("再填一份")
    assert f"沿用“{ANSWERS['unit_name']}”" in labels(applicant)
    applicant.press("沿用")
    assert applicant.at == "fill_date"
    assert not [label for label in labels(applicant) if label.startswith("沿用")]
    applicant.type("修改申报单位联系人")
    applicant.press("沿用")
    assert applicant.session.draft.values["contact_applicant"].value == {"name": "林晓", "phone": "0553-5550101"}


def test_a_file_of_another_unit_may_become_another_application(applicant: Applicant):
    """A clerk who sends the next project's paper does not lose the one at hand."""
    other = BLOCK.replace(ANSWERS["unit_name"], "淮河公益中心").replace(ANSWERS["project_name"], "河边书屋")
    said = applicant.upload("材料.txt", other.encode())
    assert "淮河公益中心" in said
    applicant.press("填成新的一份")
    assert applicant.session.current == 2
    assert applicant.session.draft.values["project_name"].display == "河边书屋"
    assert applicant.session.drafts[1].values["project_name"].display == ANSWERS["project_name"]


def test_a_file_of_the_same_application_is_not_offered_as_another(applicant: Applicant):
    """The same unit and project, one number changed: a new version, not a new application."""
    applicant.upload("材料.txt", BLOCK.replace("8600人", "9100人").encode())
    assert "填成新的一份" not in labels(applicant)


def test_the_unfinished_form_holds_what_was_said_and_is_named_unfinished(applicant: Applicant):
    """It can be shown to a boss, and nobody mistakes it for the form to hand in."""
    applicant.type("把现在填的发我看看")
    (file,) = applicant.files
    words = "\n".join(
        cell.text for table in Document(BytesIO(file.content)).tables for row in table.rows for cell in row.cells
    )
    assert "未填完" in file.name
    assert ANSWERS["project_name"] in words
