"""Where somebody is to be found or written to, as words; no list of places is asked, for places change."""

import re
from datetime import date
from functools import cache

from dialogs.fields.chatter import without_chatter
from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.no_answer import is_later, is_none
from dialogs.fields.place_names import address_words
from dialogs.fields.plain_words import HANZI, asks, refuse_markup
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.unit_names import any_of
from knowledge.form import Field

_BLANK = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff\d])|(?<=[号栋幢楼层])\s+(?=\d)")
_FIGURES = re.compile(r"\d|[一二三四五六七八九十百]+号")
_LEAST = 4  # characters
_LINK = re.compile(r"https?://|www\.|\S@\S", re.IGNORECASE)


class Address(Kind):
    """An address; `value` is its words on one line."""

    name = "address"
    flowing = True
    label_style = "named"
    unread = "unread_address"
    sample = "某某省某某市某某区某某路1号"
    personal_from = 6

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read an address; one without province, city and county is asked about.

        Raises:
            Misread: nothing that names a place, nothing below a city, a web address, markup, a question.
        """
        del field, today
        refuse_markup(text)
        if is_later(text) or is_none(text):
            raise Misread("absent")
        if asks(text) or text.rstrip().endswith(("?", "？")):
            raise Misread("question")
        words = _BLANK.sub("", without_chatter(text.replace("\n", " "))).strip(" ，。,.；;")
        lead, region, place = _named()
        words = lead.sub("", words)
        if _LINK.search(words) or not (region.search(words) or place.search(words)):
            raise Misread
        if len(HANZI.findall(words)) < _LEAST or not (place.search(words) or _FIGURES.search(words)):
            raise Misread("address_short", found=words[:20])
        return ReadValue(words, words, doubts=() if region.search(words) else (say("address_region"),))


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give the patterns for words before an address, for province, city and county, and for what is below them."""
    words = address_words()
    before = r"(?<=[\u3400-\u9fff\dA-Za-z])"
    return (
        re.compile(words.leads),
        re.compile(rf"{before}(?:{any_of(words.regions)})|{any_of(words.provinces)}"),
        re.compile(rf"{before}(?:{any_of(words.places)})"),
    )
