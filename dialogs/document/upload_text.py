"""The words of a file somebody sent: .txt in any usual encoding, .docx, or the cells of an .xlsx."""

import re
from pathlib import PurePath

from docx.oxml.ns import qn

from dialogs.document.table_text import is_workbook, workbook_text
from dialogs.document.upload_safety import UploadError, open_word, refuse_other_types
from dialogs.document.word_text import lines_of
from knowledge.text.normalise import printable

__all__ = ["UploadError", "read_text"]

_LARGEST_TEXT = 1024 * 1024
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(name: str, content: bytes) -> str:
    """Read a file as text, one kind of line end; a table's row is one line, its cells parted by tabs.

    What it is, its bytes say; the name only helps where they do not.

    Raises:
        UploadError: not read; the message says why and what to send instead.
    """
    text = printable(_text(PurePath(name).suffix.lower(), content)).strip("\n")
    if not text.strip():
        raise UploadError("upload.no_text")
    return text


def _text(suffix: str, content: bytes) -> str:
    if suffix in (".docm", ".dotm"):
        raise UploadError("upload.macro_document")
    if content.startswith(b"PK"):
        if is_workbook(content):
            return workbook_text(content)
        return "\n".join(lines_of(open_word(content).find(qn("w:body"))))
    refuse_other_types(content)
    if suffix == ".docx":
        open_word(content)  # says what is wrong with it
    if suffix not in (".txt", ".md", ".text", ""):
        raise UploadError("upload.other_type", suffix=suffix)
    return _decoded(content)


def _decoded(content: bytes) -> str:
    if len(content) > _LARGEST_TEXT:
        raise UploadError("upload.text_too_large")
    known = next((code for bom, code in _BOMS.items() if content.startswith(bom)), None)
    for code in [known] if known else ["utf-8", "gb18030", *_wide(content)]:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text
    raise UploadError("upload.encoding")


def _wide(content: bytes) -> list[str]:
    """UTF-16 without its mark: line ends and digits show on which side the zeros are."""
    return ["utf-16-be" if content[0::2].count(0) > content[1::2].count(0) else "utf-16-le"]
