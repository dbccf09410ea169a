"""Yes or no, in every phrasing; a no anywhere wins, doubt is no answer."""

import re
from datetime import date
from functools import cache

from pydantic import JsonValue

from dialogs.fields.kind import Kind
from dialogs.fields.lexicon_file import load_lexicon
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.unit_names import any_of
from knowledge.expressions.value_types import FLAG
from knowledge.form import Field, Option
from knowledge.model import Model
from knowledge.text.checkboxes import BOX, TICKS, boxes_as_signs
from knowledge.text.normalise import fold

_CHOOSING = re.compile(r"^(?:我们?)?(?:就)?(?:选择?|填写?|回答|答案?|勾选?)\s*[:：是为]?\s*(?=[是否有没12AB第])")
_BOTH = re.compile(r"是\W*(?:或者?|还是)?\W*否")
_WHETHER = re.compile(r"是否|有无")
_NUMBER = re.compile(r"\d{6,}")  # a number of the deed tells that it is done
_NOTHING = Option(label="")
_TELLING = 4
_DEED = 2  # characters at the end of a label that name what is asked about: 是否已在系统注册
_EDGE = " \n。.,，、;；!！~…()[]【】“”\"'‘’「」"


class Boolean(Kind):
    """Yes or no; `value` is a boolean."""

    name = "boolean"
    value_type = FLAG
    numbered = True
    assents = True
    boxed = True
    label_style = "strict"
    speech = False

    def specimen(self, field: Field) -> JsonValue:
        """Tick yes."""
        del field
        return True

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a yes or no; `display` is the label of the choice (是/否).

        Raises:
            Misread: neither, or doubtful.
        """
        del today
        words = _CHOOSING.sub("", _unlabelled(field, fold(text).strip(_EDGE)))
        answer = _ticked(text, field)
        if answer is None:
            answer = _numbered(words)
        if answer is None:
            answer = _told_by_number(field, fold(text)) or _said(field, words)
        labels = {True: self.typed(answer=True), False: self.typed(answer=False)}
        labels |= dict(zip((True, False), (choice.label for choice in field.choices), strict=False))
        return ReadValue(answer, labels[answer])


def _unlabelled(field: Field, words: str) -> str:
    """Drop a label that runs into its answer: 是否备案是."""
    for name in field.names:
        if len(name) >= _TELLING and words.startswith(name) and words != name:
            return words.removeprefix(name).strip(_EDGE)
    return words


def _ticked(text: str, field: Field) -> bool | None:
    """Read the form's own boxes, `是 ☑ 否 □` or `☑是 □否`."""
    text = boxes_as_signs(text)
    if not re.search(BOX, text) or len(field.choices) < 2:  # noqa: PLR2004 - yes and no
        return None
    yes, no = (re.escape(choice.label) for choice in field.choices[:2])
    after = re.search(rf"{yes}\s*({BOX})\s*{no}\s*({BOX})", text)
    before = re.search(rf"({BOX})\s*{yes}\s*({BOX})\s*{no}", text)
    if match := after or before:
        ticks = [box in TICKS for box in match.groups()]
        if ticks[0] == ticks[1]:
            raise Misread
        return ticks[0]
    if match := re.fullmatch(rf"\W*?({yes}|{no})\s*[{TICKS}]\W*", text.strip()):
        return match[1] == field.choices[0].label
    return None


def _numbered(words: str) -> bool | None:
    answers = dict.fromkeys(("1", "A", "a", "第一个", "第1个"), True)
    answers |= dict.fromkeys(("2", "B", "b", "第二个", "第2个"), False)
    return answers.get(words)


def _said(field: Field, words: str) -> bool:
    """Hear a yes or no in words; what the form itself takes for one goes first, doubt before all else."""
    signs = _signs_of(field.names)
    plain = _WHETHER.sub("", words)
    if _BOTH.fullmatch(words):
        raise Misread
    yes, no = (_any_alias(choice) for choice in (*field.choices, _NOTHING, _NOTHING)[:2])
    if yes.fullmatch(plain):
        return True
    if signs.goes_on and signs.going.search(plain):
        return True
    if signs.doubt.search(words):
        raise Misread("undecided", label=field.label)
    if no.search(plain):
        return False
    if signs.goes_on and signs.stopped.search(plain):
        return False
    if signs.denies:
        return _of_denial(signs, plain)
    answer = _of_deed(signs, plain)
    if answer is None and yes.search(plain) is None:
        raise Misread
    return answer is not False


