"""How a reply looks on the screen: text cut to size, buttons in rows, files with captions. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from dialogs.protocol import Button, File, Reply

TEXT_LIMIT = 4096  # UTF-16 code units, as the Bot API counts
CAPTION_LIMIT = 1024
ROW_WIDTH = 26  # columns that fit a phone's keyboard row; a Chinese character takes two
ROW_BUTTONS = 3
# Where a long text may be cut, best first: between paragraphs, lines, sentences, clauses, words.
_BREAKS = (r"\n\s*\n", r"\n", r"(?<=[。！？；])", r"(?<=[，、：,;])", r"\s")


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
        caption, rest = cut_off(rest, CAPTION_LIMIT)
        parts[0] = Part(caption, reply.files[0])
    parts += [Part(text) for text in split_text(rest)]
    if parts and reply.choices:
        parts[-1] = replace(parts[-1], keyboard=keyboard(reply.choices))
    return parts


def split_text(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Cut a text into pieces of at most `limit` units at the best borders; nothing but blanks is left out."""
    pieces: list[str] = []
    rest = text.strip()
    while rest:
        piece, rest = cut_off(rest, limit)
        pieces.append(piece)
    return pieces


def cut_off(text: str, limit: int) -> tuple[str, str]:
    """Cut one piece of at most `limit` units from the start of a text that starts with no blank."""
    if length(text) <= limit:
        return text.rstrip(), ""
    cut = _cut(text, _fitting(text, limit))
    return text[:cut].rstrip(), text[cut:].lstrip()


def keyboard(choices: Sequence[Button]) -> InlineKeyboardMarkup:
    """Put short labels side by side and long ones on rows of their own, in order."""
    rows: list[list[Button]] = []
    for button in choices:
        if not rows or len(rows[-1]) == ROW_BUTTONS or _too_wide([*rows[-1], button]):
            rows.append([])
        rows[-1].append(button)
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.label, callback_data=b.id) for b in row] for row in rows])


def length(text: str) -> int:
    """Count UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def _fitting(text: str, limit: int) -> int:
    """Give how many characters from the start take at most `limit` units."""
    used = 0
    for index, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > limit:
            return index
    return len(text)


def _cut(text: str, fitting: int) -> int:
    """Choose where to cut within the first `fitting` characters; a border in the first half wastes too much."""
    for border in _BREAKS:
        ends = [found.end() for found in re.finditer(border, text[:fitting])]
        if ends and ends[-1] > fitting // 2:
            return ends[-1]
    return fitting


def _too_wide(row: Iterable[Button]) -> bool:
    """Tell whether labels, with the padding around each, overflow one row."""
    labels = [button.label for button in row]
    share = ROW_WIDTH // len(labels)
    return any(_columns(label) > share for label in labels)


def _columns(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in label)
