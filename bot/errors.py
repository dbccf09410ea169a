"""Why a program could not start or go on, in one Chinese line: settings, the system, a mistyped command."""

import errno
from difflib import get_close_matches

import typer

_WORDS = {
    errno.ENOENT: "找不到",
    errno.EISDIR: "这是目录，不是文件",
    errno.ENOTDIR: "路径中有一段是文件，不是目录",
    errno.EEXIST: "路径中有一段是文件，不是目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENAMETOOLONG: "名字太长",
}


def reason(error: OSError) -> str:
    """Say it in a few Chinese words; the system's own where we have none."""
    return _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__


class StartupError(Exception):
    """The program cannot run; the message is one Chinese line for whoever started it."""


def complaint(error: typer.TyperException, commands: list[str], words: list[str]) -> str:
    """Say what is wrong with a command line and where its usage is shown.

    Args:
        error: what the library raised.
        commands: the commands there are.
        words: what was typed after `shenbao`.
    """
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "shenbao"
    return f"{_fault(error, commands, words)}用法见：{path} --help"


def _fault(error: typer.TyperException, commands: list[str], words: list[str]) -> str:
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    if option and hasattr(error, "possibilities"):
        return f"没有 {option} 这个选项{_near(error.possibilities or ())}"
    if option:
        return f"{option} 后面要写上内容。"
    if parameter is not None:
        fault = "不对" if error.message else "没有写"
        return f"{parameter.opts[0]} {fault}：{parameter.help}。"
    if words[0] not in commands:
        return f"没有 {words[0]} 这个命令{_near(get_close_matches(words[0], commands))}"
    return "命令后面多写了内容（有空格的话请加引号）。"


def _near(names: list[str] | tuple[str, ...]) -> str:
    return f"，是不是 {' 或 '.join(names)}？" if names else "。"
