"""The form stays the office's form: outside the answer cells not one byte moves."""

from hypothesis import given

from tests.document_samples import TEMPLATE, filled, proven, submission, submissions
from tests.test_document_readback import tampered

BLANK = submission({}, category=None, registered=None)


def test_a_filled_form_is_proven_untouched():
    """All parts and all of the main part outside 24 places for answers are the blank's."""
    proof = proven(submission(), filled(submission()))
    assert (proof.changed, proof.cells) == ((), 24)
    assert proof.outside > 20_000
    assert proof.text.startswith("已证明：除 24 处答案外")


@given(submissions)
def test_no_answer_reaches_beyond_its_cell(each):
    """Whatever is typed, the rest of the form has the blank form's digest."""
    proof = proven(each, filled(each))
    assert proof.changed == ()
    assert proof.digest == proven(BLANK, TEMPLATE).digest


def test_a_changed_label_is_named():
    """Somebody edited the printed form."""
    proof = proven(submission(), tampered(filled(submission()), "投入人力", "投入入力"))
    assert proof.changed == ("word/document.xml",)
    assert proof.text.startswith("注意")


def test_a_changed_statement_is_named():
    """The words of the declaration are the office's own."""
    proof = proven(submission(), tampered(filled(submission()), "真实有效", "大致有效"))
    assert proof.changed == ("word/document.xml",)
