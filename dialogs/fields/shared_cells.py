"""What is said once for all rows of a table: 三年都是合格，市一中; 22年合格，23年优秀，都是市一中考核的."""

import re
from collections.abc import Mapping

from knowledge.form import Field
from knowledge.text.numerals import whole_number

_ALL = r"(?:都|均|全都?|全部|统一)(?:是|由|在|为)?"
_COMMON = re.compile(
    rf"[，,；;。\s]\s{{0,3}}(?P<name>[\u4e00-\u9fff]{{2,8}}?)?{_ALL}\s{{0,3}}(?P<cell>[^，,；;。\s]{{2,40}}?)的?[。.]?\s{{0,3}}\Z"
)
_UNIFORM = re.compile(
    rf"(?:(?:这|近)?(?P<count>[\d一二两三四五六七八九十]{{1,2}})(?:个|项|行|年|门)?|[每各](?:一)?(?:年|项|个|行|门)|历年)?度?(?:的?考核|结果)?"
    rf"{_ALL}\s{{0,3}}(?P<cells>[^\n]{{1,200}})\Z"
)
_LONGEST = 2000  # characters that are looked at


def in_every_row(table: Field, text: str, names: Mapping[str, str]) -> str:
    """Write what is said of all printed rows at once as a line for each; other texts stay as they are.

    Args:
        table: a table, perhaps with printed rows.
        text: the answer.
        names: how the printed rows may be called.
    """
    match = _UNIFORM.match(text.strip()) if table.fixed and len(text) <= _LONGEST else None
    if match is None or any(name in match["cells"] for name in names):
        return text
    if match["count"] and whole_number(match["count"].replace("两", "二")) != len(table.fixed):
        return text
    return "\n".join(f"{label} {match['cells']}" for label in table.fixed)


def said_of_all(text: str) -> tuple[str, str, str]:
    """Part a last clause about all rows from a text: the rest, its words, the column it names or nothing."""
    match = _COMMON.search(text, max(0, len(text) - 80)) if len(text) <= _LONGEST else None
    if match is None:
        return text, "", ""
    return text[: match.start()], match["cell"], match["name"] or ""


def without_column_words(column: Field, words: str) -> str:
    """Drop what a cell repeats of its column's name at its end: 市一中考核 for 考核单位 is 市一中."""
    label = column.label
    tails = (label[start:end] for start in range(len(label)) for end in range(len(label), start + 1, -1))
    said = (each for each in tails if words.endswith(each) and not label.endswith(each))
    tail = next((each for each in said if len(words) > len(each) + 1), "")
    return words.removesuffix(tail) if tail else words
