"""A .docx taken apart and put together again: the parts of its zip, and its main part as a tree.

Every part but the main one goes through byte for byte.
"""

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, normpath
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml.parser import parse_xml

from dialogs.document.document_words import document_words
from dialogs.document.upload_safety import BROKEN, UploadError, main_part, open_word
from dialogs.document.word_text import draw_boxes


class TemplateError(ValueError):
    """The template is no Word document we can fill; the message says why, in Chinese, for staff."""


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The parts of a .docx in their order, the name of the main part, and its root (shared: copy before changing)."""

    parts: tuple[tuple[zipfile.ZipInfo, bytes], ...]
    main: str
    root: Any

    def part(self, name: str) -> bytes | None:
        """Give a part's bytes, `None` when there is none of this name."""
        return next((content for info, content in self.parts if info.filename == name), None)

    def beside_main(self, name: str) -> str:
        """Give the full name of a part that the main part's relations call `name`."""
        return normpath(f"{dirname(self.main)}/{name}")


@lru_cache(maxsize=16)
def opened_package(content: bytes) -> WordPackage:
    """Take a .docx apart (kept by content: a form is filled many times).

    Raises:
        TemplateError: it cannot be opened, or not safely.
    """
    try:
        root = open_word(content)
        draw_boxes(root)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = tuple((info, package.read(info)) for info in package.infolist())
            return WordPackage(parts, main_part(package), root)
    except (UploadError, *BROKEN) as error:
        raise TemplateError(document_words().faults["unreadable"].reason) from error


def root_of(content: bytes) -> Any:
    """Give a copy of the main part's root, to be changed at will.

    Raises:
        TemplateError: the document cannot be opened.
    """
    return deepcopy(opened_package(content).root)


def packed(package: WordPackage, root: Any, changed: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """Put a .docx together: `root` as its main part, further parts exchanged or added; the same for the same input."""
    exchanged = {package.main: serialize_part_xml(root), **dict(changed)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for info, content in package.parts:
            part = zipfile.ZipInfo(info.filename, info.date_time)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, exchanged.pop(info.filename, content))
        for name, content in exchanged.items():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, content)
    return out.getvalue()


def parsed(content: bytes) -> Any:
    """Parse a small part of a package, such as its relations."""
    return parse_xml(content)
