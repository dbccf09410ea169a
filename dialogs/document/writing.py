"""Answers as Word's XML: runs and paragraphs in the template's own look."""

from xml.sax.saxutils import escape

from dialogs.document.template import Look


def paragraphs(lines: list[str], look: Look) -> bytes:
    """Write each line as a paragraph; one that brings its own indent does not get the form's on top."""
    return b"".join(
        b"<w:p>%b%b</w:p>" % (look.flush if indented(line) else look.paragraph, run(line, look) if line else b"")
        for line in lines
    )


def indented(line: str) -> bool:
    """Tell whether a line brings its own indent."""
    return line[:1].isspace()


def run(text: str, look: Look) -> bytes:
    """Write text as one run, with its tabs and line breaks."""
    words = b"<w:br/>".join(b"<w:tab/>".join(map(_text, line.split("\t"))) for line in text.split("\n"))
    return b"<w:r>%b%b</w:r>" % (look.run, words)


def _text(words: str) -> bytes:
    return b'<w:t xml:space="preserve">%b</w:t>' % escape(words).encode() if words else b""
