"""A command written wrongly: one Chinese line that names the fault and where to look, and status 2."""

import pytest

from tests.terminal import run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("consle", "没有 consle 这个命令，是不是 console？"),
        ("inport 表.docx", "没有 inport 这个命令，是不是 import 或 init？"),
        ("xyz", "没有 xyz 这个命令。"),
        ("console --todya 2024-02-01", "没有 --todya 这个选项，是不是 --today"),
        ("console --today 2024-13-01", "--today 不对：把这一天当作今天（YYYY-MM-DD）。"),
        ("console --today", "--today 后面要写上内容。"),
        ("validate", "--batch 没有写："),
        ("render", "answers 没有写："),
        ("ask 什么时候 截止", "多写了内容"),
    ],
)
def test_a_slip_on_the_command_line(words: str, said: str) -> None:
    """What is wrong, what was probably meant, and where the usage is shown."""
    done = run(*words.split())
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.endswith("--help\n")
    assert done.stderr.count("\n") == 1


def test_the_command_alone_shows_its_usage() -> None:
    """Every command with what it does."""
    done = run()
    assert done.returncode == 0
    assert "在终端里对话" in done.stdout
