"""Words no rule has read, read by their learned sense: put off, said to the bot, or a doubtful answer.

A wrong guess costs one tap: what may be content of the form is never dropped, only asked about.
"""

import re
from typing import get_args

from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import ends_like_unit
from dialogs.understanding.acts import Act, Doubtful, Inquire, Later, Plain, Social, Unknown
from dialogs.understanding.situation import Situation
from dialogs.understanding.speech_sense import sense_of
from knowledge.form import Field
from knowledge.search.answer import Abstention

_SHORTEST, _LONGEST = 3, 60  # characters
_SURE = 0.6  # of 1: how likely a sense is that is acted on
_TALK, _DOUBTED = 0.1, 0.3  # content is no likelier than this: words are talk; words are asked about
_TITLE = 0.06  # the same for titles, many of which sound like speech
_MEANT = re.compile(r"[“《「\"\d]")  # what is quoted is meant; figures tell of facts
_SOCIAL = frozenset(get_args(Social.model_fields["kind"].annotation))
_NO_VALUE = {"remark", "cannot"}


def by_sense(act: Act, text: str, at: Situation) -> Act:
    """Give the act words have by their sense, where a message as a whole was read as `act` for want of better."""
    if not _SHORTEST <= len(text) <= _LONGEST or at.pending is not None or at.review:
        return act
    if isinstance(act, Inquire):
        return _outside(act, text) if at.asked is None else act
    if at.asked is None or not isinstance(act, Plain) or kind_of(at.asked).declared:
        return act
    return _refused(act, text, at.asked) if isinstance(act.outcome, Rejected) else _taken(act, text, at.asked)


def _outside(act: Inquire, text: str) -> Act:
    """Read words said at the menu that the notice knows nothing of."""
    if not isinstance(act.found, Abstention) or act.found.recognised:
        return act
    sense, likely = _likeliest(text)
    return _social(sense) if sense in _SOCIAL and likely >= _SURE else act


def _refused(act: Plain, text: str, asked: Field) -> Act:
    """Read words the field does not take."""
    sense, likely = _likeliest(text)
    return _act(sense, asked, act) if likely >= _SURE else act


def _taken(act: Plain, text: str, asked: Field) -> Act:
    """Read words the field would take, as nearly any: they are doubted, or surely none."""
    kind = kind_of(asked)
    if not (kind.takes_words or kind.dated) or _MEANT.search(text) or ends_like_unit(text):
        return act
    senses, (sense, likely) = sense_of(text), _likeliest(text)
    title = kind.titled and not ends_like_unit(asked.example)
    if senses["content"] > (_TITLE if title else _DOUBTED if kind.takes_words else _TALK):
        return act
    if title or senses["content"] > _TALK or likely < _SURE:
        return Doubtful(field=asked.key, text=text)
    return _act(sense, asked, act)


def _likeliest(text: str) -> tuple[str, float]:
    senses = sense_of(text)
    sense = max(senses, key=lambda each: senses[each])
    return sense, senses[sense]


def _act(sense: str, asked: Field, otherwise: Act) -> Act:
    if sense == "later":
        return Later(field=asked.key)
    if sense in _NO_VALUE:
        return Unknown(field=asked.key, no_value=True)
    return _social(sense) if sense in _SOCIAL else otherwise


def _social(sense: str) -> Act:
    return Social.model_validate({"kind": sense})
