"""Every command obeys `.env` and the environment, an option wins over both, and all have the same three options."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli import app
from knowledge.loading.pack_folder import PACKS
from tests import terminal
from tests.terminal import run_here

COMMANDS = sorted(get_command(app).commands)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with packs of the office's own: `ours`, whose phone number is another."""
    folder = tmp_path / "packs" / "ours"
    shutil.copytree(PACKS / "anhui-2024", folder)
    return tmp_path


def run(office: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the office's folder, where its `.env` lies."""
    return run_here(office, *arguments, **environment)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_the_common_options(name: str) -> None:
    """`--pack`, `--today` and `--data` are understood everywhere, explained in the same words."""
    told = {option.opts[0]: option.help for option in get_command(app).commands[name].params}
    first = {option.opts[0]: option.help for option in get_command(app).commands[COMMANDS[0]].params}
    for option in ("--pack", "--today", "--data"):
        assert told[option]
        assert told[option] == first[option]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_chinese(name: str) -> None:
    """No English word is left in the usage of a command but names of options, programs and what is typed."""
    shown = CliRunner().invoke(app, [name, "--help"] if name else ["--help"]).stdout
    assert "用法：" in shown
    for typers_own in (
        "Show this message",
        "Options",
        "<",
        "bool",
        "path>",
        "TEXT",
        "Arguments",
        "required",
        "default",
    ):
        assert typers_own not in shown.replace("<read|edit>", "").replace("<=", "")


@pytest.mark.parametrize(
    "words",
    [
        ("stats",),
        ("unanswered",),
        ("unanswered", "--yaml"),
        ("submissions",),
        ("submissions", "--xlsx", "s.xlsx"),
        ("replay",),
        ("backup", "b.db"),
        ("doctor",),
        ("office-link", "--name", "王敏"),
        ("office-link", "--name", "王敏", "--end"),
        ("check",),
        ("restore", "none.db"),
    ],
    ids=" ".join,
)
def test_a_mistyped_folder_of_data_is_told_and_nothing_is_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    """What reads data says which folder it looked into, and leaves neither that folder nor a file behind."""
    done = run_here(tmp_path, *words, "--data", tmp_path / "typo")
    assert "typo" in done.stdout + done.stderr or "none.db" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_environment_names_the_folder_of_packs_and_the_pack(office: Path) -> None:
    """`check` reads the pack the settings name, and says which folder that is."""
    done = run(office, "check", SHENBAO_PACKS=str(office / "packs"), SHENBAO_PACK="ours")
    assert done.returncode == 0, done.stdout
    assert str(office / "packs" / "ours") in done.stderr


def test_a_dotenv_file_does_too(office: Path) -> None:
    """What `.env` in the current folder says holds for commands that make no conversation."""
    (office / ".env").write_text(f"SHENBAO_PACKS={office / 'packs'}\nSHENBAO_PACK=nobody\n", encoding="utf-8")
    done = run(office, "ask", "什么时候截止")
    assert done.returncode == 1
    assert "ours" in done.stderr  # the packs there are get listed


def test_an_option_wins_over_the_environment(office: Path) -> None:
    """`--pack` replaces what the environment names."""
    environment = {"SHENBAO_PACKS": str(office / "packs"), "SHENBAO_PACK": "nobody"}
    run(office, "console", "--json", "--pack", "ours", **environment)  # stats of no data at all are a fault
    for command in ("ask 什么时候截止", "stats", "unanswered"):
        assert run(office, *command.split(), **environment).returncode == 1
        assert run(office, *command.split(), "--pack", "ours", **environment).returncode == 0


def test_the_day_is_that_of_the_settings(office: Path) -> None:
    """`SHENBAO_TODAY` fixes the day for every command, `--today` replaces it."""
    early = run(office, "ask", "还能报名吗", SHENBAO_TODAY="2024-02-01").stdout
    late = run(office, "ask", "还能报名吗", SHENBAO_TODAY="2024-03-01").stdout
    assert early != late
    assert run(office, "ask", "还能报名吗", "--today", "2024-03-01", SHENBAO_TODAY="2024-02-01").stdout == late


def test_the_data_folder_is_that_of_the_settings(office: Path) -> None:
    """The database lies where `SHENBAO_DATA` says; `--data` wins, also over a database server's address."""
    run(office, "console", "--json", SHENBAO_DATA="kept")
    assert (office / "kept" / "shenbao.db").is_file()
    run(office, "console", "--json", "--data", "other", SHENBAO_DATABASE_URL="postgresql+asyncpg://nobody@nowhere/x")
    assert (office / "other" / "shenbao.db").is_file()


def test_the_console_speaks_of_the_pack_in_the_settings(office: Path) -> None:
    """A title changed in the office's own pack is heard in the greeting."""
    form = office / "packs" / "ours" / "form.yaml"
    old = next(line for line in form.read_text(encoding="utf-8").splitlines() if line.startswith("title:"))
    form.write_text(form.read_text(encoding="utf-8").replace(old, "title: 另一份表"), encoding="utf-8")
    folders = {"SHENBAO_PACKS": str(office / "packs"), "SHENBAO_DATA": str(office / "kept")}
    done = terminal.run("console", "--json", **folders)
    assert "另一份表" in json.loads(done.stdout.splitlines()[0])["replies"][0]["text"]
