"""Two answers in one breath: behind the answer to the field asked for, the value of the field that comes next.

晨光合唱团，19年3月办到今天 → a name, then a span of time
8万 会员捐的 → a sum, then where it comes from
"""

import re
from itertools import dropwhile

from dialogs.fields.registry import kind_of
from dialogs.progress import asked_fields
from dialogs.understanding.acts import Act, Give
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.frames import frame
from dialogs.understanding.prose_fields import is_source
from dialogs.understanding.prose_names import source_said
from dialogs.understanding.putting_off import in_passing
from dialogs.understanding.situation import Situation
from knowledge.form import Field
from knowledge.text.question_form import Asks, asks

_FIGURE = re.compile(r"[\d一二三四五六七八九十百千万]")
_FEW = 4  # clauses; who says more tells a story
_LEAST = 2  # clauses of two answers


def two_answers(text: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read a message whose end fits, by its shape, the field that is asked next; empty where it does not."""
    asked, following = at.asked, _following(at)
    if asked is None or following is None or not _LEAST <= len(cut) <= _FEW:
        return ()
    if told := _source_first(asked, text, cut, at):
        return told
    kind = kind_of(asked)
    if kind.several_messages or kind.roomy or kind.people or kind.several or asks(text) is not Asks.NO:
        return ()
    if not kind.takes_words and at.fits(asked, text) and kind.shaped and not is_source(following, at.pack.form):
        return ()  # both halves may be one span of time, one sum
    topic, cut = in_passing(cut[0]), list(dropwhile(in_passing, cut))  # 我们这个项目啊 is about what comes
    for number in range(1, len(cut)):
        own, rest = text[cut[0].start : cut[number - 1].end], text[cut[number].start : cut[-1].end]
        own = frame(r"\A{named}").sub("", own, count=1) if topic else own
        value = _shaped_like(following, rest, at)
        either = kind_of(following).numbered and at.fits(following, own)
        if value and at.fits(asked, own) and not either:
            return (Give(field=asked.key, text=own), Give(field=following.key, text=value))
    return ()


def _source_first(asked: Field, text: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read where the money comes from, told before the sum that is asked for: 队员自己凑的，差不多13万5."""
    sources = [one for one in at.pack.form.fields if is_source(one, at.pack.form) and not at.holds(one.key)]
    if not sources or not kind_of(asked).shaped or kind_of(asked).dated:
        return ()
    words = [text[clause.start : clause.end] for clause in cut]
    for number, said in enumerate(words):
        rest = "，".join(words[:number] + words[number + 1 :])
        if not _FIGURE.search(said) and source_said(said) and at.fits(asked, rest):
            return (Give(field=asked.key, text=rest), Give(field=sources[0].key, text=source_said(said)))
    return ()


def _following(at: Situation) -> Field | None:
    """Give the next field that is still open."""
    fields = asked_fields(at.pack, at.draft)
    keys = [one.key for one in fields]
    if at.asked is None or at.asked.key not in keys:
        return None
    behind = fields[keys.index(at.asked.key) + 1 :]
    return next((one for one in behind if not at.holds(one.key)), None)


def _shaped_like(one: Field, words: str, at: Situation) -> str:
    """Give the value that words hold for a field by their shape alone: a span of time, a day, a sum, a source."""
    if is_source(one, at.pack.form):
        return source_said(words)
    shaped = kind_of(one).shaped or kind_of(one).dated
    return words if shaped and at.fits(one, words) else ""
