"""What a clause shows by itself, whatever came before: that somebody hesitates, names only a topic, or is named."""

from dialogs.fields.registry import kind_of
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.frames import whole
from dialogs.understanding.new_values import marked_values
from dialogs.understanding.situation import Situation
from knowledge.text.person_names import is_person

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
