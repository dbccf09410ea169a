"""The usage of commands in Chinese: typer's own headings and its line for `--help` are English."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

from bot.messages import say, texts


class _ChineseHelp:
    """What the program and its commands have in common; stands before typer's class."""

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option `--help`, explained."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help, option.metavar = say("help.help_option"), ""
        return option

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=say("help.usage"))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help."""
        from typer import rich_utils  # noqa: PLC0415 - no other command waits for it

        rich_utils.ARGUMENTS_PANEL_TITLE = say("help.arguments")
        rich_utils.OPTIONS_PANEL_TITLE = say("help.options")
        rich_utils.COMMANDS_PANEL_TITLE = say("help.commands")
        rich_utils.REQUIRED_LONG_STRING = say("help.required")
        rich_utils.DEFAULT_STRING = say("help.default")
        super().format_help(ctx, formatter)  # type: ignore[misc]


class ChineseCommand(_ChineseHelp, TyperCommand):
    """A command whose `--help` is Chinese throughout."""

    def __init__(self, name: str | None, **details: Any) -> None:
        """Take what typer gives a command; say in Chinese what its arguments and options take."""
        super().__init__(name, **{**details, "options_metavar": say("help.options_metavar")})
        for param in self.params:
            _name_in_chinese(param, f"{name}.{param.name}")


def _name_in_chinese(param: Any, key: str) -> None:
    """Say what a parameter takes: an argument by what it is (`help_takes.<command>.<name>`), an option by its type."""
    if param.param_type_name == "argument":
        param.metavar = say(f"help_takes.{key}")
        param.display_type_rich = lambda **_: ""  # typer would add its own word for the type
    elif param.metavar is None:
        kind = _type_of(param)
        known = f"help_types.{kind}" in texts()
        param.metavar = "" if param.is_flag else say(f"help_types.{kind}") if known else None


def _type_of(param: Any) -> str:
    """Give typer's word for what an option takes; empty for a choice, which says it itself."""
    return str(param.display_type(None)).strip("<>")


class ChineseGroup(_ChineseHelp, TyperGroup):
    """The program itself, whose `--help` lists its commands."""

    def __init__(self, **details: Any) -> None:
        """Take what typer gives a group."""
        words = {"options_metavar": say("help.options_metavar"), "subcommand_metavar": say("help.command_metavar")}
        super().__init__(**{**details, **words})
