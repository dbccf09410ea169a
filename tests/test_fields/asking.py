"""How tests of kinds ask: a field made on the spot, judged on 2025-04-28 with no pack's own words."""

from datetime import date
from typing import Any

from dialogs.fields.outcome import Outcome
from dialogs.fields.validate import validate
from knowledge.form import Field
from knowledge.loading.pack_folder import PACKS, load_pack

PACK = load_pack(PACKS / "anhui-2024")  # only its facts are looked at, and only by a rule that names one
TODAY = date(2025, 4, 28)


def field_of(kind: str, label: str = "本栏", **options: Any) -> Field:
    """Give a field of a kind, with its options as `form.yaml` writes them."""
    return Field.model_validate({"key": "asked", "label": label, "kind": kind, "prompt": "", "example": ""} | options)


def judged(text: str, field: Field) -> Outcome:
    """Judge what was typed into a field."""
    return validate(field, text, PACK, TODAY)


def value_of(text: str, field: Field) -> object:
    """Give the value read, None where it was refused."""
    return getattr(judged(text, field), "value", None)


def printed_of(text: str, field: Field) -> str | None:
    """Give what the cell will hold, None where the answer was refused."""
    outcome = judged(text, field)
    if outcome.kind == "reject":
        return None
    return outcome.display if outcome.printed is None else outcome.printed
