"""A unified social credit code (GB 32100): 18 characters, the last one a check."""

import re
from datetime import date

from stdnum.cn import uscc
from stdnum.exceptions import InvalidFormat, ValidationError

from dialogs.fields.dictated_digits import figure_runs
from dialogs.fields.kind import Kind
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field

_LENGTH = 18
_ATTEMPT = 8  # characters from which a row of them is meant as the code
_OLD_LENGTHS = (9, 13, 15)  # organisation code, registration numbers before 2015
_NEVER = re.compile("[IOZSV]")  # letters the standard leaves out


class CreditCode(Kind):
    """A unified social credit code; `value` is its 18 characters, letters in capitals."""

    name = "credit_code"
    coded = True
    figured = True
    telling = True
    unread = "unread_credit_code"
    sample = "91110000600037341L"
    personal_from = 8

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a code, spaces in it and small letters made right.

        Raises:
            Misread: none, several, one of the numbers used before, a wrong length, letter or check character.
        """
        del field, today
        rows = [row for row in figure_runs(text, "A-Za-z") if len(row) >= _ATTEMPT and re.search(r"\d", row)]
        full = [row for row in rows if len(row) == _LENGTH]
        if len(full) > 1:
            raise Misread("several_numbers_like_it", count=len(full))
        code = full[0] if full else max(rows, key=len, default="")
        _check(code)
        return ReadValue(code, code)


def _check(code: str) -> None:
    if not code:
        raise Misread
    if len(code) != _LENGTH:
        reason = "credit_code_old" if len(code) in _OLD_LENGTHS else "credit_code_length"
        raise Misread(reason, found=code, count=len(code))
    if wrong := sorted(set(_NEVER.findall(code))):
        raise Misread("credit_code_letters", found="、".join(wrong))
    try:
        uscc.validate(code)
    except InvalidFormat:
        raise Misread("credit_code_length", found=code, count=len(code)) from None
    except ValidationError:
        raise Misread("credit_code_check", found=code) from None
