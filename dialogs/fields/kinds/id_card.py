"""A citizen's identity number (GB 11643): 18 characters, the birthday and the sex in it, the last one a check."""

import re
from datetime import date

from stdnum.cn import ric

from dialogs.fields.dictated_digits import figure_runs, in_figures
from dialogs.fields.kind import Kind
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field

_LENGTH, _OLD_LENGTH = 18, 15
_ATTEMPT = 8  # digits from which a row of them is meant as the number
_LAST_X = re.compile(r"(?<=\d)\s*[×✕✗叉]")
_MASKED = re.compile(r"\d{2,}[*＊●某]{2,}|[*＊●]{3,}\d{2,}")
_EARLIEST = 1900


class IdCard(Kind):
    """A citizen's identity number; `value` is its 18 characters, the last a digit or X.

    Birthday and sex in it are for the functions of `knowledge.expressions` to read. Whether its region exists is not
    asked: regions change, and numbers stay.
    """

    name = "id_card"
    coded = True
    figured = True
    telling = True
    unread = "unread_id_card"
    sample = "100000199001010011"
    personal_from = 8

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a number, spaces in it and a small x made right.

        Raises:
            Misread: none, several, masked, an old one of 15 digits, a wrong length, birthday or check character.
        """
        del field
        plain = _LAST_X.sub("X", in_figures(text))
        if _MASKED.search(plain):
            raise Misread("id_card_masked")
        number = _the_one(figure_runs(plain, "Xx"))
        birth = _day(number[6:14])
        if birth is None or birth > today or birth.year < _EARLIEST:
            raise Misread("id_card_birth", found=number[6:14])
        if number[-1] != ric.calc_check_digit(number):
            raise Misread("id_card_check")
        return ReadValue(number, number)


def _the_one(rows: list[str]) -> str:
    full = [row for row in rows if re.fullmatch(r"\d{17}[\dX]", row)]
    if len(full) > 1:
        raise Misread("several_numbers_like_it", count=len(full))
    if full:
        return full[0]
    tried = max((row for row in rows if len(row) >= _ATTEMPT), key=len, default=None)
    if tried is None:
        raise Misread
    if len(tried) == _OLD_LENGTH and tried.isdecimal() and _day("19" + tried[6:12]):
        raise Misread("id_card_old", found=tried)
    raise Misread("id_card_length", count=len(tried))


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
