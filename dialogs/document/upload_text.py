"""The words of a file somebody sent: .txt in any usual encoding, or .docx."""

import re
from pathlib import PurePath

from docx.oxml.ns import qn

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
        raise UploadError("文件里没有读到文字（图片里的字我读不了）。请检查后再发，或把文字直接粘贴给我。")
    return text


def _text(suffix: str, content: bytes) -> str:
    if suffix in (".docm", ".dotm"):
        raise UploadError("这是带宏的文档（.docm），为了安全我没有打开。请另存为“Word 文档（*.docx）”再发给我。")
    if content.startswith(b"PK"):
        return "\n".join(lines_of(open_word(content).find(qn("w:body"))))
    refuse_other_types(content)
    if suffix == ".docx":
        open_word(content)  # says what is wrong with it
    if suffix not in (".txt", ".md", ".text", ""):
        raise UploadError(f"“{suffix}”文件我读不了，只能读 .docx 和 .txt。请另存为其中一种再发，或把文字直接粘贴给我。")
    return _decoded(content)


def _decoded(content: bytes) -> str:
    if len(content) > _LARGEST_TEXT:
        raise UploadError("文本文件超过 1 MB，远多于表格要用的内容。请只保留要填的部分再发。")
    known = next((code for bom, code in _BOMS.items() if content.startswith(bom)), None)
    for code in [known] if known else ["utf-8", "gb18030", *_wide(content)]:
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if not _BINARY.search(text):
            return text
    raise UploadError(
        "文件里的文字我认不出来，可能是编码特殊，或者不是文本文件。请存为 .docx 再发，或把文字直接粘贴给我。"
    )


def _wide(content: bytes) -> list[str]:
    """UTF-16 without its mark: line ends and digits show on which side the zeros are."""
    return ["utf-16-be" if content[0::2].count(0) > content[1::2].count(0) else "utf-16-le"]
