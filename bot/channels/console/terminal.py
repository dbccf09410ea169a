"""`shenbao console`: a person at the terminal, with colours, numbered choices and progress."""

from pathlib import Path

from rich.console import Console
from rich.text import Text as Styled

from bot.channels.console.exchange import ConsoleExchange, Exchange
from bot.channels.console.json_console import LineError, event_of
from bot.channels.console.keyboard import read_message, tidy_terminal
from bot.messages import say
from dialogs.message_texts import shared_texts
from dialogs.protocol import Command, Event

_LEAVE = frozenset({"/quit", "/exit"})
_STYLES = {  # of a line that begins as this text of the conversation does
    "ask.place": "bold cyan",
    "ask.example": "dim",
    "ask.hint": "dim",
    "ask.held": "dim",
    "ask.refused": "dim",
    "answer.doubt": "yellow",
}


async def run_person(exchange: ConsoleExchange, console: Console) -> None:
    """Talk until the person leaves."""
    console.print(Styled(say("terminal.welcome"), style="dim"), soft_wrap=True)
    with tidy_terminal():
        try:
            await _talk(exchange, console)
        finally:
            console.print(Styled("\n" + say("terminal.farewell"), style="dim"), soft_wrap=True)


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
            raise LineError(say("terminal.how_to_edit"))
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
            console.print(Styled(say("terminal.saved", path=path), style="bold magenta"), soft_wrap=True)
    if exchange.field is not None and exchange.progress.total:
        done, total = exchange.progress.done, exchange.progress.total
        console.print(Styled(f"{'━' * done}{'─' * (total - done)} {done}/{total}", style="dim"))


def _style(line: str) -> str:
    starts = {shared_texts()[key].partition("{")[0]: style for key, style in _STYLES.items()}
    return next((style for start, style in starts.items() if line.startswith(start)), "cyan")
