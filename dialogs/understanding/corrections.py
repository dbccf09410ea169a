"""What one clause says of a field it names: a new value, that the old one is wrong, or both.

受益人数那里改成3250          → a new value
参与人数不是1200              → the old value; the new one follows
申报单位少了个“市”字          → a fault announced; the new value follows
更正一下项目名称：古城云讲堂   → a new value
"""

import re
from dataclasses import dataclass

from dialogs.understanding.clauses import SpokenClause
from dialogs.understanding.frames import LONGEST, frame
from dialogs.understanding.mentions import Mention

_WITH_VALUE = (
    r"\A{about}(?:从|由)(?P<old>.{1,40}?){become}(?P<new>.{1,120})\Z",  # 从5万改成8万
    r"\A{about}[:]?(?P<old>[^,]{1,40}?){arrow}(?P<new>.{1,120})\Z",  # 27→35
    r"\A{about}{slip}(?:成|的是|了|的)(?P<old>.{1,40}?)(?:了)?[,]?{really}(?P<new>.{1,120})\Z",  # 填成1200实为1300
    r"\A{about}{place}{not_old}(?P<old>.{1,60}?)(?:了)?(?:[,]?{rather}(?P<new>.{1,120}))?\Z",
    r"\A{about}(?:{place}{fault}{end}[,:]?)?{give_new}(?P<new>.{1,140}?){praise}{end}\Z",
    r"\A{about}(?:{place}{fault}{end}[,:]?)?{give_new}(?P<new>.{1,140})\Z",
    r"\A(?:里面?|中|上面?)?(?:的)?(?P<old>[^,]{1,20}?)(?:要|得|应该|需要)?{become}(?P<new>.{1,120})\Z",
)
_FOUND_OUT = (
    r"\A{about}(?:{found_out})(?:[:,]?(?:就)?(?:{named}|{give_new})?(?P<new>.{2,140}))?\Z"  # 传播量查到了：260万次
)
_GONE = (
    r"\A{about}(?:(?:前|后|里|中间?|上|开头|末尾)(?:面|边|头)?的?)?(?:把|将)?(?:的|那|那个)?[“「\"]?"
    r"(?P<old>[^,“”「」\"]{1,12}?)[”」\"]?(?:这)?(?:[一二两三四五六七八\d]?个?字)?{takes_off}{end}\Z"
)  # 前面把“浙江省”三个字去掉
_ADDED = (
    r"\A{about}最?(?P<where>前|开头|后|末尾|结尾)(?:面|头|边)?的?(?:我|还|再|要|得|应该|需要|给我|帮我|请){0,3}(?:加|补|添|漏|少|缺|掉)"
    r"(?:上|写|个|了){0,2}[“「\"]?(?P<new>[^,“”「」\"]{1,20}?)[”」\"]?(?:这)?(?:[一二两三四五六七八\d]?个?字)?{end}\Z"
)  # 前面要加安徽省
_WRONG = r"\A{about}{place}(?:{fault}|{changed}){end}(?P<new>.{0,140})\Z"  # 末尾敲错了一位
_STALE = r"\A{about}(?P<old>[^,]{1,20}?){outdated}{end}\Z"  # 6400是旧数
_LEAST_HEAD = 24  # characters before a field's name; more of them tell something else


@dataclass(frozen=True, slots=True)
class Remark:
    """A field spoken of, and what is said: `value` and `old` are spans of the message; neither: only that it is wrong.

    `firm` tells a correction by its words (改成, 写错了) from a mere statement (受益1200); `wrong` that a fault is
    named, so that a `value` the field does not take only explains it (少算了两个分队).
    """

    mention: Mention
    value: tuple[int, int] | None = None
    old: tuple[int, int] | None = None
    firm: bool = True
    wrong: bool = False
    found: bool = False  # what was left open is known now
    gone: bool = False  # the old words are to go, with nothing in their place
    put: str = ""  # the new words are to stand 前 the old ones, or 后


