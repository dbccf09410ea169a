"""The samples for operators stay true to the program."""

import re
from pathlib import Path

import yaml

from bot.settings import names

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
    wanted = set(re.findall(r"[A-Z]+(?:_[A-Z]+)+", text.split("services:")[0])) - {"POSTGRES_PASSWORD"}
    assert wanted == {"TELEGRAM_BOT_TOKEN", "SHENBAO_WEBHOOK_URL", "SHENBAO_WEBHOOK_SECRET"}
    assert wanted <= set(names())


def test_unit_sample_gives_turns_time_to_finish():
    """The unit stops the program gently and starts it again, whatever ended it."""
    unit = (DEPLOY / "shenbao.service").read_text(encoding="utf-8")
    assert {"KillMode=mixed", "TimeoutStopSec=30", "Restart=always"} <= set(unit.splitlines())
    assert "shenbao telegram\n" in unit
