"""A command written wrongly, said in one Chinese line instead of the command line library's English box."""

from difflib import get_close_matches

import typer


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
