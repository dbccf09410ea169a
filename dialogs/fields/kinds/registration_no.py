"""A number in a register: every office has its own format, so anything with figures in it passes."""

import re
from datetime import date

from dialogs.fields.chatter import without_chatter
from dialogs.fields.kind import Kind
from dialogs.fields.plain_words import asks, refuse_markup
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field
from knowledge.text.normalise import fold

_FIGURE = re.compile(r"[0-9A-Za-z]|[〇零一二三四五六七八九十百]")
_NUMERAL = re.compile(r"\d|[〇零一二三四五六七八九十百](?=.{0,4}号)")
_DATE = re.compile(r"(?:19|20)\d{2}年?|\d{4}\s*[年./-]\s*\d{1,2}\s*(?:月|[./-]|$)\s*(?:\d{1,2}\s*日?)?")
_CODE = re.compile(r"[0-9A-Za-z\s-]{18,24}")
_CODE_LENGTH = 18
_WHEN = re.compile(r"年[^\d号]{0,12}$")  # only when it was given: 2021年办的
_LEAST = 3


class RegistrationNo(Kind):
    """A number in a register, as it stands."""

    name = "registration_no"
    figured = True
    numbered = True
    personal_from = 4

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a number as it stands; a unified social credit code loses its blanks and gains capitals.

        Raises:
            Misread: no figures, too few, a date, markup, a question.
        """
        del field, today
        refuse_markup(text)
        text = without_chatter(text)
        plain = fold(text)
        if (
            not _NUMERAL.search(plain)
            or len(_FIGURE.findall(plain)) < _LEAST - ("号" in plain)
            or _DATE.fullmatch(plain)
            or _WHEN.search(plain)
            or "://" in plain
        ):
            raise Misread
        if asks(text) or re.search(r"[?？吗]\s*$", text):
            raise Misread("question")
        shown = re.sub(r"[。.;；,，]+$", "", text.replace("\n", " "))
        code = re.sub(r"[\s-]", "", plain)
        if _CODE.fullmatch(plain) and len(code) == _CODE_LENGTH:
            shown = code.upper()
        return ReadValue(shown, shown)
