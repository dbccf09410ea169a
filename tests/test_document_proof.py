"""The form stays the office's form: outside the answer cells not one byte moves."""

from hypothesis import given

from dialogs.document.fill import fill
from dialogs.document.verify import prove_untouched
from tests.document_samples import TEMPLATE, submission, submissions
from tests.test_document_readback import tampered


def test_a_filled_form_is_proven_untouched():
    """All parts and all bytes of the main part outside 24 answer cells are the blank's."""
    proof = prove_untouched(TEMPLATE, fill(submission(), TEMPLATE))
    assert (proof.changed, proof.cells) == ((), 24)
    assert proof.outside > 20_000
    assert proof.text.startswith("已证明：除 24 个答案单元格外")


@given(submissions)
def test_no_answer_reaches_beyond_its_cell(each):
    """Whatever is typed, the rest of the form has the blank form's digest."""
    proof = prove_untouched(TEMPLATE, fill(each, TEMPLATE))
    assert proof.changed == ()
    assert proof.digest == prove_untouched(TEMPLATE, TEMPLATE).digest


def test_a_changed_label_is_named():
    """Somebody edited the printed form."""
    proof = prove_untouched(TEMPLATE, tampered(fill(submission(), TEMPLATE), "投入人力", "投入入力"))
    assert proof.changed == ("word/document.xml",)
    assert proof.text.startswith("注意")


def test_a_changed_statement_is_named():
    """The words of the declaration are the office's own."""
    proof = prove_untouched(TEMPLATE, tampered(fill(submission(), TEMPLATE), "真实有效", "大致有效"))
    assert proof.changed == ("word/document.xml",)
