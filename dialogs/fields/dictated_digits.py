"""Numbers as they are dictated or scanned: 一三八零零零零…, 幺三八, 1O8 with a letter O; written in figures.

Only rows of single digits are meant; 三百二 is a quantity and stays (`knowledge.text.numerals`).
"""

import re

from knowledge.text.normalise import fold

_SAID = "零〇○一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_FIGURES = str.maketrans(_SAID, "00011223456789123456789")
_RUN = re.compile(rf"[\d{_SAID}](?:[ -]?[\d{_SAID}]){{4,}}")
_PAUSE = re.compile(rf"(?<=[{_SAID}]),\s?(?=[{_SAID}])")
_EXTENSION = re.compile(rf"(?<=转)[{_SAID}]{{1,6}}(?![十百千万])")
_LETTER_O = re.compile(r"(?<=\d)[Oo]+(?=[\dOo ]*\d)")


def in_figures(text: str) -> str:
    """Fold a text and write its dictated digits in figures; blanks and hyphens between them stay."""
    plain = _LETTER_O.sub(lambda match: "0" * len(match[0]), fold(text))
    plain = _PAUSE.sub(" ", plain)
    plain = _EXTENSION.sub(lambda match: match[0].translate(_FIGURES), plain)
    return _RUN.sub(lambda match: match[0].translate(_FIGURES), plain)


def figure_runs(text: str, letters: str = "") -> list[str]:
    """Give the rows of figures in a text, without the blanks and hyphens in them, each once.

    Args:
        text: any text.
        letters: letters a row may hold as well, as a character class (`A-Z`); they come out in capitals.
    """
    one = rf"[\d{letters}]"
    row = re.compile(rf"(?<![0-9A-Za-z]){one}(?:[ -]{{0,2}}{one})*(?![0-9A-Za-z])")
    found = (re.sub(r"[ -]", "", match[0]) for match in row.finditer(in_figures(text).upper()))
    return list(dict.fromkeys(found))
