"""What people want to see again of what they filled in: one field, several, or the whole: 把联系人的手机号念给我对一下.

Theory of operation. A clause looks when words of looking cover it from end to end (`speech_acts`: a verb, an object,
what is wanted of it), wherever a field is named in it. A choice of two values (填的是15万还是25万) is what is wanted.
The other clauses of the message may only say so once more, or that it is forgotten.
"""

import re

from dialogs.fields.registry import kind_of
from dialogs.understanding.acts import Act, Control, Go
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.commands import Intent
from dialogs.understanding.frames import FIELD, LONGEST, frame
from dialogs.understanding.mentions import Mention
from dialogs.understanding.putting_off import in_passing
from dialogs.understanding.situation import Situation
from dialogs.understanding.speech_acts import clause_acts
from knowledge.text.person_names import is_person

_FEW = 3  # clauses of a message that looks
_WANTED = "什么"  # stands for a choice of values
_EITHER = re.compile(
    r"(?<=[的了成着过])(?:是)?(?:(?P<first>[^,]{1,20}?)还是(?!写|填|报|改|选|按|用|算)[^,]{1,20}?|(?:是不是|不是)[^,]{1,16}?)"
    r"(?=来着|[呢啊呀吗嘛]|\Z)"
)


def looking(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read a message all of whose clauses look at what is filled in; empty where one does not."""
    if not 0 < len(cut) <= _FEW:
        return ()
    fields: list[tuple[str, ...]] = []
    whole = False
    for clause in cut:
        mentions = named_fields(clause.plain, at)
        said = clause_acts(_shape(clause.plain, mentions))
        if "look" in said and (held := _held(mentions, at)):
            fields.append(held)
        elif "look_all" in said and not mentions:
            whole = True
        elif "recall" not in said and not in_passing(clause):
            return ()
    if whole and not fields:
        return (Control(intent=Intent(name="preview")),)
    first = fields[0] if fields else ()
    more = [key for keys in fields[1:] for key in keys if not set(keys) & set(first)]
    return tuple(Go(field=key, look=True) for key in dict.fromkeys((*first, *more)))


def named_fields(plain: str, at: Situation) -> list[Mention]:
    """Give the fields a clause names; 传播量查到了 tells that its value follows, 钱退之 may be somebody's name."""
    if names_people(at) and is_person(plain):
        return []
    return [
        mention
        for mention in at.mentions(plain)
        if not mention.by_person and frame(r"\A{about}(?:{found_out})").match(plain[mention.end :]) is None
    ]


def names_people(at: Situation) -> bool:
    """Tell whether the field asked for takes people's names, which may hold any word."""
    return at.asked is not None and (kind_of(at.asked).people or kind_of(at.asked).named)


def _shape(plain: str, mentions: list[Mention]) -> str:
    """Write a clause with a sign for every field named, and a plain word for a choice between two values."""
    for mention in reversed(mentions):
        plain = plain[: mention.start] + FIELD + plain[mention.end :]
    return _EITHER.sub(_WANTED, plain[:LONGEST]).replace(" ", "")


def _held(mentions: list[Mention], at: Situation) -> tuple[str, ...]:
    """Give the field held behind each mention; only what is held can be looked at."""
    keys = (next((key for key in mention.keys if at.holds(key)), "") for mention in mentions)
    return tuple(dict.fromkeys(key for key in keys if key))
