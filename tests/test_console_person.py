"""`shenbao console` for a person: a real terminal, with what fingers do on it."""

import os
import pty
import select
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import ENVIRONMENT, SHENBAO


class Terminal:
    """A pseudo terminal with the console running in it."""

    def __init__(self, folder: Path) -> None:
        command = [*SHENBAO, "console", "--today", "2024-02-01", "--data", str(folder), "--out", str(folder / "out")]
        self.process, self.mine = pty.fork()
        if self.process == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # as a terminal starts a program, whatever runs the tests
            os.execvpe(command[0], command, ENVIRONMENT)  # noqa: S606 - our own interpreter
        self._seen = b""

    def until(self, words: str) -> str:
        """Read until the words are on the screen."""
        end = time.monotonic() + 30
        while words not in self.screen:
            assert time.monotonic() < end, self.screen
            self._more(1)
        shown, self._seen = self.screen, b""
        return shown

    @property
    def screen(self) -> str:
        return self._seen.decode(errors="replace")

    def keys(self, keys: str) -> None:
        os.write(self.mine, keys.encode())

    def leave(self) -> int:
        """Wait for the end and give the status."""
        end = time.monotonic() + 30
        while (ended := os.waitpid(self.process, os.WNOHANG)) == (0, 0):
            assert time.monotonic() < end, self.screen
            self._more(0.2)
        self._more(0.2)
        self.process = 0
        return os.waitstatus_to_exitcode(ended[1])

    def close(self) -> None:
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.mine)

    def _more(self, seconds: float) -> None:
        if select.select([self.mine], [], [], seconds)[0]:
            try:
                self._seen += os.read(self.mine, 65536)
            except OSError:  # the other end is closed
                return


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    terminal.until("1 您> ")
    yield terminal
    terminal.close()


def test_choices_are_numbers_and_progress_is_drawn(terminal: Terminal) -> None:
    """1 starts the form; the bar shows how far it is; messages are numbered for /edit."""
    terminal.keys("1\n")
    assert "0/18" in terminal.until("2 您> ")
    terminal.keys("皖北中心\n")
    assert "1/18" in terminal.until("3 您> ")
    terminal.keys("/edit 2 皖北公益中心\n")
    assert "皖北公益中心" in terminal.until("3 您> ")


def test_a_pasted_block_is_one_message(terminal: Terminal) -> None:
    """Lines that come faster than fingers belong together."""
    terminal.keys("申报单位全称：皖北中心\n填报日期：2024年2月1日\n项目名称：田间课堂\n")
    assert "✓ 项目名称：田间课堂" in terminal.until("2 您> ")


def test_a_file_that_cannot_be_read_is_named(terminal: Terminal) -> None:
    """/file explains itself, and so does /edit."""
    terminal.keys("/file /no/such.docx\n")
    assert "such.docx" in terminal.until("1 您> ")
    terminal.keys("/edit 2024\n")
    terminal.until("没有填进表里")


def test_leaving_with_ctrl_d_or_ctrl_c_keeps_the_draft(terminal: Terminal, tmp_path: Path) -> None:
    """Both end at once and say so; the next run goes on."""
    terminal.keys("1\n")
    terminal.until("2 您> ")
    terminal.keys("半句\x03")
    assert terminal.leave() == 130
    assert "草稿已保存" in terminal.screen
    again = Terminal(tmp_path)
    assert "欢迎回来" in again.until("2 您> ")
    again.keys("\x04")
    assert again.leave() == 0
    again.close()
