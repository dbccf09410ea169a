"""A short storm of kills in every test run; `make crash-test` runs the long one."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("workers", [1, 3])
def test_killed_workers_lose_double_and_reorder_nothing(database_url: str, tmp_path: Path, workers: int):
    """After kills at random points every update is applied once and every reply has arrived in order."""
    command = [sys.executable, "-m", "tests.crash.storm", "--database", database_url, "--folder", str(tmp_path)]
    size = ["--kills", "15", "--chats", "12", "--turns", "12", "--workers", str(workers)]
    done = subprocess.run([*command, *size], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "144 updates, 0 wrong" in done.stdout
