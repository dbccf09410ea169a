"""What a clause shows by itself, whatever came before: that somebody hesitates, names only a topic, or is named."""

import re

from dialogs.fields.registry import kind_of
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.frames import LONGEST, frame, whole
from dialogs.understanding.mentions import Mention, names_of
from dialogs.understanding.new_values import marked_values
from dialogs.understanding.situation import Situation
from knowledge.text.person_names import is_person

_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|「[^「」]*」|\"[^\"]*\"")
_PARTICLES = ("嘛", "呢", "么", "啊", "呀")


def names_somebody(clause: SpokenClause, at: Situation) -> bool:
    """Tell whether a clause is a person's name where one is asked for: 钱退之 names nobody's money."""
    asked = at.asked
    return asked is not None and (kind_of(asked).people or kind_of(asked).named) and is_person(clause.plain)


def hesitates(clause: SpokenClause, text: str, at: Situation) -> bool:
    """Tell whether a clause stands between two values that each answer, 呃我想想: the later one counts."""
    if at.asked is None or kind_of(at.asked).takes_words or not whole("hesitates", clause.plain):
        return False
    rest = text[clause.end :].strip(" ，,。")
    return any(at.fits(at.asked, each) for each in [rest, *marked_values(rest)])


def is_topic(clause: SpokenClause, at: Situation) -> bool:
    """Tell whether a clause only says what comes is about, 钱嘛，…: it asks nothing."""
    mentions = at.mentions(clause.plain)
    tail = clause.plain[mentions[-1].end :] if mentions else ""
    return bool(mentions) and not set(clause.mark) & set("?？") and tail in _PARTICLES


def is_quoted(mention: Mention, plain: str) -> bool:
    """Tell whether a field's name stands in quotes: then it is a value, whatever it names."""
    return any(match.start() < mention.start and mention.end < match.end() for match in _QUOTED.finditer(plain))


def names_only(plain: str, found: list[Mention]) -> bool:
    """Tell whether a clause does nothing but name one field: 参与人数, 那个参与人数."""
    mention = found[0]
    if len(found) > 1 or not mention.whole or len(plain) > LONGEST:
        return False
    around = plain[: mention.start], plain[mention.end :]
    return all(frame(pattern).match(each) for pattern, each in zip((r"\A{ah}\Z", r"\A{about}\Z"), around, strict=True))


def depending(word: str, words: str, at: Situation) -> str | None:
    """号码是…, after 是 was answered: the field that hangs on the one asked for, if the word is of its names."""
    asked = at.asked
    for one in at.pack.form.fields:
        hangs = asked is not None and one.when is not None and asked.key in one.when.keys
        if hangs and any(word in name for name in names_of(one)) and at.fits(one, words):
            return one.key
    return None
