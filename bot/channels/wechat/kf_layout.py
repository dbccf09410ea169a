"""How a reply looks in WeChat: a menu where there are buttons, files by themselves, as few messages as it can be. Pure.

Limits (document/path/94677): a text 2,048 bytes, the head of a menu 1,024, ten entries of 128 bytes each.
"""

from dataclasses import dataclass
from typing import Any

from bot.channels.text_pieces import cut_off, split_text, utf8_bytes
from dialogs.protocol import Button, File, Reply

TEXT_BYTES, HEAD_BYTES, LABEL_BYTES = 2048, 1024, 128
MOST_ENTRIES = 10
PICTURES = (".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class KfPart:
    """One message to send: its `kind` there (text, msgmenu) and content, or a file still to be put on the server."""

    kind: str = "file"
    content: dict[str, Any] | None = None
    file: File | None = None


def lay_out(reply: Reply) -> list[KfPart]:
    """Cut a reply into messages: files first, then the text, with the buttons as a menu under its last piece.

    Page pictures are left out where the same pages come as a PDF: each would cost one of five messages.
    """
    has_pdf = any(file.name.lower().endswith(".pdf") for file in reply.files)
    files = [file for file in reply.files if not (has_pdf and file.name.lower().endswith(PICTURES))]
    menu, spelled = reply.choices[:MOST_ENTRIES], reply.choices[MOST_ENTRIES:]
    text = "\n".join([reply.text.strip(), *(f"{n}. {one.label}" for n, one in enumerate(spelled, MOST_ENTRIES + 1))])
    return [*(KfPart(file=file) for file in files), *_words(text.strip(), menu)]


def _words(text: str, choices: tuple[Button, ...]) -> list[KfPart]:
    if not choices:
        return [text_part(piece) for piece in split_text(text, TEXT_BYTES, utf8_bytes)]
    pieces = split_text(text, TEXT_BYTES, utf8_bytes)
    head = pieces.pop() if pieces else ""
    if utf8_bytes(head) > HEAD_BYTES:  # its last part alone stands over the menu
        first, head = cut_off(head, utf8_bytes(head) - HEAD_BYTES // 2, utf8_bytes)
        pieces.append(first)
        while utf8_bytes(head) > HEAD_BYTES:
            first, head = cut_off(head, HEAD_BYTES, utf8_bytes)
            pieces.append(first)
    return [*map(text_part, pieces), menu_part(head, choices)]


def text_part(text: str) -> KfPart:
    """Give a message of words."""
    return KfPart("text", {"content": text})


def menu_part(head: str, choices: tuple[Button, ...]) -> KfPart:
    """Give a menu: words, and up to ten entries to tap."""
    entries = [{"type": "click", "click": {"id": one.id, "content": _label(one.label)}} for one in choices]
    return KfPart("msgmenu", {"head_content": head, "list": entries})


def _label(label: str) -> str:
    if utf8_bytes(label) <= LABEL_BYTES:
        return label
    return label.encode(errors="replace")[: LABEL_BYTES - 3].decode(errors="ignore") + "…"
