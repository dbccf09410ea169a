"""The command `shenbao`. Every failure is one clear line on stderr and a non-zero exit."""

import asyncio
import sys
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.clock import clock
from bot.command_help import ChineseGroup
from bot.errors import StartupError, complaint
from bot.messages import say
from bot.options import Out, command
from bot.settings import Settings

app = typer.Typer(cls=ChineseGroup, add_completion=False, pretty_exceptions_enable=False, help=say("help.program"))


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer's way to hand an option over
    if asked:
        typer.echo(say("version", version=metadata.version("shenbao")))
        raise typer.Exit


@app.callback(help=say("help.program"))
def program(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, metavar="", help=say("help.version_option")),
    ] = False,
) -> None:
    """Hold what stands before a command."""
    del version


@command(app, "console")
def console(
    settings: Settings,
    *,
    json: Annotated[bool, typer.Option("--json", help=say("console.json"))] = False,
    staff: Annotated[bool, typer.Option("--staff", help=say("console.staff"))] = False,
    out: Out = Path("out"),
) -> None:
    """Talk in the terminal, or in JSON lines."""
    from bot.channels.console.exchange import open_exchange  # noqa: PLC0415 - each command loads only what it needs
    from bot.packs import pack_folder  # noqa: PLC0415

    folder = pack_folder(settings.pack, settings.packs)
    opening = partial(
        open_exchange, settings.database, folder, clock(settings.today), out, staff=staff, kept=settings.data / "packs"
    )

    async def run_json() -> None:
        from bot.channels.console.fault_injection import open_faulty_exchange  # noqa: PLC0415
        from bot.channels.console.json_console import run_lines  # noqa: PLC0415

        async with open_faulty_exchange(opening) as exchange:
            await run_lines(exchange)

    async def run() -> None:
        from rich.console import Console  # noqa: PLC0415

        from bot.channels.console.terminal import run_person  # noqa: PLC0415

        async with opening() as exchange:
            await run_person(exchange, Console())

    asyncio.run(run_json() if json else run())


@command(app, "ask")
def ask(  # noqa: PLR0913 - an option each
    settings: Settings,
    question: Annotated[str | None, typer.Argument(help=say("ask.question"))] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help=say("ask.json"))] = False,
    during: Annotated[str | None, typer.Option("--during", help=say("ask.during"))] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help=say("ask.batch"))] = None,
    where: Annotated[str | None, typer.Option("--where", help=say("ask.where"))] = None,
) -> None:
    """Answer a question by the notice, or many; or tell where the answer stands."""
    from bot.commands import ask as asking  # noqa: PLC0415
    from bot.commands.json_lines import write_line  # noqa: PLC0415
    from bot.packs import find_pack, pack_folder  # noqa: PLC0415

    pack, today = find_pack(settings.pack, settings.packs), clock(settings.today)()
    if batch is not None:
        asking.ask_batch(pack, today, batch)
    elif where is not None:
        for line in asking.where(pack, pack_folder(settings.pack, settings.packs), today, where):
            typer.echo(line)
    elif question is None:
        raise StartupError(say("ask.nothing_asked"))
    elif json:
        write_line(asking.taken(pack, today, question, during))
    else:
        typer.echo(asking.taken(pack, today, question, during)["reply"])


@command(app, "validate")
def validate(settings: Settings, batch: Annotated[Path, typer.Option("--batch", help=say("validate.batch"))]) -> None:
    """Judge texts for fields."""
    from bot.commands.validate_batch import validate_batch  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    validate_batch(find_pack(settings.pack, settings.packs), clock(settings.today)(), batch)


@command(app, "render")
def render(
    settings: Settings, answers: Annotated[Path, typer.Argument(help=say("render.answers"))], out: Out = Path("out")
) -> None:
    """Make the form from a file of answers."""
    from bot.commands.render import render_answers  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    pack = find_pack(settings.pack, settings.packs)
    raise typer.Exit(render_answers(pack, clock(settings.today)(), answers, out))


@command(app, "import")
def import_(settings: Settings, form: Annotated[Path, typer.Argument(help=say("import.form"))]) -> None:
    """Read a filled form."""
    from bot.commands.import_form import import_form  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    import_form(find_pack(settings.pack, settings.packs), clock(settings.today)(), form)


