"""One phone number: a mobile, a landline with its area code and extension, a 400 line, a number abroad."""

import re
from datetime import date
from typing import ClassVar

import phonenumbers
from phonenumbers import PhoneNumberFormat

from dialogs.fields.dictated_digits import in_figures
from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.phone_numbers import Phone, find_phones
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field

_ABROAD = re.compile(r"(?<!\d)\+(?!86)\d(?:[ ()-]{0,2}\d){6,14}(?!\d)")
_MOBILE = re.compile(r"1\d{10}")
_AREA_CODE = re.compile(r"(?<!\d)0\d{2,3}(?=-)")


class PhoneNumber(Kind):
    """A phone number somebody can be called at; `value` is the number: 13800000555, 010-87654321转801, 400-800-1234.

    What is said around it (我的电话是…, 微信同号) is dropped.
    """

    name = "phone"
    figured = True
    telling = True
    unread = "unread_phone"
    sample = "010-87654321"
    personal_from = 5
    only_mobiles: ClassVar[bool] = False

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a number.

        Raises:
            Misread: no number, several, a masked one or one of the wrong length; for a mobile: any other number.
        """
        del today
        words = in_figures(text)
        if not self.only_mobiles and (abroad := _abroad(words)):
            return ReadValue(abroad, abroad)
        found = _called(words)
        numbers = list(dict.fromkeys(one.shown for one in found))
        if not numbers:
            raise Misread
        if len(numbers) > 1:
            raise Misread("several_phones", count=len(numbers), found="、".join(numbers))
        if self.only_mobiles and not _MOBILE.fullmatch(numbers[0]):
            raise Misread("not_mobile", found=numbers[0])
        doubts = (_no_area_code(field, numbers[0]),) if found[0].local else ()
        in_cells = re.sub(r"\D", "", numbers[0]) if field.print.cells else None
        return ReadValue(numbers[0], numbers[0], printed=in_cells, doubts=doubts)


class Mobile(PhoneNumber):
    """A mobile number of the mainland; `value` is its 11 digits."""

    name = "mobile"
    coded = True
    unread = "unread_mobile"
    sample = "13800000555"
    only_mobiles = True


def _called(words: str) -> list[Phone]:
    """Find the numbers to call; a fax counts only where there is nothing else."""
    found = find_phones(words)
    return [one for one in found if not one.fax] or found


def _abroad(words: str) -> str | None:
    match = _ABROAD.search(words)
    try:
        number = phonenumbers.parse(match[0]) if match else None
    except phonenumbers.NumberParseException:
        return None
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _no_area_code(field: Field, found: str) -> str:
    area = _AREA_CODE.search(field.example)
    return say("no_area_code", found=found, written=f"{area[0] if area else '区号'}-{found}")
