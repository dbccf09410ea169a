"""Opening a Word file somebody sent, trusting nothing in it.

Only the package's directory, its relations and its main part are read, each within a limit. Refused are what
cannot be a plain .docx (old formats, macros, passwords) and what is made to harm (bombs, entities).
"""

import io
import struct
import zipfile
import zlib
from posixpath import normpath
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

LARGEST = 20 * 1024 * 1024  # bytes of a file: what Telegram's getFile gives
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, LookupError, OSError, EOFError, ValueError, RuntimeError)
_LARGEST_PART = 20 * 1024 * 1024
_LARGEST_WHOLE = 200 * 1024 * 1024
_MOST_PARTS = 2000
_HARMLESS = 1024 * 1024  # bytes below which a high ratio is only a dull text
_STEEPEST = 100  # unpacked : packed; Word's own XML stays below 50
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请在 Word 或 WPS 里点“文件→另存为”，类型选“Word 文档（*.docx）”，再发给我"


class UploadError(Exception):
    """A file is not read; the message tells the sender why and what to send instead (Chinese)."""


def open_word(content: bytes) -> Any:
    """Give the root element (`w:document`) of a .docx, as python-docx's parser makes it.

    Raises:
        UploadError: whatever is wrong with it.
    """
    refuse_other_types(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_harm(package)
            root = _parse(_read(package, main_part(package)))
    except UploadError:
        raise
    except BROKEN as error:
        raise damaged() from error
    if root.tag != qn("w:document"):
        raise UploadError(f"这个文件不是通常的 Word 文档，我读不了。{_SAVE_AS}。")
    return root


def damaged() -> UploadError:
    """Make the refusal of a file that cannot be opened."""
    return UploadError("文件打不开，可能没有传完整，或者已经损坏。请在电脑上打开确认一下，另存一份 .docx 再发给我。")


def refuse_other_types(content: bytes) -> None:
    """Raise `UploadError` for what is too large or, by its first bytes, no package of Word's."""
    if len(content) > LARGEST:
        megabytes = f"{len(content) / 1024 / 1024:.0f} MB"
        raise UploadError(f"文件有 {megabytes}，超过 20 MB，我读不了。请去掉文中的图片再发，或把文字直接粘贴给我。")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if _ENCRYPTED in content:
            raise UploadError("文件设了打开密码，我读不了。请在 Word 或 WPS 里取消密码、保存后再发给我。")
        raise UploadError(f"这是旧版格式的文档（.doc、.wps 等），我读不了。{_SAVE_AS}。")
    for beginning, advice in _OTHERS.items():
        if content.startswith(beginning):
            raise UploadError(advice)


_PICTURE = "这是图片，里面的字我读不了。请发 Word 版（.docx），或把文字直接粘贴给我。"
_ARCHIVE = "这是压缩包，我不会打开。请解压后把里面的 .docx 单独发给我。"
_OTHERS = {
    b"%PDF": "这是 PDF，里面的字我读不准。请发 Word 版（.docx），或把文字复制、粘贴给我。",
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"{\\rtf": f"这是 RTF 文档，我读不了。{_SAVE_AS}。",
}


def _refuse_harm(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise UploadError("文件设了密码，我读不了。请取消密码、保存后再发给我。")
    steep = any(part.file_size > max(_HARMLESS, _STEEPEST * part.compress_size) for part in parts)
    if steep or len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_WHOLE:
        raise _oversized()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UploadError(f"文件里带有宏，为了安全我没有打开。{_SAVE_AS}（不带宏）。")
    plain = all(part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
    if len(set(names)) < len(names) or not plain:
        raise damaged()
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise UploadError(_ARCHIVE if "mimetype" not in names else f"这不是 Word 文档，我读不了。{_SAVE_AS}。")


def _oversized() -> UploadError:
    return UploadError(
        "文件解压后大得不正常，为了安全我没有打开。请新建一个文档，把文字复制进去，存为 .docx 再发给我。"
    )


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
    raise UploadError(
        "这不是 Word 文档（可能是 Excel 或演示文稿），我读不了。请把内容放进 .docx 再发，或直接粘贴文字。"
    )


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
        raise UploadError(
            "文件里有 Word 文档不该有的内容（实体声明），为了安全我没有打开。请新建一个文档，把文字复制进去再发。"
        )
    try:
        return parse_xml(content)
    except SyntaxError as error:  # what lxml raises
        raise damaged() from error
