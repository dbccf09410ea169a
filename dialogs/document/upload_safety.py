"""Opening a Word file somebody sent, trusting nothing in it.

Only the package's directory, its relations and its main part are read, each within a limit. Refused are what
cannot be a plain .docx (old formats, macros, passwords) and what is made to harm (bombs, entities).
"""

import io
import re
import struct
import zipfile
import zlib
from posixpath import normpath
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from dialogs.message_texts import say

_MEGABYTE = 1024 * 1024
LARGEST = 20 * _MEGABYTE  # bytes of a file: what Telegram's getFile gives
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, LookupError, OSError, EOFError, ValueError, RuntimeError)
_LARGEST_PART = 8 * 1024 * 1024  # Word's own XML of some two hundred full pages
_MOST_CHARACTERS = 100_000  # five times what is read of a text
_MOST_ELEMENTS = {"w:r": 20_000, "w:tc": 5_000, "w:p": 10_000}  # runs, cells, paragraphs
_LARGEST_WHOLE = 200 * 1024 * 1024
_MOST_PARTS = 2000
_HARMLESS = 1024 * 1024  # bytes below which a high ratio is only a dull text
_STEEPEST = 100  # unpacked : packed; Word's own XML stays below 50
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class UploadError(Exception):
    """A file is not read; `key` and `parts` name the sentence that tells the sender why, and what to send instead."""

    def __init__(self, key: str, /, **parts: object) -> None:
        """Keep the sentence; where no pack is at hand, its shared wording is the error's text."""
        super().__init__(say(key, **parts))
        self.key = key
        self.parts = parts


def open_word(content: bytes) -> Any:
    """Give the root element (`w:document`) of a .docx, as python-docx's parser makes it.

    Raises:
        UploadError: whatever is wrong with it.
    """
    refuse_other_types(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            refuse_harm(package)
            root = _parse(_read(package, main_part(package)))
    except UploadError:
        raise
    except BROKEN as error:
        raise damaged() from error
    if root.tag != qn("w:document"):
        raise UploadError("upload.not_word")
    _refuse_oddities(root)
    return root


def _refuse_oddities(root: Any) -> None:
    """Refuse a document without a body, with signs that are none, or with more in it than any form has."""
    if root.find(qn("w:body")) is None or not all(map(_is_sign, root.iter(qn("w:sym")))):
        raise damaged()
    characters = sum(len(piece.text or "") for piece in root.iter(qn("w:t")))
    if characters > _MOST_CHARACTERS or any(
        sum(1 for _ in root.iter(qn(tag))) > most for tag, most in _MOST_ELEMENTS.items()
    ):
        raise UploadError("upload.too_much", limit=_MOST_CHARACTERS)


def _is_sign(symbol: Any) -> bool:
    """Tell whether a `w:sym` names a character (ISO 29500-1, 17.3.3.30: four hexadecimal digits)."""
    return re.fullmatch(r"[0-9A-Fa-f]{0,4}", symbol.get(qn("w:char"), "")) is not None


def damaged() -> UploadError:
    """Make the refusal of a file that cannot be opened."""
    return UploadError("upload.damaged")


def refuse_other_types(content: bytes) -> None:
    """Raise `UploadError` for what is too large or, by its first bytes, no package of Word's."""
    if len(content) > LARGEST:
        raise UploadError("upload.too_large", size=round(len(content) / _MEGABYTE), limit=LARGEST // _MEGABYTE)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if _ENCRYPTED in content:
            raise UploadError("upload.password_to_open")
        raise UploadError("upload.old_format")
    for beginning, what in _OTHERS.items():
        if content.startswith(beginning):
            raise UploadError(f"upload.{what}")


_OTHERS = {
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"{\\rtf": "rtf",
}


def refuse_harm(package: zipfile.ZipFile, largest: int = _LARGEST_WHOLE) -> None:
    """Raise `UploadError` for a package that is protected, holds macros, or unpacks to more than `largest` bytes."""
    parts = package.infolist()
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise UploadError("upload.password")
    steep = any(part.file_size > max(_HARMLESS, _STEEPEST * part.compress_size) for part in parts)
    if steep or len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > largest:
        raise _oversized()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UploadError("upload.macros")
    plain = all(part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
    if len(set(names)) < len(names) or not plain:
        raise damaged()
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise UploadError("upload.archive" if "mimetype" not in names else "upload.no_word_package")


def _oversized() -> UploadError:
    return UploadError("upload.oversized")


def main_part(package: zipfile.ZipFile) -> str:
    """Give the name of the part that holds the document itself.

    Raises:
        UploadError: the package is no Word document.
    """
    for relation in _parse(_read(package, "_rels/.rels")):
        if relation.get("Type", "").endswith("/officeDocument"):
            name = normpath(str(relation.get("Target", "")).lstrip("/"))
            if not name.startswith(("xl/", "ppt/")):
                return name
    raise UploadError("upload.other_office")


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    """Read a part, not believing the size its header claims."""
    with package.open(name) as part:
        content = part.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise _oversized()
    return content


def _parse(content: bytes) -> Any:
    if any(
        word.encode(code) in content
        for word in ("<!DOCTYPE", "<!ENTITY")
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    ):
        raise UploadError("upload.entities")
    try:
        return parse_xml(content)
    except SyntaxError as error:  # what lxml raises
        raise damaged() from error
