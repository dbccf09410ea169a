"""Proof of a finished form: it holds what was submitted, and nothing but its answer cells was touched.

`differences` reopens it and compares it cell by cell with the submission; `prove_untouched` compares all other bytes
with the office's blank.
"""

import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator

import docx

from dialogs.document.content_controls import ContentControl, content_controls
from dialogs.document.fill import answers, reference
from dialogs.document.template import ATTACHED, CONTENT_LOCKED, INVISIBLE, MAIN_PART, Element, Span, locate
from dialogs.submission import Submission
from knowledge.model import Model
from knowledge.text.normalise import printable


class Proof(Model):
    """What was compared, and what differs.

    `parts` counts the package's parts, `outside` the bytes of the main part outside answer cells, `digest` is
    their SHA-256 (the same for the blank form and for every form made from it), `cells` counts the answer
    cells, `changed` names the parts that differ (empty: proven).
    """

    parts: int
    outside: int
    digest: str
    cells: int
    changed: tuple[str, ...]

    @property
    def text(self) -> str:
        """The report in one sentence, for staff."""
        if self.changed:
            return f"注意：填写后，答案单元格以外有改动：{'、'.join(self.changed)}。"
        return (
            f"已证明：除 {self.cells} 个答案单元格外，{self.parts} 个部件、正文 {self.outside} 字节与空白表逐字节相同"
            f"（SHA-256 {self.digest[:16]}…）。"
        )


def prove_untouched(template: bytes, document: bytes) -> Proof:
    """Compare a filled form with its blank.

    Raises:
        XmlError: a main part cannot be parsed.
        zipfile.BadZipFile: one of them is no package.
    """
    blank, filled = _parts(template), _parts(document)
    spans, form = _outside(blank.get(MAIN_PART, b""))
    _, made = _outside(filled.get(MAIN_PART, b""))
    names = [name for name in {**blank, **filled} if name != MAIN_PART and blank.get(name) != filled.get(name)]
    return Proof(
        parts=len(blank),
        outside=len(form),
        digest=hashlib.sha256(form).hexdigest(),
        cells=spans,
        changed=(*names, *([MAIN_PART] if form != made else [])),
    )


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _outside(document: bytes) -> tuple[int, bytes]:
    """Cut the answer cells out: how many there were, and the bytes that are left."""
    for start, end in reversed(list(_attached_pages(locate(document)))):
        document = document[:start] + document[end:]
    spans = sorted(_answer_spans(locate(document)))
    kept, position = [], 0
    for start, end in spans:
        kept.append(document[position:start])
        position = max(position, end)
    return len(spans), b"\0".join([*kept, document[position:]])


def _attached_pages(root: Element) -> Iterator[Span]:
    """Pages added after the form: heading, tied table, closing paragraph."""
    blocks = [block for body in root.children for block in body.children]
    for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False):
        tags = [each.attributes.get("w:val", "") for each in block.walk() if each.name == "w:tag"]
        if block.name == "w:tbl" and any(tag.endswith(ATTACHED) for tag in tags):
            yield before.start, after.end


def _answer_spans(element: Element) -> Iterator[Span]:
    """The control of each answer; of one alone in its paragraph, all paragraphs of the cell."""
    if element.name == "w:tc" and any(_stands_alone(each) for each in element.children):
        paragraphs = [each for each in element.children if each.name == "w:p"]
        yield paragraphs[0].start, paragraphs[-1].end
    elif element.name == "w:sdt" and _takes_answers(element):
        yield element.start, element.end
    else:
        for child in element.children:
            yield from _answer_spans(child)


def _stands_alone(paragraph: Element) -> bool:
    visible = [each for each in paragraph.children if each.name not in INVISIBLE]
    return paragraph.name == "w:p" and len(visible) == 1 and _takes_answers(visible[0])


def _takes_answers(element: Element) -> bool:
    properties = element.child("w:sdtPr") if element.name == "w:sdt" else None
    lock = properties.child("w:lock") if properties else None
    fixed = lock is not None and lock.attributes["w:val"] in CONTENT_LOCKED
    return properties is not None and properties.child("w:tag") is not None and not fixed


_TORN = "（勾选与显示不一致）"


class Mismatch(Model):
    """A cell that does not hold what was submitted.

    `field` is the field's key; `expected` what should stand there (empty: the blank form's content);
    `found` what stands there, `None` when the document has no cell for the field.
    """

    field: str
    expected: str
    found: str | None


def differences(submission: Submission, document: bytes) -> list[Mismatch]:
    """Read a .docx back and name every field that differs from the submission; an empty list proves it.

    Boxes count by their state *and* by what they show. Fields left out must still be blank.
    """
    tied: dict[str, list[ContentControl]] = defaultdict(list)
    for tie in content_controls(docx.Document(io.BytesIO(document)).element.body):
        tied[tie.key].append(tie)
    keys = dict.fromkeys([*submission.entries, *tied])
    return [each for key in keys for each in _compare(key, submission, tied.get(key, []))]


def _compare(key: str, submission: Submission, cells: list[ContentControl]) -> Iterator[Mismatch]:
    entry = submission.entries.get(key)
    words = printable(entry.on_form) if entry else ""
    apart = key in submission.apart and bool(words)
    boxes = [tie for tie in cells if tie.option is not None]
    if not cells or (apart and not any(tie.attached for tie in cells)):
        yield Mismatch(field=key, expected=words, found=None)
    if boxes:
        chosen, found = answers(entry.value) if entry else set(), {_ticked(box) for box in boxes} - {""}
        if found != chosen:
            yield Mismatch(field=key, expected="、".join(sorted(chosen)), found="、".join(sorted(found)))
    for tie in cells:
        meant = tie.option is None and not tie.fixed and (entry is not None or tie.fillable)
        expected = reference(tie.title) if apart and not tie.attached else words
        if meant and (text := tie.text) != expected:
            yield Mismatch(field=key, expected=expected, found=text)


def _ticked(box: ContentControl) -> str:
    """Name the answer of a ticked box, "" for an empty one; state and glyph must say the same."""
    answer = box.option or ""
    if box.checked != box.shows_a_tick:
        return answer + _TORN
    return answer if box.checked else ""