@command(app, "check")
def check(
    settings: Settings,
    named: Annotated[str | None, typer.Argument(help=say("check.pack"))] = None,
    *,
    map_: Annotated[Path | None, typer.Option("--map", metavar=say("help.file"), help=say("check.map"))] = None,
) -> None:
    """Lint a pack; which one is said on stderr, so that the lines on stdout stay `file:line: …`."""
    from bot.commands.check import check as run  # noqa: PLC0415
    from bot.commands.check import show_map  # noqa: PLC0415
    from bot.packs import pack_folder  # noqa: PLC0415

    folder = pack_folder(named or settings.pack, settings.packs)
    typer.echo(say("check.folder", folder=folder.absolute()), err=True)
    if map_:
        show_map(folder, map_, typer.echo)
    raise typer.Exit(run(folder, settings.data, typer.echo))


@command(app, "new")
def new(
    settings: Settings,
    notice: Annotated[Path, typer.Argument(help=say("new.notice"))],
    form: Annotated[Path, typer.Argument(help=say("new.form"))],
    out: Annotated[Path, typer.Option("--out", help=say("new.out"))],
) -> None:
    """Draft a pack from a notice and a blank form."""
    from bot.commands.new import new as run  # noqa: PLC0415

    del settings
    run(notice, form, out, typer.echo)


@command(app, "init")
def init(settings: Settings, target: Annotated[Path, typer.Argument(help=say("init.target"))]) -> None:
    """Copy what staff edit to a folder of their own."""
    from bot.commands.init_content import init as run  # noqa: PLC0415

    typer.echo("\n".join(run(settings, target)))


@command(app, "rename")
def rename(
    settings: Settings,
    old: Annotated[str, typer.Argument(help=say("rename.old"))],
    new: Annotated[str, typer.Argument(help=say("rename.new"))],
) -> None:
    """Rename the key of a field everywhere in a pack."""
    from bot.office.key_rename import rename_key  # noqa: PLC0415
    from bot.packs import pack_folder  # noqa: PLC0415

    folder = pack_folder(settings.pack, settings.packs)
    done = rename_key(folder, old, new)
    for file, number in done.places.items():
        typer.echo(say("rename.place", file=file, number=number))
    typer.echo(say("rename.done", old=old, new=new, number=done.number, folder=folder.absolute()))


@command(app, "unanswered")
def unanswered(
    settings: Settings, *, yaml: Annotated[bool, typer.Option("--yaml", help=say("unanswered.yaml"))] = False
) -> None:
    """List the questions asked in vain."""
    from bot.commands.unanswered import unanswered as run  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    pack = find_pack(settings.pack, settings.packs)
    typer.echo(asyncio.run(run(settings.filled_database, pack, clock(settings.today)(), yaml=yaml)))


@command(app, "stats")
def stats(settings: Settings) -> None:
    """Give the figures of a pack."""
    from bot.commands.stats import figures  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    typer.echo(asyncio.run(figures(settings.filled_database, find_pack(settings.pack, settings.packs))))


@command(app, "submissions")
def submissions(
    settings: Settings,
    *,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar=say("help.file"), help=say("submissions.xlsx"))] = None,
) -> None:
    """List the applications handed in."""
    from bot.commands.submission_list import submissions as run  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    pack = find_pack(settings.pack, settings.packs)
    typer.echo(asyncio.run(run(settings.filled_database, pack, xlsx)))


@command(app, "faq")
def faq(
    settings: Settings,
    *,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar=say("help.file"), help=say("faq.xlsx"))] = None,
    source: Annotated[Path | None, typer.Option("--from", metavar=say("help.file"), help=say("faq.source"))] = None,
    apply: Annotated[bool, typer.Option("--apply", help=say("faq.apply"))] = False,
) -> None:
    """Give the questions and answers as an Excel sheet, and take an edited one back."""
    from bot.commands import faq_exchange as sheets  # noqa: PLC0415
    from bot.packs import pack_folder  # noqa: PLC0415

    folder, warn = pack_folder(settings.pack, settings.packs), partial(typer.echo, err=True)
    if xlsx is None and source is None:
        raise StartupError(say("faq.nothing_asked"))
    if xlsx is not None:
        sheets.write_sheet(folder, xlsx, warn)
    if source is not None:
        raise typer.Exit(sheets.take_sheet(folder, source, typer.echo, warn, apply=apply))


