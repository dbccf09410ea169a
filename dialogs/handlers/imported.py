"""Values read from a file: judged, shown beside what the draft holds; nothing is saved unconfirmed."""

from dialogs.flow import advance, ensure_draft
from dialogs.handlers.paste import fill
from dialogs.replies import Button
from dialogs.scene import Scene
from dialogs.session import Pending
from dialogs.taking import held_value, understood
from dialogs.values.outcome import Outcome, Rejected
from dialogs.values.validate import validate
from dialogs.views.imported import Line, listing, overview, tick_list
from knowledge.form import Field

NOTHING_NEW = "文件读过了，内容和您现在填的一样，没有要更新的。"


def offer_import(scene: Scene, found: dict[str, str], leftover: tuple[str, ...] = ()) -> None:
    """Show what the file says, field by field, and ask what to take."""
    ensure_draft(scene)
    lines = _lines(scene, found)
    if not lines:
        advance(scene, NOTHING_NEW)
        return
    scene.go("compare")
    usable = {line.field.key: line.text for line in lines if line.refusal is None}
    pending = scene.await_decision("import", found={line.field.key: line.text for line in lines}, message=scene.message)
    gaps = sum(line.held is None and line.refusal is None for line in lines)
    scene.say(listing(lines, _left_alone(scene, found), leftover), _ways(pending, len(usable), gaps))


def on_import(scene: Scene, pending: Pending, arguments: list[str]) -> None:
    """Take all, only what fills gaps, what is ticked, or nothing; or offer the fields one by one."""
    wanted = arguments[0] if arguments else "none"
    if wanted == "pick":
        _pick(scene, pending)
        return
    found = pending.found
    if wanted == "new":
        found = {key: text for key, text in found.items() if key not in scene.draft.values}
    if wanted == "ticked":
        found = {key: text for key, text in found.items() if key not in pending.left_out}
    scene.message = None
    if wanted == "none" or not found:
        advance(scene, "好的，文件里的内容没有采用。")
    else:
        fill(scene, found)


def on_tick(scene: Scene, pending: Pending, arguments: list[str]) -> None:
    """Take a field in, or leave it out."""
    key = arguments[0] if arguments else ""
    if key in pending.found:
        _pick(scene, pending.model_copy(update={"left_out": pending.left_out ^ {key}}))


def _pick(scene: Scene, pending: Pending) -> None:
    """Offer every field with its tick, and what can be done with those ticked."""
    lines = [line for line in _lines(scene, pending.found) if line.refusal is None]
    scene.say(overview(lines, pending.left_out), tick_list(lines, pending))
    shown = tuple((button.id, button.label) for button in scene.replies[-1].choices)
    scene.change(pending=pending.model_copy(update={"choices": shown}))


def _ways(pending: Pending, usable: int, gaps: int) -> tuple[Button, ...]:
    buttons = []
    if usable:
        buttons.append(Button(id=f"import:{pending.serial}:all", label=f"全部采用（{usable}项）"))
    if 0 < gaps < usable:
        buttons.append(Button(id=f"import:{pending.serial}:new", label=f"只补空白（{gaps}项）"))
    if usable > 1:
        buttons.append(Button(id=f"import:{pending.serial}:pick", label="挑着采用"))
    return (*buttons, Button(id=f"import:{pending.serial}:none", label="都不采用"))


def _lines(scene: Scene, found: dict[str, str]) -> list[Line]:
    """Judge every value in the form's order; what says the same as the draft, or does not apply, is left out."""
    lines: list[Line] = []
    ahead = scene.draft  # as it would be with the values before
    for field in scene.pack.form.fields:
        if field.key not in found or field.kind == "consent" or not ahead.applies(field):
            continue
        held, outcome = scene.draft.values.get(field.key), _judged(scene, field, found[field.key])
        line = _line(field, found[field.key], outcome, held.display if held else None)
        lines += [] if held and held.display == line.display else [line]
        if not isinstance(outcome, Rejected):
            value = held_value(found[field.key], outcome, None)
            ahead = ahead.model_copy(update={"values": {**ahead.values, field.key: value}})
    return lines


def _judged(scene: Scene, field: Field, text: str) -> Outcome:
    return validate(field, text, scene.pack, scene.moment.today)


def _line(field: Field, text: str, outcome: Outcome, held: str | None) -> Line:
    if isinstance(outcome, Rejected):
        return Line(field, text, text, held, refusal=outcome.message)
    doubt = outcome.message if outcome.kind == "warn" else None
    return Line(
        field, text, understood(field, held_value(text, outcome, None)), held, doubt=doubt, display=outcome.display
    )


def _left_alone(scene: Scene, found: dict[str, str]) -> list[Field]:
    """Give the fields that are filled in the draft and blank in the file."""
    held = scene.draft.values
    return [
        field for field in scene.pack.form.fields if field.kind != "consent" and field.key in held.keys() - found.keys()
    ]
