"""`shenbao console`: a person at the terminal, with colours, numbered choices and progress."""

import asyncio
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Styled

from bot.console.desk import Desk, Exchange
from bot.console.lines import LineError, event_of
from dialogs.events import Command, Event

WELCOME = (
    "申报助手（终端）。直接打字回答或提问；有选项时输入序号即可。\n"
    "发文件：/file 路径　改前面的话：/edit 第几条 新内容　离开：/quit（草稿自动保存）"
)


async def run_person(desk: Desk, console: Console) -> None:
    """Talk until the person leaves."""
    console.print(Styled(WELCOME, style="dim"))
    _show(console, await desk.put(Command(name="start")))
    sent = (await desk.session()).heard
    while (typed := await asyncio.to_thread(_ask, console)) is not None:
        if typed.strip() in {"/quit", "/exit", "退出"}:
            break
        try:
            event = _event(typed, sent)
        except LineError as error:
            console.print(Styled(str(error), style="yellow"))
            continue
        sent = max(sent, getattr(event, "message", None) or 0)
        _show(console, await desk.put(event))
    console.print(Styled("草稿已保存，下次运行会接着来。", style="dim"))


def _ask(console: Console) -> str | None:
    try:
        return console.input("[bold green]您> [/]")
    except (EOFError, KeyboardInterrupt):
        console.print()
        return None


def _event(typed: str, sent: int) -> Event:
    word, _, rest = typed.strip().partition(" ")
    if word == "/file":
        return event_of({"file": str(Path(rest.strip().strip("'\"")).expanduser())}, sent)
    if word == "/edit":
        number, _, text = rest.strip().partition(" ")
        if not number.isdecimal():
            raise LineError("写法：/edit 第几条 新内容，例如 /edit 2 2024年2月6日")
        return event_of({"edit": int(number), "text": text}, sent)
    return event_of({"text": typed}, sent)


def _show(console: Console, exchange: Exchange) -> None:
    number = 0
    for reply, paths in exchange.replies:
        console.print()
        console.print(Styled(reply.text, style="cyan"), soft_wrap=False)
        for choice in reply.choices:
            number += 1
            console.print(Padding(Styled(f"{number}. {choice.label}", style="bold"), (0, 0, 0, 2)))
        for path in paths:
            console.print(Styled(f"文件已保存：{path}", style="bold magenta"))
    if exchange.field is not None and exchange.progress.total:
        done, total = exchange.progress.done, exchange.progress.total
        console.print(Styled(f"{'━' * done}{'─' * (total - done)} {done}/{total}", style="dim"))