@command(app, "replay")
def replay(
    settings: Settings,
    *,
    key: Annotated[str | None, typer.Option("--key", help=say("replay.key"))] = None,
    database: Annotated[str | None, typer.Option("--database", help=say("replay.database"))] = None,
) -> None:
    """Run the journal again."""
    from bot.commands.replay import replay as run  # noqa: PLC0415

    report = asyncio.run(run(database or settings.filled_database, settings.pack, key, settings.packs))
    typer.echo(str(report))
    raise typer.Exit(1 if report.different else 0)


@command(app, "telegram")
def telegram(
    settings: Settings,
    *,
    webhook: Annotated[bool, typer.Option("--webhook", help=say("telegram.webhook"))] = False,
) -> None:
    """Run the Telegram bot."""
    if webhook:
        from bot.channels.telegram.workers import run_webhook  # noqa: PLC0415

        asyncio.run(run_webhook(settings))
    else:
        from bot.channels.telegram.polling import run_telegram  # noqa: PLC0415

        asyncio.run(run_telegram(settings))


@command(app, "backup")
def backup(settings: Settings, file: Annotated[Path, typer.Argument(help=say("backup.file"))]) -> None:
    """Write everything into one file."""
    from bot.commands.backup_file import take_backup  # noqa: PLC0415

    typer.echo(take_backup(settings.filled_database, file))


@command(app, "restore")
def restore(settings: Settings, file: Annotated[Path, typer.Argument(help=say("backup.file"))]) -> None:
    """Bring a backup back."""
    from bot.commands.backup_file import bring_back  # noqa: PLC0415

    typer.echo(bring_back(file, settings.database))


@command(app, "doctor")
def doctor(settings: Settings) -> None:
    """Tell what is wrong."""
    from bot.commands.doctor import faults  # noqa: PLC0415

    found = faults(settings)
    for fault in found:
        typer.echo(say("doctor.fault", fault=fault))
    if not found:
        typer.echo(say("doctor.well"))
    raise typer.Exit(1 if found else 0)


@command(app, "web")
def web(
    settings: Settings,
    *,
    host: Annotated[str | None, typer.Option("--host", help=say("web_command.host"))] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help=say("web_command.port"))] = None,
    public_url: Annotated[str | None, typer.Option("--public-url", help=say("web_command.public_url"))] = None,
) -> None:
    """Run the applicants' page."""
    from bot.commands.web import run_web  # noqa: PLC0415

    given = {"web_host": host, "web_port": port, "public_url": public_url}
    asyncio.run(run_web(settings.model_copy(update={name: one for name, one in given.items() if one is not None})))


@command(app, "office-link")
def office_link(
    settings: Settings,
    *,
    name: Annotated[str, typer.Option("--name", help=say("office_link.name"))] = "",
    role: Annotated[Literal["read", "edit"], typer.Option("--role", help=say("office_link.role"))] = "read",
    end: Annotated[bool, typer.Option("--end", help=say("office_link.end"))] = False,
) -> None:
    """Give one person of the office a way in, or take it away."""
    from bot.commands.office_link import end_links, give_link  # noqa: PLC0415

    person = name.strip()
    typer.echo(asyncio.run(end_links(settings, person) if end else give_link(settings, person, role)))


@command(app, "wechat")
def wechat(settings: Settings) -> None:
    """Run 微信客服 alone."""
    from bot.commands.serve import run_wechat  # noqa: PLC0415

    asyncio.run(run_wechat(settings))


@command(app, "serve")
def serve(settings: Settings) -> None:
    """Run every channel the settings name."""
    from bot.commands.serve import run_all  # noqa: PLC0415

    asyncio.run(run_all(settings))


def _commands() -> list[str]:
    return [each.name for each in app.registered_commands if each.name]


def main() -> None:
    """Run the command; say what went wrong in one line."""
    from bot.store.store_errors import StoreError  # noqa: PLC0415
    from knowledge.problems import PackError  # noqa: PLC0415

    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace")  # type: ignore[union-attr]
    words = sys.argv[1:] or ["--help"]
    try:
        sys.exit(app(words, prog_name="shenbao", standalone_mode=False))
    except typer.TyperException as error:
        sys.stderr.write(f"{complaint(error, _commands(), words)}\n")
        sys.exit(2)
    except (StartupError, StoreError, PackError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
