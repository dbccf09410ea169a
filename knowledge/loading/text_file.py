"""Text files that staff edit, read whatever editor wrote them; what is not UTF-8 is told with its mend."""

from pathlib import Path

from knowledge.problems import PackError, Problem, told

_OTHERS = (("UTF-16（Unicode）", "utf-16"), ("GBK（ANSI）", "gb18030"))


def read_text(path: Path, file: str = "") -> str:
    """Read a file; line ends become newlines, a byte order mark is dropped. `file` is what its faults call it.

    Raises:
        PackError: the file cannot be read or is not UTF-8; names the first line that shows it.
    """
    file = file or path.name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PackError([Problem(file, 0, *told("file.unreadable", why=error.strerror))]) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PackError([Problem(file, line, *told("file.not_utf8", guess=_guess(content)))]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(content: bytes) -> str:
    for name, codec in _OTHERS:
        if codec == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            content.decode(codec)
        except UnicodeDecodeError:
            continue
        return told("file.looks_like", name=name).reason
    return told("file.cut_off").reason
