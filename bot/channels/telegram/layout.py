"""How a reply looks on the screen: text cut to size, buttons in rows, files with captions. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.text_pieces import cut_off, split_text, utf16_units
from dialogs.protocol import Button, File, Reply

TEXT_LIMIT = 4096  # UTF-16 code units, as the Bot API counts
CAPTION_LIMIT = 1024
ROW_WIDTH = 26  # columns that fit a phone's keyboard row; a Chinese character takes two
ROW_BUTTONS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One message to send: text, or a file with `text` as its caption; the keyboard sits on the last part."""

    text: str = ""
    file: File | None = None
    keyboard: InlineKeyboardMarkup | None = None


def lay_out(reply: Reply) -> list[Part]:
    """Cut a reply into messages: files first, the first of them under as much text as a caption holds."""
    parts = [Part(file=file) for file in reply.files]
    rest = reply.text.strip()
    if parts and rest:
        caption, rest = cut_off(rest, CAPTION_LIMIT, utf16_units)
        parts[0] = Part(caption, reply.files[0])
    parts += [Part(text) for text in split_text(rest, TEXT_LIMIT, utf16_units)]
    if parts and reply.choices:
        parts[-1] = replace(parts[-1], keyboard=keyboard(reply.choices))
    return parts


def keyboard(choices: Sequence[Button]) -> InlineKeyboardMarkup:
    """Put short labels side by side and long ones on rows of their own, in order."""
    rows: list[list[Button]] = []
    for button in choices:
        if not rows or len(rows[-1]) == ROW_BUTTONS or _too_wide([*rows[-1], button]):
            rows.append([])
        rows[-1].append(button)
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.label, callback_data=b.id) for b in row] for row in rows])


def _too_wide(row: Iterable[Button]) -> bool:
    """Tell whether labels, with the padding around each, overflow one row."""
    labels = [button.label for button in row]
    share = ROW_WIDTH // len(labels)
    return any(_columns(label) > share for label in labels)


def _columns(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in label)
