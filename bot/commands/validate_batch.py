"""`shenbao validate --batch FILE`: how a text would be taken for a field."""

from datetime import date
from pathlib import Path
from typing import Any

from bot.commands.json_lines import read_lines, write_line
from bot.errors import StartupError
from bot.messages import say
from dialogs.fields.outcome import Outcome, Rejected
from dialogs.fields.typed_answers import typed
from dialogs.fields.validate import validate
from knowledge.form import Field
from knowledge.pack import NoticePack


def validate_batch(pack: NoticePack, today: date, path: Path) -> None:
    """Judge every `{"field", "text"}` line, in order.

    Raises:
        StartupError: the file cannot be read, or names a field the form does not have.
    """
    for line in read_lines(path):
        field = pack.fields.get(str(line.get("field")))
        if field is None:
            raise StartupError(say("answers.no_field", name=line.get("field")))
        text = typed(field, line.get("text", ""))
        write_line({"field": field.key, "text": text, **judged(field, validate(field, text, pack, today))})


def judged(field: Field, outcome: Outcome) -> dict[str, Any]:
    """Write an outcome as the contract has it."""
    if isinstance(outcome, Rejected):
        value, approx, display, printed = None, False, "", ""
    else:
        value, approx, display = outcome.value, outcome.approx, outcome.display
        printed = display if outcome.printed is None else outcome.printed
    return {
        "outcome": outcome.kind,
        "value": value,
        "approx": approx,
        "display": display,
        "printed": printed,
        "message": outcome.message,
        "clause": outcome.clause or (field.clause if isinstance(outcome, Rejected) else None),
    }
