"""Free lines, one item each (honours); 无 means there are none."""

from dialogs.fields.kinds.text import asks, has_words, refuse_markup
from dialogs.fields.no_answer import is_none
from dialogs.fields.read_value import Misread, ReadValue


def read(text: str) -> ReadValue:
    """Read lines; `value` is `None` where the answer is 无.

    Raises:
        Misread: no words in it, markup, or a question about the form.
    """
    if is_none(text):
        return ReadValue(None, "")
    if not has_words(text):
        raise Misread
    refuse_markup(text)
    if asks(text) or text.endswith(("?", "？")):
        raise Misread("question")
    return ReadValue(text, text)
