"""`shenbao console`: a person at the terminal, with colours, numbered choices and progress."""

from pathlib import Path

from rich.console import Console
from rich.text import Text as Styled

from bot.channels.console.exchange import ConsoleExchange, Exchange
from bot.channels.console.json_console import LineError, event_of
from bot.channels.console.keyboard import read_message, tidy_terminal
from dialogs.protocol import Command, Event

WELCOME = """申报助手（终端）。直接打字回答或提问；有选项时输入序号。
发文件：/file 路径
改前面的话：/edit 第几条 新内容
离开：/quit（草稿自动保存）"""
FAREWELL = "草稿已保存，下次运行会接着来。"
_LEAVE = frozenset({"/quit", "/exit"})
_STYLES = {
    "第": "bold cyan",
    "例：": "dim",
    "提示：": "dim",
    "现在填的是：": "dim",
    "您上次写的是：": "dim",
    "⚠": "yellow",
}


async def run_person(exchange: ConsoleExchange, console: Console) -> None:
    """Talk until the person leaves."""
    console.print(Styled(WELCOME, style="dim"), soft_wrap=True)
    with tidy_terminal():
        try:
            await _talk(exchange, console)
        finally:
            console.print(Styled(f"\n{FAREWELL}", style="dim"), soft_wrap=True)


async def _talk(exchange: ConsoleExchange, console: Console) -> None:
    _show(console, await exchange.put(Command(name="start")))
    exchange.warm()
    sent = (await exchange.session()).heard
    while (typed := await read_message(sent + 1)) is not None:
        if typed.strip() in _LEAVE:
            return
        if not typed.strip():
            continue
        try:
            event = _event(typed, sent)
        except LineError as error:
            console.print(Styled(str(error), style="yellow"), soft_wrap=True)
            continue
        sent = max(sent, getattr(event, "message", None) or 0)
        _show(console, await exchange.put(event))


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
    """Print what came back. The terminal breaks the lines: Chinese has no spaces to break them at."""
    number = 0
    for reply, paths in exchange.replies:
        console.print()
        for line in reply.text.split("\n"):
            console.print(Styled(line, style=_style(line)), soft_wrap=True)
        for choice in reply.choices:
            number += 1
            console.print(Styled(f"  {number}. {choice.label}", style="bold"), soft_wrap=True)
        for path in paths:
            console.print(Styled(f"文件已保存：{path}", style="bold magenta"), soft_wrap=True)
    if exchange.field is not None and exchange.progress.total:
        done, total = exchange.progress.done, exchange.progress.total
        console.print(Styled(f"{'━' * done}{'─' * (total - done)} {done}/{total}", style="dim"))


def _style(line: str) -> str:
    return next((style for start, style in _STYLES.items() if line.startswith(start)), "cyan")
