"""What a file says beside what the draft holds, line by line, and the fields to pick from."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.buttons import Import, Tick, button
from dialogs.protocol import Button
from dialogs.session import Pending
from dialogs.views.field_view import shorten
from knowledge.form import Field

_SHOWN, _HELD, _REASON = 60, 30, 60  # characters
_MOST_LEFTOVER = 5  # lines

LEGEND = "文件读过了，内容如下，请选择怎么采用（没有确认的不会改动）："
NOTHING_USABLE = "文件读过了，但里面的内容都还不能用，原因如下："


@dataclass(frozen=True, slots=True)
class Line:
    """What a file says for a field: its words, how they were understood, what the draft holds, what is wrong.

    `display` is what the draft would hold (of a refused value: nothing).
    """

    field: Field
    text: str
    shown: str
    held: str | None
    refusal: str | None = None
    doubt: str | None = None
    display: str = ""


def listing(lines: Sequence[Line], left_alone: Sequence[Field], leftover: Sequence[str]) -> str:
    """Show the difference: ＋ fills a gap, ≠ changes what is held, ✗ cannot be taken."""
    usable = any(line.refusal is None for line in lines)
    parts = [LEGEND if usable else NOTHING_USABLE, "\n".join(map(_difference, lines))]
    if left_alone:
        parts.append("文件里没有填、保留您现在填的：" + "、".join(field.label for field in left_alone))
    if leftover:
        rest = [shorten(line, _SHOWN) for line in leftover[:_MOST_LEFTOVER]]
        more = "……" if len(leftover) > _MOST_LEFTOVER else ""
        parts.append("没有对上栏目的内容：\n" + "\n".join(rest) + more)
    return "\n\n".join(parts)


def overview(lines: Sequence[Line], left_out: frozenset[str]) -> str:
    """Say how many fields are ticked."""
    ticked = sum(line.field.key not in left_out for line in lines)
    return f"点一下勾选或取消，现在勾了{ticked}项，共{len(lines)}项："


def tick_list(lines: Sequence[Line], pending: Pending) -> tuple[Button, ...]:
    """Give a button a field, ticked or not, and what can be done then."""
    ticked = sum(line.field.key not in pending.left_out for line in lines)
    ticks = tuple(
        button(
            Tick(pending.serial, line.field.key),
            f"{'☐' if line.field.key in pending.left_out else '☑'} {line.field.label}",
        )
        for line in lines
    )
    take = (button(Import(pending.serial, "ticked"), f"采用勾选的{ticked}项"),) if ticked else ()
    return (*ticks, *take, button(Import(pending.serial, "none"), "都不采用"))


def _difference(line: Line) -> str:
    words = shorten(line.text, _SHOWN)
    if line.refusal is not None:
        return f"✗ {line.field.label}：{words}（不能用：{shorten(line.refusal, _REASON)}）"
    origin = "" if line.display.split() == line.text.split() else f"（原文“{words}”）"
    mark = "＋" if line.held is None else "≠"
    held = "" if line.held is None else f"（现在填的是：{shorten(line.held, _HELD) or '无'}）"
    doubt = f"\n   ⚠ {shorten(line.doubt, _REASON)}" if line.doubt else ""
    return f"{mark} {line.field.label}：{line.shown}{origin}{held}{doubt}"
