"""Short storms over real HTTP in every test run; `make crash-test` runs the long ones."""

import subprocess
import sys
from pathlib import Path


def _run(module: str, database: str, folder: Path, **options: int) -> str:
    """Run a storm in a process of its own; gives what it printed last."""
    sizes = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    command = [sys.executable, "-m", module, "--database", database, "--folder", str(folder), *sizes]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


def test_killed_bot_loses_doubles_and_reorders_nothing(database_url: str, tmp_path: Path):
    """Whole forms over HTTP, the bot killed twice: every answer once in its draft, every reply in its order."""
    said = _run("tests.crash.killed", database_url, tmp_path, kills=2, chats=2)
    assert said.startswith("2 kills, ")
    assert said.endswith(" 0 wrong")


def test_workers_share_a_rush_and_every_draft_is_right(postgres_url: str, tmp_path: Path):
    """Four chats at once through two workers, updates shuffled and doubled, a worker killed: all drafts are right."""
    said = _run("tests.crash.rush", postgres_url, tmp_path, chats=4, workers=2, kills=1)
    assert said.startswith("2 workers, 4 forms, ")
    assert said.endswith(" 0 wrong")
