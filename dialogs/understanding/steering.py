"""Where people want to go, what they want to see or to have removed: 跳到…, 倒回两步, 第三项填的啥, 荣誉删掉."""

import re

from dialogs.fields.registry import kind_of
from dialogs.understanding.acts import Act, Control, Go, Remove
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.commands import Intent
from dialogs.understanding.frames import FIELD, LONGEST, frame, whole
from dialogs.understanding.mentions import Mention
from dialogs.understanding.situation import Situation
from knowledge.form import Field
from knowledge.text.numerals import whole_number
from knowledge.text.person_names import is_person

_FEW = 3  # clauses of a message that steers
_SHORT = 24  # characters of words whose order is free
_STRAY = 1  # characters among them that may be others


def steering(plain: str, cut: list[SpokenClause], at: Situation, *, commanded: bool) -> tuple[Act, ...]:
    """Read a message that only steers; its clauses may give the reason, or say it in two breaths.

    Words that are a command as they stand (`commanded`) are not read by their parts.
    """
    if whole("asks_need", plain):
        return ()
    if acts := _clause(plain, at) or (() if commanded else _by_words(plain, at)):
        return acts
    if not 1 < len(cut) <= _FEW:
        return ()
    return _all_at_once(cut) or _led_there(cut, at) or _among(cut, at)


def _clause(plain: str, at: Situation) -> tuple[Act, ...]:
    """Read one frame that is the whole of the words."""
    if len(plain) > LONGEST:
        return ()
    for mention in _by_name(plain, at):
        shape = plain[: mention.start] + FIELD + plain[mention.end :]
        key = _likely(mention, at)
        if whole("removes", shape) or whole("removes_what", shape):
            return (Remove(field=key),) if at.holds(key) else ()
        if whole("looks", shape) or whole("looks_what", shape):
            return (Go(field=_held(mention, at), look=True),) if _is_recalled(mention, plain, at) else ()
        if whole("goes", shape) or whole("goes_from", shape) or whole("goes_first", shape):
            return (Go(field=key),)
    if whole("looks_all", plain):
        return (Control(intent=Intent(name="preview")),)
    return _back(plain, at)


def _by_words(plain: str, at: Situation) -> tuple[Act, ...]:
    """Read words that name one field and hold nothing else but those of going, or of looking, in whatever order."""
    mentions = _by_name(plain, at)
    if len(mentions) != 1 or len(plain) > _SHORT:
        return ()
    mention = mentions[0]
    shape = plain[: mention.start] + FIELD + plain[mention.end :]
    if _covered("look", shape) and _is_recalled(mention, plain, at):
        return (Go(field=_held(mention, at), look=True),)
    return (Go(field=_likely(mention, at)),) if mention.whole and _covered("go", shape) else ()


def _by_name(plain: str, at: Situation) -> list[Mention]:
    """Give the fields named; 传播量查到了 tells that its value follows, 钱退之 may be somebody's name."""
    somebody = at.asked is not None and (kind_of(at.asked).people or kind_of(at.asked).named) and is_person(plain)
    return [
        mention
        for mention in ([] if somebody else at.mentions(plain))
        if not mention.by_person and frame(r"\A{about}(?:{found_out})").match(plain[mention.end :]) is None
    ]


def _covered(wish: str, shape: str) -> bool:
    """Tell whether a sign of the wish is there, and next to nothing that is not among its words."""
    if frame(rf"{{{wish}_sign}}").search(shape) is None:
        return False
    rest = frame(rf"{{{wish}_words}}").sub("", shape.replace(FIELD, ""))
    return len(rest) <= _STRAY


def _likely(mention: Mention, at: Situation) -> str:
    return next((key for key in mention.keys if at.draft.applies(at.pack.fields[key])), mention.keys[0])


def _held(mention: Mention, at: Situation) -> str:
    return next((key for key in mention.keys if at.holds(key)), mention.keys[0])


def _is_recalled(mention: Mention, plain: str, at: Situation) -> bool:
    """Only what is held can be looked at; 受益人数是什么 asks the notice."""
    told = re.search(r"[填写报选留登录输勾我]|刚|之前|前[面头]|来着|看|查", plain) is not None
    return at.holds(_held(mention, at)) and (told or "号" in plain or "第" in plain)


def _back(plain: str, at: Situation) -> tuple[Act, ...]:
    """Read 倒回两步 and 上一个问题我想重来."""
    match = frame(r"\A{steps_back}\Z").match(plain)
    steps = whole_number(match["steps"].replace("两", "二")) if match else None
    steps = steps or (2 if whole("two_back", plain) else 1 if whole("back_again", plain) else None)
    target = _before(at, steps) if steps else None
    return (Go(field=target.key),) if target else ()


def _before(at: Situation, steps: int) -> Field | None:
    fields = [one for one in at.pack.form.fields if at.draft.applies(one)]
    if at.asked is None or at.asked not in fields:
        return None
    return fields[max(0, fields.index(at.asked) - steps)]


def _all_at_once(cut: list[SpokenClause]) -> tuple[Act, ...]:
    """Read 前面都填了些啥，给我过一遍: all that is filled in."""
    asked = [whole("looks_all", clause.plain) for clause in cut]
    return (
        (Control(intent=Intent(name="preview")),)
        if any(asked) and all(a or whole("shows_me", c.plain) for a, c in zip(asked, cut, strict=True))
        else ()
    )


def _led_there(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read …那项在哪，带我过去 and …现成的，先填它: a place named, then the wish to be taken there."""
    if not any(whole("takes_me", clause.plain) or whole("that_first", clause.plain) for clause in cut):
        return ()
    for clause in cut:
        for mention in _by_name(clause.plain, at):
            shape = clause.plain[: mention.start] + FIELD + clause.plain[mention.end :]
            if whole("where", shape) or whole("goes", shape) or whole("at_hand", shape):
                return (Go(field=_likely(mention, at)),)
    return ()


def _among(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read 这个不急，我要先填投入资金 and …填的多少，忘了: one clause steers, the others say why."""
    found = [act for clause in cut for act in _clause(clause.plain, at) or _by_words(clause.plain, at)]
    goes = [act for act in found if isinstance(act, Go) and not act.look]
    if len(goes) == 1:
        return tuple(goes)
    looks = [act for act in found if isinstance(act, Go) and act.look]
    others = sum(whole("forgot", clause.plain) or whole("shows_me", clause.plain) for clause in cut)
    return tuple(looks) if len(looks) == 1 and others == len(cut) - 1 else ()
