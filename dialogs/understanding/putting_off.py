"""Putting a field off: 先空着, 审完再贴给你, 下一个吧; and the reasons given along with it: 得问会计, 还没批下来."""

import re

from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import ends_like_unit
from dialogs.understanding.acts import Act, Later
from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.frames import LONGEST, frame, whole
from dialogs.understanding.situation import Situation
from dialogs.understanding.small_talk import is_assent
from knowledge.form import Field
from knowledge.text.question_form import Asks, asks, is_title

_FEW = 4  # clauses; who says more tells something else
_SUBJECT = 14  # characters before the words that put off
_ASKED = re.compile("哪|怎么|如何|咋|谁")
_WHY = re.compile(r"[我你他她咱俺们]|得|要|还|没|等|问|不|才|忘|找|领导|在|[呢嘞了]$")


def put_off(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read a message that leaves the field asked for open; empty where it holds a value as well."""
    asked = at.asked
    if asked is None or kind_of(asked).declared or len(cut) > _FEW or (len(cut) == 1 and _where(cut[0])):
        return ()
    if _rewrites_another(cut, asked, at):
        return ()
    firm = [leaves_open(clause) for clause in cut]
    soft = [whole("later", clause.plain) for clause in cut]
    said = firm if kind_of(asked).titled else [a or b for a, b in zip(firm, soft, strict=True)]
    if any(said) and not _holds_value([c for c, put in zip(cut, said, strict=True) if not put], asked, at):
        return (Later(field=asked.key),)
    waits = [whole("waiting", clause.plain) for clause in cut]
    alone = any(waits) and all(_is_reason(clause) or in_passing(clause) for clause in cut)
    return (Later(field=asked.key),) if alone and _only_reasons(cut, asked, at) else ()


def put_off_by_name(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read a clause that puts off the field it names, still open, whatever is asked for: 先跳过这个资金, 简介先空着."""
    if len(cut) != 1 or len(cut[0].plain) > LONGEST or asks(cut[0].plain + cut[0].mark[:1]) is Asks.YES:
        return ()
    plain = cut[0].plain
    spoken = [each for each in at.mentions(plain) if each.part is None and not each.by_person]
    mentions = [each for each in spoken if each.whole or len(each.keys) == 1]  # 身份证 of 身份证号
    if len(mentions) != 1:
        return ()
    rest = plain[: mentions[0].start] + plain[mentions[0].end :]
    key = next((key for key in mentions[0].keys if at.draft.applies(at.pack.fields[key])), "")
    leaves = frame(r"\A{now}(?:{about}){now}(?:{left_open}|{put_off})(?:{about}){end}\Z").match(rest)
    return (Later(field=key),) if key and leaves and not at.holds(key) else ()


def in_passing(clause: SpokenClause) -> bool:
    """Tell whether a clause says nothing: 嗯, 不好意思."""
    return is_assent(clause.plain) or whole("ah", clause.plain) or whole("topic", clause.plain)


def leaves_open(clause: SpokenClause) -> bool:
    """Tell whether a clause says beyond doubt that something is to stay open: 先空着, 回头补."""
    if len(clause.plain) > LONGEST:
        return False
    return frame(rf"\A(?:{{now}}|[^,]{{0,{_SUBJECT}}}?)(?:{{left_open}}){{end}}\Z").match(clause.plain) is not None


def _where(clause: SpokenClause) -> bool:
    """Tell whether a clause asks where or how to do it, 备案号找不到了去哪里补办, rather than leaves it."""
    return _ASKED.search(clause.plain) is not None and asks(clause.plain + clause.mark[:1]) is Asks.YES


def _rewrites_another(cut: list[SpokenClause], asked: Field, at: Situation) -> bool:
    """Tell whether a field held already is named, and what to write instead: 来源里企业赞助没到账，不写了，就写会费."""
    named = any(at.holds(key) for each in at.mentions(cut[0].plain) if each.whole for key in each.keys)
    own = any(asked.key in each.keys for each in at.mentions(cut[0].plain))
    return named and not own and any(frame(r"\A{write_it}..").match(clause.plain[:LONGEST]) for clause in cut[1:])


def _holds_value(rest: list[SpokenClause], asked: Field, at: Situation) -> bool:
    """Tell whether what is said besides is an answer rather than the reason."""
    rest = [clause for clause in rest if not (in_passing(clause) or _is_reason(clause))]
    if not rest:
        return False
    if kind_of(asked).takes_words:
        return any(_is_name(clause.plain) or not _WHY.search(clause.plain) for clause in rest)
    return at.fits(asked, "，".join(clause.plain for clause in rest)) or any(at.fits(asked, c.plain) for c in rest)


def _is_reason(clause: SpokenClause) -> bool:
    return whole("waiting", clause.plain) or whole("unknown", clause.plain)


def _is_name(words: str) -> bool:
    return ends_like_unit(words) or is_title(words)


def _only_reasons(cut: list[SpokenClause], asked: Field, at: Situation) -> bool:
    """Reasons alone put off what takes no words; a text or a name may sound like one: 还没长大的孩子."""
    if kind_of(asked).takes_words:
        return False
    return not any(at.fits(asked, clause.plain) for clause in cut)
