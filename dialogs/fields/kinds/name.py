"""A unit's or a project's name: one line, in words."""

import re
from datetime import date

from dialogs.fields.chatter import without_closing, without_emoji, without_opening
from dialogs.fields.kind import Kind
from dialogs.fields.plain_words import HANZI, asks, has_words, refuse_markup
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.said_names import said_name
from dialogs.fields.unit_names import ends_like_unit
from knowledge.form import Field
from knowledge.text.question_form import is_title

_LINK = re.compile(r"^\W*(?:https?://|www\.)|^\S+@\S+\.\w+$|^data:", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|「[^「」]*」|\"[^\"]*\"")  # a title may ask: “怎么办？找社工！”
_END = re.compile(r"[。.;；,，、]+$")
_SEAL = re.compile(r"\s*[（(](?:公章|盖章)[)）]$")
_WRAP = re.compile(r"(?<=[\u2e80-\uffef])\n(?=[\u2e80-\uffef])")
_LATIN_NAME = re.compile(r"[A-Za-z]{3,}\W+[A-Za-z]{2,}|[A-Za-z]{4,}")
_FIGURES = re.compile(r"[\d\W_年月日号]*\d[\d\W_年月日号]*")
_LEAST_CHARACTERS = 2


class Name(Kind):
    """A name in words; `value` is the name."""

    name = "name"
    takes_words = True
    titled = True
    label_style = "named"
    personal_from = 4

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a name; marks at its end are dropped, except ? and !.

        Raises:
            Misread: only figures or marks, one character over and over, markup, an address, or a question.
        """
        del today
        said = said_name(field, text)
        plain = without_closing(without_opening(without_emoji(_WRAP.sub("", said).replace("\n", " "))), particles=False)
        name = _END.sub("", _SEAL.sub("", _without_particle(plain))).strip()
        refuse_markup(name)
        if _LINK.search(name):
            raise Misread("not_a_name", found=name[:30])
        if _FIGURES.fullmatch(name):
            raise Misread("only_figures")
        if not _is_named(name):
            raise Misread
        if asks(_QUOTED.sub("某", name)) and not is_title(name):
            raise Misread("question")
        return ReadValue(name, name)


def _without_particle(name: str) -> str:
    """Drop 吧 or 哈 behind what is a name without it: 云上课堂吧, but not 一起来读书吧."""
    bare = without_closing(name)
    return bare if is_title(bare) or ends_like_unit(bare) else name


def _is_named(name: str) -> bool:
    if not has_words(name) or not (HANZI.search(name) or _LATIN_NAME.search(name)):
        return False
    return len(set(re.sub(r"[\W\d_]", "", name))) >= _LEAST_CHARACTERS
