"""Small talk: a message all of whose clauses are greetings, thanks, assent, leave-taking or sighs."""

import re
from functools import lru_cache
from pathlib import Path

from dialogs.fields.chatter import without_emoji
from dialogs.fields.registry import kind_of
from dialogs.understanding.acts import Act, Social
from dialogs.understanding.clauses import MARKS, SpokenClause
from dialogs.understanding.frames import expanded
from dialogs.understanding.situation import Situation
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model

_MOST = 4  # clauses; who says more tells something
_LONGEST = 40  # characters
_LONGEST_WISH = 1000  # characters of a message that begins with a wish for a person


class SocialWords(Model):
    """All of `lexicon/social.yaml`: by kind, a regular expression on a whole folded clause."""

    human: str
    bye: str
    wait: str
    promise: str
    vent: str
    hello: str
    thanks: str
    ack: str


@lru_cache(1)
def _social() -> dict[str, re.Pattern[str]]:
    words = load_yaml(Path(__file__).parent / "lexicon" / "social.yaml", SocialWords)
    return {kind: re.compile(rf"\A(?:{expanded(pattern)})\Z") for kind, pattern in words}


def small_talk(plain: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read a message that is nothing but small talk; the weightiest kind of its clauses counts.

    A wish for a person is heard whatever waits for a decision, and with what is said beside it.
    """
    if wish := _wish_for_person(plain, cut, at):
        return (wish,)
    if len(plain) > _LONGEST or len(cut) > _MOST or at.pending is not None or at.review:
        return ()
    if not without_emoji(plain).strip(MARKS):
        return (Social(kind="ack"),) if any(char.isprintable() and not char.isspace() for char in plain) else ()
    whole = _kind(plain, at)
    kinds: list[str | None] = [whole] if whole else [_kind(clause.plain, at) for clause in cut]
    if not kinds or None in kinds or (len(kinds) > 1 and _is_title_there(kinds, at)):
        return ()
    order = list(_social())
    first = min((kind for kind in kinds if kind), key=order.index)
    return (Social.model_validate({"kind": first}),)


def _wish_for_person(plain: str, cut: list[SpokenClause], at: Situation) -> Social | None:
    """Read 转人工, alone, in a short message, or before a longer one that no text field is asked for."""
    if _kind(plain, at) == "human":
        return Social(kind="human")
    spoken = [_kind(clause.plain, at) for clause in cut[: _MOST + 1]]
    if "human" not in spoken:
        return None
    brief = len(plain) <= _LONGEST and len(cut) <= _MOST
    texts = at.asked is not None and kind_of(at.asked).takes_words
    if not brief and (spoken[0] != "human" or texts or len(plain) > _LONGEST_WISH):
        return None
    return Social(kind="human", more=not brief or None in spoken)


def is_assent(plain: str) -> bool:
    """Tell whether words are no more than 嗯, 好的, 知道了."""
    return _social()["ack"].match(plain) is not None


def is_small_talk(plain: str) -> bool:
    """Tell whether a folded clause is small talk of any kind, whatever is asked for."""
    return any(pattern.match(plain) for pattern in _social().values())


def _kind(plain: str, at: Situation) -> str | None:
    bare = without_emoji(plain).strip(MARKS)
    said = bare or plain
    return next((kind for kind, pattern in _social().items() if pattern.match(said) and _may_be(kind, at)), None)


def _is_title_there(kinds: list[str | None], at: Situation) -> bool:
    """再见，你好 may be the name of a project; a sigh or an errand is not."""
    return at.asked is not None and kind_of(at.asked).titled and not {"vent", "wait", "promise"} & set(kinds)


def _may_be(kind: str, at: Situation) -> bool:
    """好的 and 是 may answer a field that takes an assent; 1 a field that takes a number."""
    if kind != "ack" or at.asked is None:
        return kind != "promise" or at.asked is not None
    return not (kind_of(at.asked).assents or kind_of(at.asked).numbered)