def remarks(clause: SpokenClause, mentions: list[Mention]) -> list[Remark]:
    """Read what a clause says of each field it names, in order; fields merely named are left out."""
    if len(clause.plain) > LONGEST:
        return []
    found = []
    for number, mention in enumerate(mentions):
        behind = [
            other.start for other in mentions[number + 1 :] if other.whole and not _is_further_part(other, mention)
        ]
        end = behind[0] if behind else len(clause.plain)
        said = _remark(clause, mention, end) or (_remark(clause, mention, len(clause.plain)) if number == 0 else None)
        if said is not None:
            found.append(said)
            if said.value is not None and said.value[1] == clause.end:
                break
    return found


def _is_further_part(other: Mention, mention: Mention) -> bool:
    """Tell whether a part is told along with a contact: 联系人换成赵磊 电话…."""
    return other.part not in (None, mention.part) and not set(other.keys).isdisjoint(mention.keys)


def announces(clause: SpokenClause, mentions: list[Mention]) -> bool:
    """Tell whether a clause says, of all the fields it names, that they are to be changed: 资金和来源都要动一下."""
    tail = clause.plain[mentions[-1].end :] if mentions else ""
    return bool(mentions) and bool(frame(r"\A{about}{place}(?:{changed}|{fault}){end}\Z").match(tail))


def _remark(clause: SpokenClause, mention: Mention, end: int) -> Remark | None:
    head, tail = clause.plain[: mention.start], clause.plain[mention.end : end]
    if len(head) > _LEAST_HEAD:
        return None
    return (
        _found_or_gone(clause, mention, tail)
        or _by_tail(clause, mention, tail)
        or _by_head(clause, mention, head, tail)
    )


def _found_or_gone(clause: SpokenClause, mention: Mention, tail: str) -> Remark | None:
    """传播量查到了：260万次; 前面把“浙江省”三个字去掉."""
    shift = clause.start + mention.end
    if match := frame(_FOUND_OUT).match(tail):
        return Remark(mention, _span(match, "new", shift) if match["new"] else None, found=True)
    if match := frame(_ADDED).match(tail):
        return Remark(mention, _span(match, "new", shift), put="前" if match["where"] in "前开头" else "后")
    if match := frame(_GONE).match(tail):
        return Remark(mention, None, _span(match, "old", shift), gone=True)
    return None


def _by_tail(clause: SpokenClause, mention: Mention, tail: str) -> Remark | None:
    shift = clause.start + mention.end
    for template in _WITH_VALUE:
        if match := frame(template).match(tail):
            old = _span(match, "old", shift) if "old" in match.groupdict() else None
            return Remark(mention, _span(match, "new", shift), old)
    if match := frame(_WRONG).match(tail):
        return Remark(mention, _span(match, "new", shift) if match["new"].strip() else None, wrong=True)
    if match := frame(_STALE).match(tail):
        return Remark(mention, None, _span(match, "old", shift))
    if match := frame(r"\A{about}{place}{slip}成(?:了)?(?P<old>.{1,40}?)(?:了)?{end}\Z").match(tail):
        return Remark(mention, None, _span(match, "old", shift))
    return None


def _by_head(clause: SpokenClause, mention: Mention, head: str, tail: str) -> Remark | None:
    """更正一下项目名称：… and 把项目名称，…: the verb stands before the field's name."""
    shift = clause.start + mention.end
    if not frame(r"(?:\A|.){change}(?:一?下)?\Z").search(head):
        return None
    match = frame(r"\A{about}(?:{give_new}|{copula})?[:,]?(?P<new>.{0,140})\Z").match(tail)
    return Remark(mention, _span(match, "new", shift) if match and match["new"].strip() else None)


def stated(clause: SpokenClause, mention: Mention, end: int) -> Remark:
    """Read a mere statement, 受益1200 or 来源写社会捐赠: whatever follows the field's name."""
    match = frame(r"\A{about}(?:{copula})?[:,]?(?P<new>.*)\Z").match(clause.plain[mention.end : end])
    value = _span(match, "new", clause.start + mention.end) if match and match["new"].strip() else None
    return Remark(mention, value, firm=False)


def _span(match: re.Match[str], group: str, shift: int) -> tuple[int, int] | None:
    if match[group] is None:
        return None
    start, end = match.span(group)
    return shift + start, shift + end
