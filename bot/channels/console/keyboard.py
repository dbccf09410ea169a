"""What a person types at a terminal: a line with editing and history, or a pasted block as one message."""

import asyncio
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from bot.messages import say

_PAUSE = 0.05  # seconds; what follows a line faster than this was pasted with it
_GREEN, _END = "\001\x1b[1;32m\002", "\001\x1b[0m\002"  # \001 and \002 tell the line editor what takes no room
_PLAIN_PASTE = "\x1b[?2004l"  # gives pasting back to the shell as it was


async def read_message(number: int) -> str | None:
    """Wait for message `number` while everything else goes on; None when the person has left (Ctrl-D).

    The thread is a daemon: Ctrl-C must not wait for it.
    """
    loop = asyncio.get_running_loop()
    message: asyncio.Future[str | None] = loop.create_future()

    def settle(text: str | None) -> None:
        if not message.done():
            message.set_result(text)

    def read() -> None:
        text = _typed(say("terminal.prompt", number=number))
        with suppress(RuntimeError):  # the program has ended meanwhile
            loop.call_soon_threadsafe(settle, text)

    Thread(target=read, daemon=True).start()
    return await message


@contextmanager
def tidy_terminal() -> Iterator[None]:
    """Edit lines as in a shell, and leave the terminal as it was, even after Ctrl-C in the middle of a line."""
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415 - importing it switches line editing on
    if not sys.stdin.isatty():
        yield
        return
    import termios  # noqa: PLC0415 - not on every system

    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
        sys.stdout.write(_PLAIN_PASTE)
        sys.stdout.flush()


def _typed(prompt: str) -> str | None:
    try:
        lines = [input(f"{_GREEN}{prompt}{_END}" if sys.stdout.isatty() else prompt)]
        while sys.stdin.isatty() and select.select([sys.stdin], [], [], _PAUSE)[0]:
            lines.append(input())
    except EOFError:
        return None
    return "\n".join(lines)
