"""Why a program could not start or go on, in one Chinese line: settings, the system, a mistyped command."""

import errno
from difflib import get_close_matches

import typer

from bot.messages import say

_CAUSES = {
    errno.ENOENT: "not_found",
    errno.EISDIR: "is_folder",
    errno.ENOTDIR: "part_is_file",
    errno.EEXIST: "part_is_file",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EROFS: "read_only",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "quota",
    errno.ENAMETOOLONG: "long_name",
}


def reason(error: OSError) -> str:
    """Say it in a few Chinese words; the system's own where we have none."""
    cause = _CAUSES.get(error.errno or 0)
    return say(f"system.{cause}") if cause else error.strerror or type(error).__name__


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
    return say("usage.see", fault=_fault(error, commands, words), path=path)


def _fault(error: typer.TyperException, commands: list[str], words: list[str]) -> str:
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    if option and hasattr(error, "possibilities"):
        return say("usage.no_option", name=option, near=_near(error.possibilities or ()))
    if option:
        return say("usage.no_value", name=option)
    if parameter is not None:
        return say("usage.wrong" if error.message else "usage.missing", name=parameter.opts[0], help=parameter.help)
    if words[0] not in commands:
        return say("usage.no_command", name=words[0], near=_near(get_close_matches(words[0], commands)))
    return say("usage.too_much")


def _near(names: list[str] | tuple[str, ...]) -> str:
    return say("usage.near", names=say("usage.or").join(names)) if names else say("usage.nothing_near")
