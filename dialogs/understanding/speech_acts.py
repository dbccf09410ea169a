"""What people say to the bot about the application as a whole: all is right, go on, give me the document.

Theory of operation. `lexicon/speech_acts.yaml` holds words by the role they play, and says which roles an act needs. A
clause is read when words cover it from end to end; since any words may come together, 对的都对, 就按这个来 and
你整理的没问题 need no phrase of their own; one strange character (of a name, a figure, a 不) means that it is none.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from dialogs.fields.chatter import without_emoji
from dialogs.understanding.clauses import MARKS, SpokenClause
from dialogs.understanding.commands import in_general_words
from dialogs.understanding.frames import FIELD, LONGEST, expanded, frame
from knowledge.form import Form
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model

SpeechAct = Literal[
    "agree",
    "go_on",
    "decline",
    "deny",
    "change",
    "document",
    "hand_again",
    "begin",
    "usage",
    "finish",
    "right",
    "right_too",
    "look",
    "look_all",
    "recall",
]

_LONGEST = 30  # characters of such a clause
_TAIL = "tail"  # the role of words that stand at the end only
_FEW = 3  # clauses; who says more tells something
_ORDER: tuple[SpeechAct, ...] = (
    "agree",
    "go_on",
    "decline",
    "deny",
    "change",
    "document",
    "hand_again",
    "begin",
    "usage",
)


class ActRoles(Model):
    """The roles an act needs, in any of several sets, and those it may hold besides."""

    needs: tuple[frozenset[str], ...]
    may: frozenset[str]


class SpeechActWords(Model):
    """All of `lexicon/speech_acts.yaml`."""

    words: dict[str, tuple[str, ...]]
    acts: dict[SpeechAct, ActRoles]
    of_oneself: str
    none_of: str


@lru_cache(1)
def speech_act_words() -> SpeechActWords:
    """Give the words, read once."""
    return load_yaml(Path(__file__).parent / "lexicon" / "speech_acts.yaml", SpeechActWords)


@lru_cache(1)
def _roles() -> dict[str, dict[str, frozenset[str]]]:
    """Give the words by their first character, each with the roles it may play."""
    roles: dict[str, set[str]] = {FIELD: {"field"}}  # where a field is named
    for role, spoken in speech_act_words().words.items():
        for word in spoken:
            roles.setdefault(word, set()).add(role)
    by_first: dict[str, dict[str, frozenset[str]]] = {}
    for word, found in roles.items():
        by_first.setdefault(word[0], {})[word] = frozenset(found)
    return by_first


@lru_cache(256)
def clause_acts(plain: str) -> frozenset[SpeechAct]:
    """Give the acts a folded clause may be; empty when words do not cover it, or it is too long."""
    if not 0 < len(plain) <= _LONGEST or plain[0] not in _roles():
        return frozenset()
    return frozenset(act for act, roles in speech_act_words().acts.items() if _covered(plain, roles))


def _covered(plain: str, act: ActRoles) -> bool:
    """Tell whether words of the roles an act may hold cover a clause, all roles of one of its needs among them."""
    return any(_reached(plain, needed, needed | act.may) for needed in act.needs)


def _reached(plain: str, needed: frozenset[str], allowed: frozenset[str]) -> bool:
    """Walk over whole words from the start: the places reached, each with the needed roles met on the way there."""
    reached: list[set[frozenset[str]]] = [set() for _ in range(len(plain) + 1)]
    reached[0].add(frozenset())
    for place, ways in enumerate(reached[:-1]):
        for word, roles in _roles().get(plain[place], {}).items() if ways else ():
            end = place + len(word)
            played = (roles if end == len(plain) else roles - {_TAIL}) & allowed
            if played and plain.startswith(word, place):
                reached[end].update(way | ({role} & needed) for way in ways for role in played)
    return needed in reached[-1]


def speech_act(cut: list[SpokenClause], form: Form) -> SpeechAct | None:
    """Read a whole message as one act, its clauses taken together: 都对，下一步; None where it says more."""
    if len(cut) > _FEW:
        return None
    said = _joined(cut)
    if 0 < len(said) <= _LONGEST:
        said = in_general_words(said, form)
    return next((act for act in _ORDER if act in clause_acts(said)), None)


def _joined(cut: list[SpokenClause]) -> str:
    return "".join(without_emoji(clause.plain).strip(MARKS).replace(" ", "") for clause in cut)


def wants_to_begin(cut: list[SpokenClause]) -> bool:
    """Tell whether somebody asks to be led through the form, perhaps after a word about himself."""
    if len(cut) > _FEW or not cut:
        return False
    about = _of_oneself()
    wishes = [clause for clause in cut if not about.match(clause.plain) or "begin" in clause_acts(clause.plain)]
    if "begin" in clause_acts(_joined(wishes)):
        return True
    return len(cut) == 1 and about.match(cut[0].plain) is not None and _ends_with_wish(cut[0].plain)


def _ends_with_wish(plain: str) -> bool:
    """Read 我们是…的社团想报名怎么弄, said without a pause."""
    return any("begin" in clause_acts(plain[place:]) for place in range(max(2, len(plain) - _LONGEST), len(plain) - 1))


@lru_cache(1)
def _of_oneself() -> re.Pattern[str]:
    return re.compile(rf"\A{expanded(speech_act_words().of_oneself)}")


def says_of_oneself(plain: str) -> bool:
    """Tell whether a folded clause begins by saying who or what one is: 我们是…, 我们这个项目是…."""
    return _of_oneself().match(plain) is not None


def says_none_of(shape: str) -> bool:
    """Tell whether a clause, in which `FIELD` stands for a field's name, says that there is nothing for that field."""
    return len(shape) <= LONGEST and frame(rf"\A(?:{speech_act_words().none_of})\Z").match(shape) is not None
