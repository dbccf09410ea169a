"""What every command understands alike: `--pack`, `--today`, `--data`, laid over `.env` and the environment."""

import inspect
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.command_help import ChineseCommand
from bot.messages import say
from bot.settings import Settings

Function = Callable[..., None]  # its first parameter takes the settings

Out = Annotated[Path, typer.Option("--out", help=say("options.out"))]
_COMMON: dict[str, Any] = {
    "pack": Annotated[str | None, typer.Option("--pack", help=say("options.pack"))],
    "today": Annotated[
        datetime | None,
        typer.Option("--today", formats=["%Y-%m-%d"], metavar=say("help.day"), help=say("options.today")),
    ],
    "data": Annotated[Path | None, typer.Option("--data", help=say("options.data"))],
}


def settings_with(pack: str | None = None, today: date | None = None, data: Path | None = None) -> Settings:
    """Read the settings and put what was given on the command line over them.

    A folder given for the embedded database also wins over the address of a database server.

    Raises:
        StartupError: a setting is faulty.
    """
    given: dict[str, Any] = {"pack": pack, "today": today, "data": data}
    given = {name: value for name, value in given.items() if value is not None}
    if data is not None:
        given["database_url"] = None
    return Settings.load().model_copy(update=given)


def command(app: typer.Typer, name: str) -> Callable[[Function], Function]:
    """Register a function as the command `name`: its first parameter gets the settings, options laid over them.

    What the command does is told by the text `commands.<name>`.
    """

    def register(function: Function) -> Function:
        @wraps(function)
        def run(*, pack: str | None, today: datetime | None, data: Path | None, **own: Any) -> None:
            function(settings_with(pack, today.date() if today else None, data), **own)

        own = list(inspect.signature(function).parameters.values())[1:]
        common = [
            inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
            for option, annotation in _COMMON.items()
        ]
        run.__signature__ = inspect.Signature([*own, *common])  # type: ignore[attr-defined]
        app.command(name, cls=ChineseCommand, help=say(f"commands.{name}"))(run)
        return run

    return register
