"""How long an applicant waits: cold start to greeting, one core turn, one durable turn in the JSON console.

Run with `python -m tests.benchmarks.core`.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table

from knowledge.loading.pack_folder import PACKS, load_pack
from tests.applicant import Applicant

COMMAND = [sys.executable, "-m", "bot", "console", "--json", "--today", "2024-02-01"]
ROUNDS = 100


def cold_start() -> float:
    """Seconds from starting the console to its greeting, in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with _console(folder) as process:
            assert process.stdout
            process.stdout.readline()
            took = time.perf_counter() - began
            process.kill()
    return took


def durable_turn() -> float:
    """Median seconds of a turn over the JSON console's pipe: read, lock, load, turn, commit, write."""
    with tempfile.TemporaryDirectory() as folder, _console(folder) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.readline()
        times = []
        for text in ["开始填表", "皖北乡村公益促进中心", *["修改申报单位全称", "皖北乡村公益中心"] * ROUNDS]:
            began = time.perf_counter()
            process.stdin.write(json.dumps({"text": text}) + "\n")
            process.stdin.flush()
            process.stdout.readline()
            times.append(time.perf_counter() - began)
        process.kill()
    return statistics.median(times)


def core_turns() -> Iterator[tuple[str, float]]:
    """Median seconds of a core turn by what is typed, the session's JSON in and out included."""
    applicant = Applicant(load_pack(PACKS / "anhui-2024"))
    applicant.type("/start")
    applicant.press("开始")
    for field in list(applicant.pack.fields.values()):
        if applicant.at != field.key or field.kind == "consent":
            continue
        yield f"核心一轮：{field.label}", _median(applicant, lambda text=field.example: applicant.type(text))  # type: ignore[misc]
        applicant.type(field.example)
        if applicant.at == field.key:
            applicant.press("确认")
    yield "核心一轮：提问", _median(applicant, lambda: applicant.type("什么时候截止？"))


def _median(applicant: Applicant, act: Callable[[], object]) -> float:
    times, session = [], applicant.session
    for _ in range(ROUNDS):
        applicant.session = session
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    applicant.session = session
    return statistics.median(times)


def _console(folder: str) -> subprocess.Popen[str]:
    arguments = [*COMMAND, "--data", folder, "--out", folder]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def main() -> None:
    """Print the table."""
    table = Table("what", "median", title="What an applicant waits for")
    table.add_row("冷启动到问候（终端）", f"{statistics.median(cold_start() for _ in range(5)):.2f} s")
    table.add_row("落盘的一轮（JSON 终端，SQLite）", f"{durable_turn() * 1e3:.2f} ms")
    for name, seconds in core_turns():
        table.add_row(name, f"{seconds * 1e3:.2f} ms")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
