"""How many people or views: one number where there is one, the words where they list areas or several kinds."""

import re
from datetime import date
from decimal import Decimal
from typing import ClassVar

from pydantic import JsonValue

from dialogs.fields.chatter import without_chatter, without_emoji
from dialogs.fields.kind import Kind
from dialogs.fields.no_answer import is_blank
from dialogs.fields.official_numbers import ReadUnit, count_unit, in_official_wording, said_quantity
from dialogs.fields.phone_numbers import phone_for_number
from dialogs.fields.place_names import address_words
from dialogs.fields.quantities import Quantity, quantities
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.expressions.value_types import NUMBER
from knowledge.form import Field
from knowledge.text.normalise import fold
from knowledge.text.numerals import spread, unseparate

_NEGATIVE = re.compile(r"(?:^|[^\d\w人次元])(?:-|负)\s*[\d一二三四五六七八九十]")
_TOTAL = re.compile(r"(?:总计|合计|共计|累计|总共|一共|总数|共)[有为达到约近超过:：\s]*$")
_ASIDE = re.compile(r"其中|包括|包含|含有?|[(（]")
_AREA = re.compile(r"全[省市县国区]|\w{1,10}(?:省|市|县|区|乡|镇|村|街道|社区|州|旗|地区|新区|开发区|高校|学校)|各地")
_NUMERALS = "零一二两三四五六七八九十百千万亿俩多余来几"
_TOTALS = re.compile(r"总计|合计|共计|累计|总共|一共|总数|共")
_JOINED = re.compile(
    r"(?:(?<=[,，、;；])|\A)\s*(?:(?:也?就|再加上?|再加|外加|另外|还有|加上|另有|以及)(?:是|有)?)+(?=.)"
)
_PAIR = re.compile(r"(?:(?<=[\s,，、;；就加有是上])|\A)[俩仨](?=[一-鿿])")
_LONGEST_PARTS, _SEVERAL = 80, 2
_VAGUE = re.compile(r"若干|许多|很多|众多|大量|不少|无数|[数几好](?:十|百|千|万|亿)|千家万户|成千上万|一些")


class Count(Kind):
    """A number of people or views: an integer, `{"min", "max"}`, or words that list areas or parts."""

    name = "count"
    value_type = NUMBER
    figured = True
    numbered = True
    label_style = "named"
    unread = "unread_count"
    whole: ClassVar[bool] = True

    def units(self, field: Field) -> tuple[str, ...]:
        """Give the words that may follow the number; the first is printed where none does."""
        return field.units

    def read_unit(self, field: Field) -> ReadUnit:
        """Give what reads the unit behind the number."""
        return count_unit(self.units(field))

    def spelled(self, field: Field, words: str) -> str:
        """Write a folded text so that its numbers stand there as figures or numerals, each with its unit."""
        del field
        return spread(unseparate(words))

    def sample_of(self, field: Field) -> str:
        """Give a number with the field's unit."""
        return f"120{self.unit(field)}"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a count.

        Raises:
            Misread: no number and no area, a fraction of a person, a negative number, money.
        """
        del today
        text = without_emoji(text)
        if phone := phone_for_number(text, self.units(field)):
            raise Misread("phone_for_number", found=phone)
        text = _plain_parts(text) if "parts" in field.allows else text
        words = self.spelled(field, fold(text))
        if _NEGATIVE.search(words):
            raise Misread("negative")
        found, places = quantities(words, self.units(field))
        chosen = _choose(words, found, self.units(field))
        if chosen and "parts" in field.allows and _lists_parts(words, found):
            chosen = None
        if chosen:
            return self._counted(field, text, words, found, chosen)
        if found and "parts" in field.allows and _names_parts(words):
            shown = self._official(field, text, words, found, None)
            return ReadValue(shown, shown)
        if "areas" in field.allows and (places or _is_area(words, field)) and not is_blank(text):
            shown = without_chatter(text)
            return ReadValue(shown, shown)
        if len(found) > 1:
            raise Misread("several_numbers")
        raise Misread("vague_count" if _VAGUE.search(words) else "invalid", found=text[:20])

    def _counted(self, field: Field, text: str, words: str, found: list[Quantity], chosen: Quantity) -> ReadValue:
        value = _value(chosen, whole=self.whole)
        said = said_quantity(words, chosen, self.read_unit(field))
        unit = said.unit or next(iter(self.units(field)), "")
        printed = said.printed(field.print, unit) if field.print.changes_numbers else None
        shown = self._official(field, text, words, found, chosen)
        return ReadValue(value, shown, chosen.approx or said.approximate, printed)

    def _official(self, field: Field, text: str, words: str, found: list[Quantity], chosen: Quantity | None) -> str:
        """Write the sentence in official wording; the number that counts gets the unit where none was said."""
        unit, read_unit = next(iter(self.units(field)), ""), self.read_unit(field)
        said = [(said_quantity(words, one, read_unit), unit if chosen in (None, one) else "") for one in found]
        return in_official_wording(text, words, said)


def _plain_parts(text: str) -> str:
    """Write parts without what joins them in speech: 就俩专职的，再加十九个志愿者 → 两个专职的，十九个志愿者."""
    if len(text) > _LONGEST_PARTS or not _JOINED.search(text) or len(re.split("[,，、;；]", text)) < _SEVERAL:
        return text
    return _PAIR.sub(lambda match: "两个" if match[0] == "俩" else "三个", _JOINED.sub("", text))


def _lists_parts(words: str, found: list[Quantity]) -> bool:
    """Tell whether every clause says one number and what it is of, none of them the sum: 专职的三个，志愿者二十五人."""
    if len(found) < _SEVERAL or _TOTALS.search(words) or _ASIDE.search(words):
        return False
    begin = 0
    for clause in re.split("([,，、;；])", words):
        inside = [one for one in found if begin <= one.start < begin + len(clause)]
        if clause not in ",，、;；" and (len(inside) != 1 or not _names_part(clause)):
            return False
        begin += len(clause)
    return True


def _names_part(clause: str) -> bool:
    return re.search(r"[一-鿿]{2}", re.sub(rf"[{_NUMERALS}人名位次个约共]", " ", clause)) is not None


def _is_area(words: str, field: Field) -> bool:
    return bool(_AREA.search(words)) or any(area in words for area in (*field.areas, *address_words().provinces))


def _names_parts(words: str) -> bool:
    """Several numbers are an answer only when words say what each is of."""
    return (
        len(re.findall(r"[\u4e00-\u9fff]", re.sub(r"[零一二三四五六七八九十百千万亿人名位次个约多余来几]", "", words)))
        > 1
    )


def _choose(words: str, found: list[Quantity], units: tuple[str, ...]) -> Quantity | None:
    if len(found) <= 1:
        return found[0] if found else None
    named = [one for one in found if words[one.end :].lstrip("多余来 ").startswith(units)]
    totals = [one for one in found if _TOTAL.search(words[: one.start])]
    aside = _ASIDE.search(words)
    main = [one for one in found if aside and one.end <= aside.start()]
    for group in (named, totals, main):
        if len(group) == 1:
            return group[0]
    return None


def _value(one: Quantity, *, whole: bool) -> JsonValue:
    number = _whole if whole else _exact
    if one.high is not None:
        return {"min": number(one.low), "max": number(one.high)}
    return number(one.low)


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise Misread("fraction", found=f"{value.normalize():f}")
    return int(value)


def _exact(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
