"""Where people want to go, what they want to see or to have removed: 跳到…, 倒回两步, 第三项填的啥, 荣誉删掉."""

from dialogs.understanding.acts import Act, Go, Remove, Social
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.frames import FIELD, LONGEST, frame, whole
from dialogs.understanding.looking import looking, named_fields
from dialogs.understanding.mentions import Mention
from dialogs.understanding.putting_off import in_passing
from dialogs.understanding.situation import Situation
from dialogs.understanding.speech_acts import clause_acts
from knowledge.form import Field
from knowledge.text.numerals import whole_number

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
    led = _led_there(cut, at) if 1 < len(cut) <= _FEW else ()
    looks = () if led or commanded else looking(cut, at)
    return led or looks or _left_alone(cut, at) or (_among(cut, at) if 1 < len(cut) <= _FEW else ())


def _left_alone(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read 联系人电话没错，不用动: what is held is right as it stands, and nothing is to be done."""
    right = False
    for clause in cut[:_FEW]:
        held = [each for each in named_fields(clause.plain, at) if any(at.holds(key) for key in each.keys)]
        shape = clause.plain
        for mention in reversed(held):
            shape = shape[: mention.start] + FIELD + shape[mention.end :]
        acts = clause_acts(shape)
        if not acts & {"right", "right_too"} and not in_passing(clause):
            return ()
        right = right or "right" in acts
    return (Social(kind="ack"),) if right and len(cut) <= _FEW else ()


def _clause(plain: str, at: Situation) -> tuple[Act, ...]:
    """Read one frame that is the whole of the words."""
    if len(plain) > LONGEST:
        return ()
    for mention in named_fields(plain, at):
        shape = plain[: mention.start] + FIELD + plain[mention.end :]
        key = _likely(mention, at)
        if whole("removes", shape) or whole("removes_what", shape):
            return (Remove(field=key),) if at.holds(key) else ()
        if whole("goes", shape) or whole("goes_from", shape) or whole("goes_first", shape):
            return (Go(field=key),)
    return _back(plain, at)


def _by_words(plain: str, at: Situation) -> tuple[Act, ...]:
    """Read words that name one field and hold nothing else but those of going, in whatever order."""
    mentions = named_fields(plain, at)
    if len(mentions) != 1 or len(plain) > _SHORT or not mentions[0].whole:
        return ()
    shape = plain[: mentions[0].start] + FIELD + plain[mentions[0].end :]
    return (Go(field=_likely(mentions[0], at)),) if _goes(shape) else ()


def _goes(shape: str) -> bool:
    """Tell whether a sign of going is there, and next to nothing that is not among its words."""
    if frame("{go_sign}").search(shape) is None:
        return False
    rest = frame("{go_words}").sub("", shape.replace(FIELD, ""))
    return len(rest) <= _STRAY


def _likely(mention: Mention, at: Situation) -> str:
    return next((key for key in mention.keys if at.draft.applies(at.pack.fields[key])), mention.keys[0])


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


def _led_there(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read …那项在哪，带我过去 and …现成的，先填它: a place named, then the wish to be taken there."""
    if not any(whole("takes_me", clause.plain) or whole("that_first", clause.plain) for clause in cut):
        return ()
    for clause in cut:
        for mention in named_fields(clause.plain, at):
            shape = clause.plain[: mention.start] + FIELD + clause.plain[mention.end :]
            if "look" in clause_acts(shape) or whole("where", shape) or whole("goes", shape) or whole("at_hand", shape):
                return (Go(field=_likely(mention, at)),)
    return ()


def _among(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read 这个不急，我要先填投入资金: one clause steers, the others say why."""
    found = [act for clause in cut for act in _clause(clause.plain, at) or _by_words(clause.plain, at)]
    goes = [act for act in found if isinstance(act, Go)]
    return tuple(goes) if len(goes) == 1 else ()
