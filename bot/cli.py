"""The command `shenbao`. Every failure is one clear line on stderr and a non-zero exit."""

import asyncio
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import clock
from bot.errors import StartupError, complaint

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="申报助手")

Pack = Annotated[str | None, typer.Option("--pack", help="通知资料包的名字或目录；默认用最新的一个")]
Today = Annotated[datetime | None, typer.Option("--today", formats=["%Y-%m-%d"], help="把这一天当作今天（YYYY-MM-DD）")]
Data = Annotated[Path | None, typer.Option("--data", help="数据库所在目录")]
Out = Annotated[Path, typer.Option("--out", help="生成的文件放在哪个目录")]


def _clock(today: datetime | None) -> Callable[[], date]:
    return clock(today.date() if today else None)


@app.command()
def console(  # noqa: PLR0913 - the options of a command
    *,
    json: Annotated[bool, typer.Option("--json", help="每行一个 JSON 对象，给程序用")] = False,
    staff: Annotated[bool, typer.Option("--staff", help="可用工作人员命令 /unanswered、/stats、/parked")] = False,
    pack: Pack = None,
    today: Today = None,
    data: Data = None,
    out: Out = Path("out"),
) -> None:
    """在终端里对话：答疑、填表、生成 Word 文件。"""
    from bot.channels.console.exchange import open_exchange  # noqa: PLC0415 - each command loads only what it needs
    from bot.packs import pack_folder  # noqa: PLC0415

    opening = partial(open_exchange, _database(data), pack_folder(pack), _clock(today), out, staff=staff)

    async def run_json() -> None:
        from bot.channels.console.fault_injection import open_faulty_exchange  # noqa: PLC0415
        from bot.channels.console.json_console import run_lines  # noqa: PLC0415

        async with open_faulty_exchange(opening) as exchange:
            await run_lines(exchange)

    async def run() -> None:
        from rich.console import Console  # noqa: PLC0415

        from bot.channels.console.terminal import run_person  # noqa: PLC0415

        async with opening() as desk:
            await run_person(desk, Console())

    asyncio.run(run_json() if json else run())


@app.command()
def ask(  # noqa: PLR0913 - the options of a command
    question: Annotated[str | None, typer.Argument(help="要问的话")] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    during: Annotated[str | None, typer.Option("--during", help="正在填哪个栏目（key）")] = None,
    batch: Annotated[Path | None, typer.Option("--batch", help="每行一个 JSON 对象的文件")] = None,
    pack: Pack = None,
    today: Today = None,
) -> None:
    """按通知回答一个问题，或成批回答。"""
    from bot.commands.ask import ask_batch, taken  # noqa: PLC0415
    from bot.commands.json_lines import write_line  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    live, day = find_pack(pack), _clock(today)()
    if batch is not None:
        ask_batch(live, day, batch)
    elif question is None:
        raise StartupError("请写上要问的话，例如：shenbao ask 什么时候截止")
    elif json:
        write_line(taken(live, day, question, during))
    else:
        typer.echo(taken(live, day, question, during)["reply"])


@app.command()
def validate(
    batch: Annotated[Path, typer.Option("--batch", help="每行一个 {field, text} 的文件")],
    pack: Pack = None,
    today: Today = None,
) -> None:
    """成批校验栏目内容。"""
    from bot.commands.validate import validate_batch  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    validate_batch(find_pack(pack), _clock(today)(), batch)


@app.command()
def render(
    answers: Annotated[Path, typer.Argument(help="栏目 → 内容的 JSON 文件")],
    out: Out = Path("out"),
    pack: Pack = None,
    today: Today = None,
) -> None:
    """由一份答案生成推荐表。"""
    from bot.commands.render import render_answers  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    raise typer.Exit(render_answers(find_pack(pack), _clock(today)(), answers, out))


@app.command("import")
def import_(
    form: Annotated[Path, typer.Argument(help="填好或填了一半的推荐表 docx")],
    pack: Pack = None,
    today: Today = None,
) -> None:
    """读出一份已填推荐表的内容。"""
    from bot.commands.import_form import import_form  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    import_form(find_pack(pack), _clock(today)(), form)


