"""Workers that hang, die at once or lose their supervisor; turns and processes that do not end by themselves."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from bot.stop_signal import stop_signal
from bot.supervisor import Beat, ends_with_its_supervisor, supervise
from bot.turn_deadline import TurnTooLongError, turn_deadline
from tests.emulator.phone import PATIENCE

ROOT = Path(__file__).parent.parent


def _note(folder: str, number: int) -> int:
    """Note that a life of a worker began; gives how many began before it."""
    lives = Path(folder) / f"lives-{number}"
    with lives.open("a") as file:
        file.write(f"{os.getpid()}\n")
    return len(lives.read_text().splitlines()) - 1


class Mute:
    """A worker whose first life hangs after one beat; the second one beats on."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, number: int, beat: Beat) -> None:
        first = _note(self.folder, number) == 0
        beat()
        while True:
            time.sleep(0.05)
            if not first:
                beat()


class Orphan:
    """A worker that ends when its supervisor does, and says so."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, number: int, beat: Beat) -> None:
        async def run() -> None:
            with stop_signal() as stop:
                ends_with_its_supervisor(stop)
                _note(self.folder, number)
                beat()
                await stop.wait()
            (Path(self.folder) / "ended").touch()

        asyncio.run(run())


class Stillborn:
    """A worker that dies at its start."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, number: int, _: Beat) -> None:
        _note(self.folder, number)
        sys.exit(1)


async def _until(path: Path, lines: int = 1) -> None:
    """Wait for a file with so many lines."""
    await asyncio.wait_for(asyncio.to_thread(_wait, path, lines), PATIENCE * 3)


def _wait(path: Path, lines: int) -> None:
    end = time.monotonic() + PATIENCE * 3
    while time.monotonic() < end and not (path.exists() and len(path.read_text().splitlines()) >= lines):
        time.sleep(0.02)


async def test_a_mute_worker_is_killed_and_replaced(tmp_path: Path):
    """One that no longer beats is killed; the next one, under its number, is left alone; both end when told."""
    stop = asyncio.Event()
    running = asyncio.create_task(supervise(Mute(str(tmp_path)), 1, stop, every=0.05, mute=1.0))
    await _until(tmp_path / "lives-0", 2)
    stop.set()
    await running
    first, second = (tmp_path / "lives-0").read_text().split()
    assert first != second
    for pid in (first, second):
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


async def test_a_worker_that_dies_at_once_is_given_longer_pauses(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The second follows at once, the later ones after pauses that double."""
    stop = asyncio.Event()
    running = asyncio.create_task(supervise(Stillborn(str(tmp_path)), 1, stop, every=0.02))
    await _until(tmp_path / "lives-0", 4)
    stop.set()
    await running
    pauses = re.findall(r"pause=([\d.]+)", re.sub(r"\x1b\[\d*m", "", capsys.readouterr().out))
    assert [float(pause) for pause in pauses][:3] == [0.0, 1.0, 2.0]


async def test_workers_end_when_their_supervisor_was_killed(tmp_path: Path):
    """A kill -9 of the supervisor leaves no worker that holds on to port and name."""
    code = (
        "import asyncio; from bot.supervisor import supervise; from tests.test_supervisor import Orphan\n"
        f"if __name__ == '__main__': asyncio.run(supervise(Orphan({str(tmp_path)!r}), 1, asyncio.Event()))"
    )
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT)
    await _until(tmp_path / "lives-0")
    program.kill()
    await program.wait()
    await _until(tmp_path / "ended", 0)


def test_a_process_that_no_longer_comes_round_ends():
    """The watchdog ends it with status 1 and tells where it stood, even if one pattern holds it for ever."""
    code = (
        "import asyncio, re; from bot.heartbeat import heartbeat\n"
        "async def main():\n"
        "    async with heartbeat(every=0.05, mute=0.5):\n"
        "        await asyncio.sleep(0.2)\n"
        "        re.match('(a*)*b', 'a' * 40)\n"
        "asyncio.run(main())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "in main" in done.stderr


def test_a_process_told_to_stop_ends_although_it_hangs():
    """SIGTERM in the middle of a turn that never ends: the process is gone after the grace, with status 0."""
    code = (
        "import asyncio, re, sys; from bot.stop_signal import stop_signal\n"
        "async def main():\n"
        "    with stop_signal(0.2):\n"
        "        print('hung', flush=True)\n"
        "        re.match('(a*)*b', 'a' * 40)\n"
        "asyncio.run(main())"
    )
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT)
    assert program.stdout is not None
    program.stdout.readline()
    program.send_signal(signal.SIGTERM)
    assert program.wait(timeout=60) == 0
    program.stdout.close()


@pytest.mark.parametrize("hang", [lambda: re.match("(a*)*b", "a" * 40), lambda: any(number < 0 for number in count())])
def test_a_turn_that_computes_without_end_is_cut_off(hang):
    """A pattern and a loop that never end are both cut off."""
    with pytest.raises(TurnTooLongError), turn_deadline(0.1):
        hang()


def test_a_turn_in_time_is_left_alone():
    """After it nothing is cut off any more."""
    with turn_deadline(0.05):
        pass
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
