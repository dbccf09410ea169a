"""What an operator may set, and how a faulty setting is told."""

import re
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.settings import Settings, names

EXAMPLE = Path(__file__).parent.parent / ".env.example"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in [*names(), "TELEGRAM_TOKEN"]:
        monkeypatch.delenv(name, raising=False)


def _example_lines():
    return re.findall(r"^#?([A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)


def test_example_lists_every_setting_in_order():
    """The example file names each setting of the program once, and none the program does not know."""
    assert [name for name, _ in _example_lines()] == names()


def test_example_shows_the_defaults(tmp_path):
    """Uncommenting every line of the example changes nothing: what it shows is what is in force."""
    shown = tmp_path / ".env"
    shown.write_text("\n".join(f"{name}={value}" for name, value in _example_lines()), encoding="utf-8")
    assert Settings.load(shown) == Settings.load(None)


def test_every_setting_is_explained_in_chinese():
    """Above each setting of the example stands a Chinese sentence (two settings may share one)."""
    comment = ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if re.match(r"#?[A-Z_]+=", line):
            assert re.match(r"# [^—].*[\u4e00-\u9fff]{2}", comment), line
        else:
            comment = line


def test_environment_wins_over_the_file(tmp_path, monkeypatch):
    """A value in the environment replaces the one in `.env`."""
    env = tmp_path / ".env"
    env.write_text("SHENBAO_PACK=from-file\nTELEGRAM_BOT_TOKEN=1:file\n", encoding="utf-8")
    monkeypatch.setenv("SHENBAO_PACK", "from-environment")
    settings = Settings.load(env)
    assert settings.pack == "from-environment"
    assert settings.token is not None
    assert settings.token.get_secret_value() == "1:file"


def test_staff_ids_are_split_at_either_comma(monkeypatch):
    """Staff write their ids with Western or Chinese commas and blanks."""
    monkeypatch.setenv("SHENBAO_STAFF_IDS", "11，22, 33")
    assert Settings.load(None).staff_ids == {11, 22, 33}


def test_database_lies_in_the_data_folder_unless_a_url_is_given():
    """The embedded database is a file under `data`; a URL replaces it."""
    assert Settings(data=Path("d"), _env_file=None).database == str(Path("d/shenbao.db"))
    url = "postgresql+asyncpg://u:p@h/n"
    assert Settings(database_url=url, _env_file=None).database == url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHENBAO_UPLOAD_MB", "99"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("SHENBAO_STAFF_IDS", "zhang"),
        ("SHENBAO_WEBHOOK_SECRET", "not allowed!"),
        ("SHENBAO_LOG_LEVEL", "loud"),
        ("SHENBAO_TODAY", "tomorrow"),
    ],
)
def test_faulty_setting_is_named_but_not_shown(monkeypatch, name, value):
    """A faulty setting stops the start with one Chinese line that names it and keeps its value secret."""
    monkeypatch.setenv(name, value)
    with pytest.raises(StartupError) as caught:
        Settings.load(None)
    assert name in str(caught.value)
    assert value not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_secrets_do_not_show_in_a_printout():
    """Printing the settings shows neither token nor database password nor webhook secret."""
    settings = Settings(
        token="1:hush", database_url="postgresql://u:hush@h/n", webhook_secret="hush", redis_url="hush", _env_file=None
    )
    assert "hush" not in repr(settings)
    assert "hush" not in str(settings)
