"""Free lines, one item each (honours); 无 means there are none."""

from dialogs.values.absent import is_none
from dialogs.values.reading import Misread, Reading
from dialogs.values.text import asks, has_words, refuse_markup


def read(text: str) -> Reading:
    """Read lines; `value` is `None` where the answer is 无.

    Raises:
        Misread: no words in it, markup, or a question about the form.
    """
    if is_none(text):
        return Reading(None, "")
    if not has_words(text):
        raise Misread
    refuse_markup(text)
    if asks(text) or text.endswith(("?", "？")):
        raise Misread("question")
    return Reading(text, text)
