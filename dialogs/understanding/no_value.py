"""Words that are no value of any field: 不会弄, 替我起一个, 谁发我的; and values plainly meant for another field.

A message is no value when each of its clauses says nothing that a form could hold, one of them plainly so.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import ends_like_unit
from dialogs.understanding.acts import Act, Doubtful, Propose, Unknown
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.frames import expanded
from dialogs.understanding.putting_off import in_passing
from dialogs.understanding.situation import Situation
from knowledge.form import Field
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.search.answer import Answer
from knowledge.text.question_form import Asks, asks, is_title

_FEW = 4  # clauses; who says more tells something
_SIGNS = 2  # signs of speech that make words doubtful
_LONGEST = 30  # characters of such a clause


class NoValueWords(Model):
    """All of `lexicon/no_value.yaml`."""

    fragments: dict[str, str]
    spoken: tuple[str, ...]
    remark: str
    cues: dict[str, str]
    other_measures: str


@lru_cache(1)
def _words() -> NoValueWords:
    return load_yaml(Path(__file__).parent / "lexicon" / "no_value.yaml", NoValueWords)


@lru_cache(1)
def _pattern() -> re.Pattern[str]:
    own = _words().fragments
    return re.compile(rf"\A(?:{expanded('{no_value}', own)}){expanded('{end}')}\Z")


@lru_cache(1)
def _remark() -> re.Pattern[str]:
    return re.compile(rf"\A(?:{expanded(_words().remark)})\Z")


def is_remark(plain: str) -> bool:
    """Tell whether a folded clause is a remark about the day, the weather or oneself, meant for no field."""
    return len(plain) <= _LONGEST and _remark().match(plain) is not None


def no_value(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read words that no field takes: the one asked for is asked for once more."""
    if at.asked is None or len(cut) > _FEW:
        return ()
    plainly = [_is_no_value(clause.plain) for clause in cut]
    if not any(plainly):
        return ()
    others = [clause for clause, plain in zip(cut, plainly, strict=True) if not plain]
    if all(in_passing(clause) or asks(clause.plain + clause.mark) is not Asks.NO for clause in others):
        return (Unknown(field=at.asked.key, no_value=True),)
    return ()


def sounds_spoken(text: str, plain: str, at: Situation) -> tuple[Act, ...]:
    """Read short free words that sound said to somebody: they are taken only once confirmed.

    Names of units end as such, what is quoted is meant, and figures tell of facts.
    """
    asked = at.asked
    if asked is None or not kind_of(asked).takes_words or len(plain) > _LONGEST or not at.fits(asked, text):
        return ()
    if asks(text) is Asks.YES and _is_known_to_notice(text, asked, at):
        return ()
    if re.search(r"[\d《“「\"]", plain) or ends_like_unit(plain) or is_title(plain):
        return ()
    if any(each.whole and each.part is None for each in at.mentions(plain)):
        return ()
    signs = sum(re.search(sign, plain) is not None for sign in _words().spoken)
    return (Doubtful(field=asked.key, text=text),) if signs >= _SIGNS else ()


def _is_known_to_notice(text: str, asked: Field, at: Situation) -> bool:
    """Tell whether the notice answers a question, or it is known to speak of something else (the weather)."""
    found = at.find(text, during=asked.key)
    return isinstance(found, Answer) or found.recognised


def for_another(plain: str, text: str, at: Situation) -> tuple[Act, ...]:
    """Read a figure with the unit or the verb of another field of figures: 播放 where people are counted."""
    asked = at.asked
    if asked is None or not kind_of(asked).numbered or kind_of(asked).assents or len(plain) > _LONGEST:
        return ()
    if re.search(_words().other_measures, plain) and not is_cued(asked, plain):
        return (Unknown(field=asked.key, no_value=True),)
    if is_cued(asked, plain) or at.mentions(plain):
        return ()
    if kind_of(asked).dated and at.fits(asked, plain):
        return ()
    others = [one for one in at.pack.form.fields if one.key != asked.key and kind_of(one).figured]
    for one in others:
        if at.draft.applies(one) and is_cued(one, plain, but=asked) and at.fits(one, text):
            return (Propose(found={one.key: text}),)
    return ()


def _is_no_value(plain: str) -> bool:
    return len(plain) <= _LONGEST and _pattern().match(plain) is not None


def is_cued(one: Field, plain: str, but: Field | None = None) -> bool:
    """Tell whether a figure stands with a unit of this field (and not of the other), or its kind's verb is said."""
    if tells_kind(one, plain):
        return True
    units = [unit for unit in one.units if but is None or unit not in but.units]
    return bool(units) and _measured(tuple(units), led=but is not None).search(plain) is not None


@cache
def _measured(units: tuple[str, ...], *, led: bool) -> re.Pattern[str]:
    """Give the pattern of a figure with one of the units behind it, or, `led`, before it."""
    words = "|".join(map(re.escape, units))
    behind = rf"[\d万亿千百十余多几来](?:个|位|名|次)?(?:的)?(?:{words})"
    before = rf"(?:{words})[^\d,]{{0,3}}?[\d一二三四五六七八九十百]"
    return re.compile(rf"{behind}|{before}" if led else behind)


def tells_kind(one: Field, plain: str) -> bool | None:
    """Tell whether words hold a verb or thing that tells a field's kind (花了, 块钱); None where its kind has none."""
    cue = kind_cue(one)
    return None if cue is None else cue.search(plain) is not None


def kind_cue(one: Field) -> re.Pattern[str] | None:
    """Give the pattern of the verbs and things that tell a field's kind; None where its kind has none."""
    return _cues().get(one.kind)


@lru_cache(1)
def _cues() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(cue) for kind, cue in _words().cues.items()}
