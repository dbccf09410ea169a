"""Words that say a text is not finished: （待补充）, 【此处填写…】, ×××, ____: pointed out before it is sent in."""

import re
from collections.abc import Iterator
from functools import cache

from dialogs.document.document_words import document_words
from dialogs.fields.registry import kind_of
from dialogs.submission import Submission
from knowledge.form import Form

_LONGEST = 20_000  # characters of an answer that are looked at
_REST = 12  # characters that may follow within the brackets: （待补充具体数字）


def left_open(submission: Submission, form: Form) -> Iterator[tuple[str, str]]:
    """Give the label of each field whose answer holds such words, and the words."""
    for field in form.fields:
        entry = submission.entries.get(field.key)
        if entry is None or kind_of(field).declared:
            continue
        found = _pattern().search(entry.on_form[:_LONGEST])
        if found:
            yield field.label, found[0]


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, document_words().left_open))
    return re.compile(rf"[（(【\[](?:{words})[^（()）【】\[\]\n]{{0,{_REST}}}[）)】\]]|×{{2,}}|[xX]{{3,}}|[_＿]{{3,}}")