def _told_by_number(field: Field, words: str) -> bool:
    """Tell whether the deed is told together with its number, 民政备案，备案号…: who has a number has done it."""
    signs = _signs_of(field.names)
    told = signs.deed.search(words) is not None and _NUMBER.search(words) is not None
    return told and not (signs.denies or signs.no.search(words) or signs.doubt.search(words))


def _of_deed(signs: "_Signs", plain: str) -> bool | None:
    """Hear whether the deed is done; None where nothing says so."""
    if signs.no.search(signs.fine.sub("", plain)):
        return False
    return True if signs.yes.fullmatch(plain) or signs.done.search(plain) or signs.echoes(plain) else None


def _of_denial(signs: "_Signs", plain: str) -> bool:
    """Hear the answer to 是否尚未结项: 结项了 and 没拿过 are no, 还没结项 is yes, a bare 没有 may be either."""
    if signs.bare_no.fullmatch(plain):
        return False
    if signs.deed.search(plain):
        return bool(signs.no.search(plain))
    if signs.never.search(plain):
        return False
    if signs.yes.fullmatch(plain):
        return True
    raise Misread("which_way")


def _any_alias(choice: Option) -> re.Pattern[str]:
    """Give what the form itself takes for this option, beside its label."""
    return re.compile(any_of(choice.aliases) if choice.aliases else "(?!)")


class YesNoWords(Model):
    """All of `lexicon/yes_no.yaml`: regular expressions."""

    deeds: tuple[str, ...]
    around: str
    fine: str
    doubt: str
    no_: str
    yes_: str
    done: str
    asks_going: str
    going: str
    stopped: str
    asks_not: str
    bare_no: str
    never: str


class _Signs:
    """The word list, compiled for a field: {deed} is what its names ask about."""

    def __init__(self, words: YesNoWords, names: tuple[str, ...]) -> None:
        around = re.compile(words.around)
        bare = [re.sub(r"[（(].*", "", name) for name in names]
        asked = [around.sub("", around.sub("", name)) for name in bare]
        parts = {part for name in asked if len(name) >= _DEED for part in (name[-_DEED:], name[-_DEED])}
        parts |= {
            part for name, whole in zip(asked, bare, strict=True) if whole != name for part in (name[:_DEED], name[:1])
        }
        own = any_of(part for part in parts if part)
        deed = any_of({*words.deeds, *filter(None, parts)})
        self._asked = asked
        self.goes_on = bool(re.search(words.asks_going, "、".join(names)))
        self.going = re.compile(words.going)
        self.stopped = re.compile(words.stopped)
        self.denies = bool(re.search(words.asks_not, names[0]))
        self.never = re.compile(words.never)
        self.bare_no = re.compile(words.bare_no, re.IGNORECASE)
        self.deed = re.compile(own or "(?!)")
        self.fine = re.compile(words.fine)
        self.doubt = re.compile(words.doubt)
        self.no = re.compile(words.no_, re.IGNORECASE)
        self.yes = re.compile(words.yes_.replace("{deed}", deed), re.IGNORECASE)
        self.done = re.compile(words.done.replace("{deed}", deed))

    def echoes(self, plain: str) -> bool:
        """Tell whether the answer says the label's own words, with a mark that it is so: 享受过, 是校级领导."""
        said = plain.removeprefix("是").removeprefix("有")
        marked = said != plain or re.search("[过了在仍已]", said)
        return bool(marked) and len(said) >= _DEED and any(said in name for name in self._asked)


@cache
def _signs_of(names: tuple[str, ...]) -> _Signs:
    return _Signs(load_lexicon("yes_no", YesNoWords), names)
