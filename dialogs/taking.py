"""Taking an answer for a field: accepted and on, doubted and asked, or refused and kept."""

import re

from pydantic import JsonValue

from dialogs.flow import advance
from dialogs.replies import Button
from dialogs.scene import Scene
from dialogs.session import FieldValue, Pending, Refused
from dialogs.values.outcome import Accepted, Outcome, Rejected, Warned
from dialogs.values.validate import validate
from dialogs.values.words import count_words
from dialogs.views.asking import choices_of, shorten
from knowledge.form import Field
from knowledge.notice import Citation

_KEPT = 20_000  # characters of a refused text; a session is read and written with every turn


def take(scene: Scene, field: Field, text: str) -> None:
    """Judge a text as the answer to the field being asked for, and act on the outcome."""
    take_outcome(scene, field, text, validate(field, text, scene.pack, scene.moment.today))


def take_outcome(scene: Scene, field: Field, text: str, outcome: Outcome) -> None:
    """Act on an outcome: hold the value and go on, ask to confirm it, or explain the refusal."""
    if isinstance(outcome, Rejected):
        _refuse(scene, field, text, outcome)
    elif isinstance(outcome, Warned):
        _doubt(scene, field, text, outcome)
    else:
        settle(scene, field, held_value(text, outcome, scene.message), outcome.message)


def held_value(text: str, outcome: Accepted | Warned, message: int | None, *, confirmed: bool = True) -> FieldValue:
    """Make what the draft holds out of an outcome."""
    return FieldValue(
        text=text,
        value=outcome.value,
        display=outcome.display,
        approx=outcome.approx,
        warning=outcome.message if isinstance(outcome, Warned) else None,
        confirmed=confirmed,
        message=message,
    )


def settle(scene: Scene, field: Field, value: FieldValue, hint: str | None = None) -> None:
    """Hold a value, say so, and go on."""
    scene.hold(field.key, value)
    advance(scene, noted(scene, field, value, hint))


def noted(scene: Scene, field: Field, value: FieldValue, hint: str | None) -> str:
    """Say what was written down, and what follows from it for other fields."""
    if field.kind == "consent":
        return ""
    text = f"记下了。{field.label}：{understood(field, value)}"
    dropped = [
        other.label
        for other in scene.pack.form.fields
        if other.when and other.when.field == field.key and not scene.draft.applies(other)
    ]
    more = "没发完的，接着发就行，我会接在后面。" if field.kind == "long_text" else ""
    lines = [text, more, *(f"（“{label}”就不用填了。）" for label in dropped), f"提示：{hint}" if hint else ""]
    return "\n".join(line for line in lines if line)


def understood(field: Field, value: FieldValue) -> str:
    """Show a value back: the applicant's words and, where it is not plain, how we read them."""
    shown = shorten(value.display) or "无"
    if field.kind == "long_text":
        return f"{shown}（共{count_words(value.display)}字）"
    if field.kind == "period" and isinstance(value.value, dict):
        plain = f"{_day(value.value['start'])}至{_day(value.value['end']) if value.value['end'] else '今'}"
        return shown if _figures(shown) == _figures(plain) else f"{shown}（即{plain}）"
    if field.kind == "money" and isinstance(value.value, int | float):
        plain = f"{value.value:,.2f}".removesuffix(".00")
        return shown if plain in shown else f"{shown}（合{plain}元）"
    if field.kind == "count" and isinstance(value.value, int) and str(value.value) not in shown.replace(",", ""):
        return f"{shown}（即{'约' if value.approx else ''}{value.value:,}）"
    return shown


def _figures(text: str) -> list[int]:
    return [int(figures) for figures in re.findall(r"\d+", text)]


def confirm(scene: Scene, pending: Pending) -> None:
    """The applicant stands by a doubted value."""
    field = scene.pack.fields.get(pending.field or "")
    if field is None or pending.held is None:
        return
    settle(scene, field, pending.held.model_copy(update={"confirmed": True}))


def _refuse(scene: Scene, field: Field, text: str, outcome: Rejected) -> None:
    _keep_aside(scene, field, text)
    scene.change(pending=None)
    held = scene.draft.values.get(field.key)
    note = f"\n原来填的“{shorten(held.display)}”仍然保留。" if held and held.display else ""
    scene.say(f"{outcome.message}{note}", choices_of(scene, field), _citation(field, outcome.clause))


def _keep_aside(scene: Scene, field: Field, text: str) -> None:
    """Keep words that are not taken (yet): nothing typed is lost, and an edit of the message finds its field."""
    kept = Refused(text=text[:_KEPT], message=scene.message)
    scene.change_draft(refused={**scene.draft.refused, field.key: kept})


def _doubt(scene: Scene, field: Field, text: str, outcome: Warned) -> None:
    held = held_value(text, outcome, scene.message)
    _keep_aside(scene, field, text)
    pending = scene.await_decision("warned", field=field.key, text=text, message=scene.message, held=held)
    choices = (
        Button(id=f"confirm:{pending.serial}", label="确认，就这样填"),
        Button(id=f"redo:{pending.serial}", label="修改，重新填写"),
    )
    scene.say(
        f"{field.label}：{understood(field, held)}\n⚠ {outcome.message}",
        choices,
        _citation(field, outcome.clause),
    )


def _citation(field: Field, clause: str | None) -> tuple[Citation, ...]:
    quotes = [rule.quote for rule in field.rules if rule.clause == clause and rule.quote]
    return (Citation(clause=clause, quote=quotes[0]),) if clause and quotes else ()


def _day(value: JsonValue) -> str:
    numbers = [int(part) for part in str(value).split("-")]
    return "".join(f"{number}{unit}" for number, unit in zip(numbers, "年月日", strict=False))