@app.command()
def check(
    pack: Annotated[str | None, typer.Argument(help="资料包的名字或目录")] = None,
    *,
    map_: Annotated[bool, typer.Option("--map", help="再列出每个栏目对应表格的哪一格，并画出对照图")] = False,
    out: Out = Path("out"),
    data: Data = None,
) -> None:
    """检查资料包：哪一行有什么问题、怎么改，哪些问题的答复变了。"""
    from bot.commands.check import check as run  # noqa: PLC0415
    from bot.commands.check import show_map  # noqa: PLC0415
    from bot.packs import pack_folder  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415

    if map_:
        show_map(pack_folder(pack), out, typer.echo)
    raise typer.Exit(run(pack_folder(pack), data or Settings.load().data, typer.echo))


@app.command()
def unanswered(
    *,
    yaml: Annotated[bool, typer.Option("--yaml", help="写成可以粘贴到问答文件里的条目")] = False,
    pack: Pack = None,
    today: Today = None,
    data: Data = None,
) -> None:
    """列出没有答上来的问题（个人信息已隐去），按话题归类。"""
    from bot.commands.unanswered import unanswered as run  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    typer.echo(asyncio.run(run(_database(data), find_pack(pack), _clock(today)(), yaml=yaml)))


@app.command()
def stats(pack: Pack = None, data: Data = None) -> None:
    """提问和申报的统计。"""
    from bot.commands.stats import figures  # noqa: PLC0415
    from bot.packs import find_pack  # noqa: PLC0415

    typer.echo(asyncio.run(figures(_database(data), find_pack(pack))))


@app.command()
def replay(
    *,
    key: Annotated[str | None, typer.Option("--key", help="只重放这个对话（地址或聊天编号）")] = None,
    database: Annotated[str | None, typer.Option("--database", help="数据库地址，如 postgresql://…")] = None,
    data: Data = None,
    pack: Pack = None,
) -> None:
    """把保存的对话重放一遍，指出第一处与当时不一致的地方。"""
    from bot.commands.replay import replay as run  # noqa: PLC0415

    report = asyncio.run(run(database or _database(data), pack, key))
    typer.echo(str(report))
    raise typer.Exit(1 if report.different else 0)


@app.command()
def telegram(
    *,
    webhook: Annotated[bool, typer.Option("--webhook", help="由服务器推送，多进程（设置见 .env.example）")] = False,
    pack: Pack = None,
    today: Today = None,
    data: Data = None,
) -> None:
    """运行 Telegram 机器人；设置见 .env.example。"""
    from bot.settings import Settings  # noqa: PLC0415

    given = {"pack": pack, "today": today.date() if today else None, "data": data}
    settings = Settings.load().model_copy(update={name: value for name, value in given.items() if value is not None})
    if webhook:
        from bot.channels.telegram.workers import run_webhook  # noqa: PLC0415

        asyncio.run(run_webhook(settings))
    else:
        from bot.channels.telegram.polling import run_telegram  # noqa: PLC0415

        asyncio.run(run_telegram(settings))


def _database(data: Path | None) -> str:
    from bot.settings import Settings  # noqa: PLC0415

    return str(data / "shenbao.db") if data is not None else Settings.load().database


def _commands() -> list[str]:
    return [each.name or each.callback.__name__ for each in app.registered_commands if each.callback]


def main() -> None:
    """Run the command; say what went wrong in one line."""
    from bot.store.errors import StoreError  # noqa: PLC0415
    from knowledge.problems import PackError  # noqa: PLC0415

    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace")  # type: ignore[union-attr]
    words = sys.argv[1:] or ["--help"]
    try:
        sys.exit(app(words, standalone_mode=False))
    except typer.TyperException as error:
        sys.stderr.write(f"{complaint(error, _commands(), words)}\n")
        sys.exit(2)
    except (StartupError, StoreError, PackError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
