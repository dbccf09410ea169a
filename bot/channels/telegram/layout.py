"""How a reply looks on the screen: text cut to size, buttons in rows, files with captions. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.channels.text_pieces import cut_off, split_text, utf16_units
from dialogs.protocol import Button, File, Reply

TEXT_LIMIT = 4096  # UTF-16 code units, as the Bot API counts
CAPTION_LIMIT = 1024
ROW_WIDTH = 26  # columns that fit a phone's keyboard row; a Chinese character takes two
ROW_BUTTONS = 3
_MARKS = "✓⚠· "  # what may stand before a label


@dataclass(frozen=True, slots=True)
class Part:
    """One message to send: text, or a file with `text` as its caption; the keyboard sits on the last part.

    `bold` are the stretches of the text shown bold.
    """

    text: str = ""
    file: File | None = None
    keyboard: InlineKeyboardMarkup | None = None
    bold: tuple[MessageEntity, ...] = ()


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
    return [replace(part, bold=bold_labels(part.text, reply.labels)) for part in parts]


def bold_labels(text: str, labels: Sequence[str]) -> tuple[MessageEntity, ...]:
    """Make labels of fields bold where they head a line (✓ 项目类别：…) or stand behind its bar (第5项｜项目类别).

    By place and length, in UTF-16 code units: nothing in a text is ever read as markup.
    """
    found, at = [], 0
    for line in text.split("\n"):
        head, bar, behind = line.partition("｜")
        start, named = (len(head) + 1, behind) if bar else (len(line) - len(line.lstrip(_MARKS)), line.lstrip(_MARKS))
        label = next((one for one in labels if _is_label(named, one, after_bar=bool(bar))), None)
        if label is not None:
            before = at + utf16_units(line[:start])
            found.append(MessageEntity(MessageEntity.BOLD, before, utf16_units(label)))
        at += utf16_units(line) + 1
    return tuple(found)


def _is_label(words: str, label: str, *, after_bar: bool) -> bool:
    if not words.startswith(label):
        return False
    rest = words[len(label) :]
    return (not rest or rest.startswith("（")) if after_bar else rest.startswith("：")


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
