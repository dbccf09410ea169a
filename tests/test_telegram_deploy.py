"""The samples for operators stay true to the program."""

import re
import tomllib
from pathlib import Path

import yaml

from bot.settings import names
from tests.house import ROOT

DEPLOY = Path(__file__).parent.parent / "bot" / "channels" / "telegram" / "deploy"


def test_compose_sample_sets_only_what_the_program_knows():
    """Every setting in the sample is one of the program's, and its workers listen where the port is published."""
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    shenbao = services["shenbao"]
    assert set(shenbao["environment"]) <= set(names())
    assert shenbao["command"] == ["shenbao", "telegram", "--webhook"]
    assert [port.rpartition(":")[2] for port in shenbao["ports"]] == ["8080"]
    assert set(shenbao["depends_on"]) < set(services)


def test_compose_sample_names_the_settings_that_must_be_filled():
    """Its head lists what `.env` has to hold, by the names the program reads."""
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    wanted = set(re.findall(r"[A-Z]+(?:_[A-Z]+)+", text.split("services:")[0])) - {
        "POSTGRES_PASSWORD",
        "POSTGRES_DIGEST",
        "PYTHON_DIGEST",
    }
    assert wanted == {"TELEGRAM_BOT_TOKEN", "SHENBAO_WEBHOOK_URL", "SHENBAO_WEBHOOK_SECRET"}
    assert wanted <= set(names())


def test_compose_sample_has_no_image_that_may_change():
    """Each is named by its digest, and what is installed in it by hashes."""
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    images = re.findall(r"^ *(?:image:|FROM) (\S+)$", text, re.MULTILINE)
    assert len(images) == 2
    assert all(re.fullmatch(r"[a-z]+:[\w.-]+@\$\{[A-Z]+_DIGEST:\?\}", image) for image in images)
    assert "--require-hashes -r bot/channels/telegram/deploy/requirements.lock" in text


def test_lock_holds_every_package_at_the_version_tested_with_its_hashes():
    """No address of a registry; the versions of `constraints.txt`; everything the program and its extras name."""
    text = (DEPLOY / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    locked = dict(
        re.findall(r"^([a-z0-9._-]+)==([^ ]+) \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE)
    )
    assert len(locked) == len(re.findall(r"^\w", text, re.MULTILINE))
    tested = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split() if "==" in line
    )
    tested = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in tested.items()}
    assert {name: tested.get(name, version) for name, version in locked.items()} == locked
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = project["project"]["dependencies"] + extras["server"] + extras["web"] + project["build-system"]["requires"]
    assert {re.match(r"[\w.-]+", one)[0].lower() for one in wanted} <= set(locked)


def test_unit_sample_gives_turns_time_to_finish():
    """The unit stops the program gently and starts it again, whatever ended it."""
    unit = (DEPLOY / "shenbao.service").read_text(encoding="utf-8")
    assert {"KillMode=mixed", "TimeoutStopSec=30", "Restart=always"} <= set(unit.splitlines())
    assert "shenbao telegram\n" in unit
