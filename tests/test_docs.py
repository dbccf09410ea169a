"""What the documents say holds: tables are read and compared with the code."""

import json
import re
from datetime import date

import pytest

from dialogs.fields.registry import kinds_by_name
from dialogs.fields.validate import validate
from knowledge.form import Field
from knowledge.pack import NoticePack
from tests.house import ROOT

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TODAY = date(2025, 4, 30)
MADE_UP = {"choices": ["甲", "乙", "丙"], "boolean": ["是", "否"], "choice": ["甲", "乙", "丙"]}


def table(heading: str) -> list[list[str]]:
    """Give the rows of the table under a heading of CONTRIBUTING.md, without its head."""
    section = re.split(r"^## ", CONTRIBUTING, flags=re.MULTILINE)
    lines = next(part for part in section if part.startswith(f"{heading}\n")).splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return rows[2:]


KINDS = table("Kinds")


def test_every_kind_has_its_row() -> None:
    """And every row its kind, in the order of the names."""
    assert [row[0].strip("`") for row in KINDS] == sorted(kinds_by_name())


@pytest.mark.parametrize("row", [row for row in KINDS if row[4]], ids=lambda row: row[0].strip("`"))
def test_the_example_of_a_kind_has_the_value_beside_it(pack: NoticePack, row: list[str]) -> None:
    """Typed as it stands there; ⏎ is a new line."""
    name, value = row[0].strip("`"), json.loads(row[2].strip("`"))
    choices = [{"label": label} for label in MADE_UP.get(name, ())]
    given = {"key": "asked", "label": "本栏", "kind": name, "prompt": "", "example": "", "choices": choices}
    field = Field.model_validate({**given, "statement": "情况属实"})
    outcome = validate(field, row[4].replace("⏎", "\n"), pack, TODAY)
    assert outcome.kind == "accept", outcome.message
    assert outcome.value == value
