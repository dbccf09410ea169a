"""What the documents say holds: tables are read and compared with the code, and what they name exists.

The other way round, what a user can do is documented: every command, make target, setting, extra, rule and dependency.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
import yaml

from bot.cli import app
from bot.settings import names
from dialogs.fields.registry import kinds_by_name
from dialogs.fields.rule_shapes import FINAL_SHAPES, RULE_SHAPES
from dialogs.fields.validate import validate
from knowledge.expressions.evaluation import evaluate
from knowledge.expressions.expression import read_expression
from knowledge.expressions.functions import FUNCTIONS
from knowledge.expressions.plain_values import EMPTY, YearMonth, plain_text
from knowledge.form import Field
from knowledge.form_rules import SHORTCUTS, FormRule
from knowledge.pack import NoticePack
from tests.house import ROOT, python_files

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


DOCUMENTS = {
    name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
}
ALL = "\n".join(DOCUMENTS.values())
PATH = re.compile(r"[\w.<>*/\u4e00-\u9fff-]+\.(?:py|yaml|md|docx|conf|service|toml)|(?:[\w<>*\u4e00-\u9fff-]+/)+")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(next(line for line in MAKEFILE.splitlines() if line.startswith(".PHONY:")).split()[1:])


def spans() -> Iterator[tuple[str, str]]:
    """Give every piece of code in a document: the document, and the piece."""
    for name, text in DOCUMENTS.items():
        yield from (
            (name, piece) for piece in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
        )


@cache
def paths() -> frozenset[str]:
    """Give every file and folder of the project, from the root; a folder ends with a stroke."""
    parts = [path for top in ("bot", "dialogs", "knowledge", "tests") for path in (ROOT / top).rglob("*")]
    found = [path.relative_to(ROOT).as_posix() + "/" * path.is_dir() for path in [*parts, *ROOT.glob("[!.]*")]]
    return frozenset([*found, ".env.example"])


def exists(named: str) -> bool:
    """Tell whether a path is one of the project, in full or from a folder on; `<id>` and `*` stand for any name."""
    pattern = re.sub(r"<[^>]+>|\\\*", "[^/]+", re.escape(named).replace("\\<", "<").replace("\\>", ">"))
    return any(re.search(rf"(?:^|/){pattern}$", path) for path in paths())


def test_every_file_and_room_named_exists() -> None:
    """Of a module, a folder, a file of a pack."""
    named = {
        (name, path) for name, piece in spans() for path in PATH.findall(re.sub(r"\.venv/bin/|https?://\S+", "", piece))
    }
    assert not [f"{name}: {path}" for name, path in sorted(named) if not exists(path)]


def test_every_picture_and_link_leads_somewhere() -> None:
    """In the documents themselves."""
    links = re.findall(r"\]\(([^)#:]+)\)|src=\"([^\":]+)\"", ALL)
    assert [one or other for one, other in links]
    assert not [link for link in map("".join, links) if not (ROOT / link).exists()]


def test_commands_and_their_options_are_those_there_are() -> None:
    """Every command in README.md; no command or option that does not exist."""
    commands = {command.name: command.callback for command in app.registered_commands}
    assert not set(re.findall(r"shenbao ([a-z][a-z-]*)", ALL)) - commands.keys()
    assert not [name for name in commands if f"shenbao {name}" not in DOCUMENTS["README.md"]]
    source = (ROOT / "bot/cli.py").read_text(encoding="utf-8") + (ROOT / "bot/options.py").read_text(encoding="utf-8")
    used = {option for line in re.findall(r"shenbao [^\n`]+", ALL) for option in re.findall(r"--[a-z-]+", line)}
    assert not [option for option in used if f'"{option}"' not in source]


def test_make_targets_are_those_there_are() -> None:
    """Each is named in a document; none is named that is not in the Makefile."""
    assert set(re.findall(r"`?make ([a-z-]+)", re.sub(r"and make|和 make", "", ALL))) & TARGETS == TARGETS
    assert not [name for _, piece in spans() for name in re.findall(r"^make ([a-z-]+)", piece) if name not in TARGETS]


def test_settings_are_those_there_are() -> None:
    """In the documents and the samples; `.env.example` lists all, in order (tests/test_settings.py)."""
    named = set(re.findall(r"SHENBAO_[A-Z_]+", ALL + (ROOT / ".env.example").read_text(encoding="utf-8")))
    assert named <= set(names())


def test_extras_are_those_there_are() -> None:
    """Wherever something is installed with one, and each is explained."""
    extras = PROJECT["optional-dependencies"]
    places = [
        *ROOT.glob("bot/**/*.yaml"),
        ROOT / ".env.example",
        ROOT / "Makefile",
        *(ROOT / name for name in DOCUMENTS),
    ]
    text = "\n".join(path.read_text(encoding="utf-8") for path in places)
    used = {extra for found in re.findall(r"(?:shenbao|'\.)\[([a-z,]+)\]", text) for extra in found.split(",")}
    assert used <= extras.keys()
    assert not [extra for extra in extras if extra != "test" and f"extra `{extra}`" not in DOCUMENTS["ARCHITECTURE.md"]]


def test_every_dependency_has_its_reason() -> None:
    """Its line under "Dependencies, and why each"; those of the tests need none."""
    listed = DOCUMENTS["ARCHITECTURE.md"].partition("## Dependencies")[2].lower()
    extras = [one for name, group in PROJECT["optional-dependencies"].items() if name != "test" for one in group]
    wanted = {re.split(r"[\[<>=~; ]", one)[0].lower() for one in [*PROJECT["dependencies"], *extras]}
    assert not [name for name in sorted(wanted) if name not in listed]


def test_rules_are_those_there_are() -> None:
    """The list in CONTRIBUTING.md is complete."""
    section = CONTRIBUTING.partition("## Rules\n")[2].partition("\n## ")[0]
    known = {*RULE_SHAPES, *FINAL_SHAPES}
    assert not [name for name in known if f"`{name}`" not in section]


def test_every_module_that_is_run_exists() -> None:
    """`python -m …` in a document or the Makefile."""
    run = re.findall(r"python -m ((?:tests|bot)[\w.]*)", ALL + MAKEFILE)
    assert run
    assert not [
        name for name in run if not exists(f"{name.replace('.', '/')}.py") and not exists(f"{name.replace('.', '/')}/")
    ]


def test_every_word_of_the_table_is_used_in_the_code() -> None:
    """A class or type of that name is there."""
    section = DOCUMENTS["ARCHITECTURE.md"].partition("## Words\n")[2].partition("\n## ")[0]
    source = "\n".join(file.source for file in python_files())
    words = {word for piece in re.findall(r"`([^`]+)`", section) for word in re.findall(r"\b[A-Z][A-Za-z]+\b", piece)}
    assert words
    assert not [
        word
        for word in sorted(words)
        if not re.search(rf"^(?:class {word}\b|{word} = |{word}: )", source, re.MULTILINE)
    ]


ROWS = {
    "金额": (Decimal(10), Decimal(20), Decimal(30)),
    "姓名": ("甲", "乙"),
    "起": (YearMonth(2005, 9), YearMonth(2008, 9)),
    "止": (YearMonth(2008, 6), EMPTY),
}


def test_every_function_has_its_row() -> None:
    """A closed list: what an expression may call is what the table names."""
    assert [row[0].strip("`") for row in table("Functions")] == list(FUNCTIONS)


@pytest.mark.parametrize("row", table("Functions"), ids=lambda row: row[0].strip("`"))
def test_the_example_of_a_function_comes_to_what_is_said(row: list[str]) -> None:
    """Reckoned out over three sums, two names and two spans."""
    found = evaluate(read_expression(row[2].strip("`")), lambda name: ROWS[name])
    assert {"True": "是", "False": "否"}.get(str(found), plain_text(found)) == row[3].strip("`")


def test_every_named_rule_has_its_row() -> None:
    """And each example is one."""
    rows = table("Rules between fields")
    assert [row[0].strip("`") for row in rows] == ["check", *SHORTCUTS]
    for row in rows:
        assert FormRule.model_validate(yaml.safe_load(row[2].strip("`"))).check.text
