"""What an answer brings along: 其他：读书会, 租用，到2027年12月, 市级的; words for the fields that hang on it.

Only the fields whose condition the new answer fulfils, or that stand on the same printed line, are offered the words,
and only what is beyond doubt is held; all else is asked for as ever. The other way round, what only fits a field behind
one option (省级, where 已列入 has levels) says that option.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from dialogs.fields.lexicon_file import load_lexicon
from dialogs.fields.outcome import Accepted, Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.validate import validate
from dialogs.session import Draft, FieldValue
from knowledge.expressions.value_types import NUMBER
from knowledge.form import Field, Form, once_a_form
from knowledge.model import Model
from knowledge.pack import NoticePack
from knowledge.text.question_form import Asks, asks

_BEHIND = re.compile(r"(?P<mark>[:：(（,，;；。])\s*(?P<words>[^\n]{1,80})")
_STRONG = frozenset(":：(（")  # marks behind which the words belong to the option itself
_CLOSING = "）)。.;； "
_LONGEST = 80  # characters; a longer answer is no option with something behind it


class SaidAlongWords(Model):
    """All of `lexicon/said_along.yaml`: regular expressions."""

    other: str
    doing: str
    named: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of 其他：…, of 我们是做…的 and of 号码是…."""
    words = load_lexicon("said_along", SaidAlongWords)
    return re.compile(words.other), re.compile(words.doing), re.compile(words.named)


def said_along(
    pack: NoticePack, draft: Draft, field: Field, text: str, today: date
) -> Iterator[tuple[Field, FieldValue]]:
    """Give what an answer, which `draft` holds, says of the fields that hang on it or stand on its line."""
    for other in _behind(pack.form).get(field.key, ()):
        if other.key in draft.values or not draft.asks(other):
            continue
        for words in _offered(field, other, text):
            outcome = validate(other, words, pack, today)
            if isinstance(outcome, Accepted):
                held = FieldValue(text=words, **outcome.model_dump(include={"value", "display", "printed", "approx"}))
                draft = draft.model_copy(update={"values": {**draft.values, other.key: held}})
                yield other, held
                break


def _offered(field: Field, other: Field, text: str) -> Iterator[str]:
    """Give the words of an answer that may be meant for another field, those behind its first mark first."""
    kind, match = kind_of(other), _BEHIND.search(text)
    if kind_of(field).declared or kind.tabled or len(text) > _LONGEST:
        return
    if match is not None and (match["mark"] in _STRONG or kind_of(field).bounded != "items"):
        other_one, doing_it, named = _patterns()
        words = named.sub("", match["words"].strip(_CLOSING), count=1)
        noted = bool(other_one.match(text))
        if words and (not kind.takes_words or match["mark"] in _STRONG or noted):
            doing = doing_it.fullmatch(words) if noted else None
            yield doing["what"] if doing else words
    if (
        (kind.optioned and not kind.several)
        or (kind.figured and not kind.takes_words and kind_of(field).boxed)
        or (_on_same_line(other, field) and any(unit in text and unit not in field.units for unit in other.units))
    ):
        yield from (part for part in text.split()[1:] if kind.figured and any(map(str.isdigit, part)))
        yield text


def implied_option(pack: NoticePack, draft: Draft, field: Field, text: str, today: date) -> str | None:
    """Give the one option that words say by an option of a field behind it: 省级 says 已列入; None where none does."""
    if not kind_of(field).boxed or kind_of(field).several or len(text) > _LONGEST or asks(text) is Asks.YES:
        return None
    behind = [
        each for each in _behind(pack.form).get(field.key, ()) if _hangs_on(each, field) and kind_of(each).optioned
    ]
    found = []
    for number, option in enumerate(field.choices):
        value = option.label if kind_of(field).optioned else number == 0
        held = FieldValue(text=option.label, value=value, display=option.label)
        supposed = draft.model_copy(update={"values": {**draft.values, field.key: held}})
        fitting = (other for other in behind if supposed.asks(other))
        if any(isinstance(validate(other, text, pack, today), Accepted) for other in fitting):
            found.append(option.label)
    return found[0] if len(found) == 1 else None


def tells_more(pack: NoticePack, draft: Draft, field: Field, text: str, today: date) -> str | None:
    """Give the words to take for the field asked where an answer tells of fields behind it too; None where it does not.

    They are the answer itself, or the option it implies.
    """
    if field.key not in _behind(pack.form) or asks(text) is Asks.YES:
        return None
    outcome = validate(field, text, pack, today)
    if isinstance(outcome, Rejected):
        return implied_option(pack, draft, field, text, today)
    held = FieldValue(text=text, value=outcome.value, display=outcome.display)
    supposed = draft.model_copy(update={"values": {**draft.values, field.key: held}})
    return text if next(said_along(pack, supposed, field, text, today), None) else None


@once_a_form
def _behind(form: Form) -> dict[str, tuple[Field, ...]]:
    """Give, by its key, the fields that hang on a field or stand on its line, where there are any."""
    found = {
        one.key: tuple(each for each in form.fields if _hangs_on(each, one) or _on_same_line(each, one))
        for one in form.fields
    }
    return {key: others for key, others in found.items() if others}


def _hangs_on(other: Field, field: Field) -> bool:
    return other.when is not None and field.key in other.when.keys and not other.columns


def _on_same_line(other: Field, field: Field) -> bool:
    """Tell whether a number with a unit of its own stands on the printed line of a field: 2025年__月起，共__个月."""
    place, own = other.at.split(), field.at.split()
    counted = bool(other.units) and kind_of(other).value_type == NUMBER
    return counted and len(place) > 1 and place[:1] == own[:1] and other.key != field.key
