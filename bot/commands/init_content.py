"""`shenbao init DIR`: the packs copied to a folder of the office's own, where no upgrade of the program meets them."""

import shutil
from pathlib import Path

from bot.errors import StartupError, reason
from bot.messages import say
from bot.packs import pack_folder
from bot.settings import Settings
from knowledge.loading.pack_folder import PACKS


def init(settings: Settings, target: Path) -> list[str]:
    """Copy the packs there are (the one asked for, where one is); gives what to tell.

    Raises:
        StartupError: a pack of that name is there already, or the folder cannot be written; nothing is overwritten.
    """
    home = settings.packs or PACKS
    every = sorted(one for one in home.glob("[!.]*") if one.is_dir())
    folders = [pack_folder(settings.pack, home)] if settings.pack else every
    there = [folder.name for folder in folders if (target / folder.name).exists()]
    if there:
        raise StartupError(say("init.exists", folder=target.absolute(), names="、".join(there)))
    made: list[Path] = []
    try:
        for folder in folders:
            made.append(target / folder.name)
            shutil.copytree(folder, target / folder.name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    except OSError as error:
        for each in made:
            shutil.rmtree(each, ignore_errors=True)
        raise StartupError(say("init.unwritable", folder=target.absolute(), reason=reason(error))) from error
    copied = [say("init.copied", folder=each.absolute()) for each in made]
    return [*copied, say("init.next", folder=target.absolute())]
