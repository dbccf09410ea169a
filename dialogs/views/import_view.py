"""What a file says beside what the draft holds, line by line, and the fields to pick from."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.buttons import Import, Tick, button
from dialogs.context import TurnContext
from dialogs.protocol import Button
from dialogs.session import Pending
from dialogs.views.field_view import shorten
from knowledge.form import Field

_SHOWN, _HELD, _REASON = 60, 30, 60  # characters
_MOST_LEFTOVER = 5  # lines


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


def listing(
    context: TurnContext, heading: str, lines: Sequence[Line], left_alone: Sequence[Field], leftover: Sequence[str]
) -> str:
    """Show the difference under the sentence `heading`: ＋ fills a gap, ≠ changes what is held, ✗ cannot be taken."""
    differences = "\n".join(_difference(context, line) for line in lines)
    parts = [context.words(heading), differences]
    if left_alone:
        parts.append(context.words("import.left_alone", labels="、".join(field.label for field in left_alone)))
    if leftover:
        rest = [shorten(line, _SHOWN) for line in leftover[:_MOST_LEFTOVER]]
        more = "……" if len(leftover) > _MOST_LEFTOVER else ""
        parts.append(context.words("import.leftover", lines="\n".join(rest) + more))
    return "\n\n".join(parts)


def ways_to_import(
    context: TurnContext, pending: Pending, usable: int, gaps: int, *, another: bool
) -> tuple[Button, ...]:
    """Offer all of the `usable` fields, only those that fill `gaps`, some of them, all as `another` one, or none."""
    ways = []
    if usable:
        ways.append(button(Import(pending.serial, "all"), context.words("button.import_all", count=usable)))
    if another and usable:
        ways.append(button(Import(pending.serial, "another"), context.words("button.import_another")))
    if 0 < gaps < usable:
        ways.append(button(Import(pending.serial, "new"), context.words("button.import_new", count=gaps)))
    if usable > 1:
        ways.append(button(Import(pending.serial, "pick"), context.words("button.import_pick")))
    return (*ways, button(Import(pending.serial, "none"), context.words("button.import_none")))


def offer_ticks(context: TurnContext, lines: Sequence[Line], pending: Pending) -> None:
    """Give a button a field, ticked or not, and what can be done then."""
    ticked = sum(line.field.key not in pending.left_out for line in lines)
    ticks = [
        button(
            Tick(pending.serial, line.field.key),
            context.words(
                "button.unticked" if line.field.key in pending.left_out else "button.ticked", label=line.field.label
            ),
        )
        for line in lines
    ]
    if ticked:
        ticks.append(button(Import(pending.serial, "ticked"), context.words("button.import_ticked", count=ticked)))
    ticks.append(button(Import(pending.serial, "none"), context.words("button.import_none")))
    context.tell("import.overview", tuple(ticks), ticked=ticked, total=len(lines))


def _difference(context: TurnContext, line: Line) -> str:
    words, label = shorten(line.text, _SHOWN), line.field.label
    if line.refusal is not None:
        return context.words("import.refused", label=label, text=words, reason=shorten(line.refusal, _REASON))
    same = line.display.split() == line.text.split()
    return context.words(
        "import.fills" if line.held is None else "import.changes",
        label=label,
        value=line.shown,
        origin="" if same else context.words("import.origin", text=words),
        held="" if line.held is None else _held(context, line.held),
        doubt=context.words("import.doubt", message=shorten(line.doubt, _REASON)) if line.doubt else "",
    )


def _held(context: TurnContext, display: str) -> str:
    return context.words("import.held", value=shorten(display, _HELD) or context.words("import.nothing"))
