"""Proof of a finished form: it holds what was submitted, and nothing but its answer cells was touched.

Both compare the delivered file with the blank, laid out for the same submission, cell by cell. `differences` reads the
answers as python-docx, as docx2txt and as our own reader see them; `prove_untouched` compares everything else.
"""

import hashlib
import io
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

import docx
import docx2txt
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from dialogs.document.attached_page import attached_pages
from dialogs.document.cell_pattern import as_python_docx_reads, as_we_read, pattern_of, stands_blank
from dialogs.document.content_controls import controls, lower, release
from dialogs.document.document_words import document_words
from dialogs.document.printed_answers import PlacedAnswer, answers_at, lay_out, ticked
from dialogs.document.untouched import SideBySide, outside
from dialogs.document.word_package import WordPackage, opened_package, parsed, root_of
from dialogs.document.word_text import opened, text_of
from dialogs.fields.registry import kind_of
from dialogs.submission import Submission
from knowledge.form import Form
from knowledge.model import Model
from knowledge.text.normalise import printable


class Mismatch(Model):
    """A cell that does not hold what was submitted.

    `field` is the field's key; `expected` what should stand there (empty: the blank form's content);
    `found` what stands there, `None` when the document has no cell for the field.
    """

    field: str
    expected: str
    found: str | None


def differences(submission: Submission, document: bytes, template: bytes, form: Form) -> list[Mismatch]:
    """Read a .docx back and name every field that differs from the submission; an empty list proves it.

    Fields left out must still be blank. A field stands here once for each place and each reader that differs.

    Raises:
        TemplateError: the template cannot be read.
    """
    opened_document = docx.Document(io.BytesIO(document))
    blank, answers = _meant(submission, template, form)
    side = SideBySide(blank, answers, opened_document.element, len(_apart(submission, answers)))
    found = [*_without_place(submission, form, answers)]
    for container, group in groupby(answers, key=lambda answer: answer.place.container):
        found += _in_cell(list(group), side.counterparts.get(container, []), opened_document)
    found += _photos(answers, side, opened_document)
    found += _on_pages(submission, answers, opened_document.element.body)
    return list(dict.fromkeys([*found, *_in_order(answers, docx2txt.process(io.BytesIO(document)))]))


def _meant(submission: Submission, template: bytes, form: Form) -> tuple[Any, list[PlacedAnswer]]:
    blank = root_of(template)
    lower(blank)
    lay_out(blank, submission, form)
    for control in [each for each in controls(blank) if each.fixed]:
        release(control.element)
    return blank, answers_at(blank, submission, form)


def _without_place(submission: Submission, form: Form, answers: list[PlacedAnswer]) -> Iterator[Mismatch]:
    """Name answers, and options chosen, that the form has no room for."""
    fields = {field.key: field for field in form.fields}
    placed = {answer.place.tag.key for answer in answers}
    for key, entry in submission.entries.items():
        field = fields.get(key)
        if field is not None and (field.off_form or kind_of(field).declared):
            continue
        if key not in placed and (entry.on_form or entry.value not in (None, [], {})):
            yield Mismatch(field=key, expected=printable(entry.on_form), found=None)
        boxes = {answer.place.tag.option for answer in answers if answer.place.tag.key == key} - {None}
        if field is not None and boxes and not field.columns and not isinstance(entry.value, bool):
            lost = ticked(field, entry.value) - boxes
            if lost:
                yield Mismatch(field=key, expected="、".join(sorted(lost)), found=None)


def _in_cell(answers: list[PlacedAnswer], standing: list[Any], document: Any) -> Iterator[Mismatch]:
    """Compare what stands in one cell, as python-docx and as we read it."""
    if not standing:
        yield from (Mismatch(field=each.place.tag.key, expected=_words(each), found=None) for each in answers)
        return
    as_docx = "\n".join(_as_python_docx(each, document) for each in standing)
    as_ours = "\n".join(text_of(each) for each in standing)
    for reader, text in ((as_python_docx_reads, as_docx), (as_we_read, as_ours)):
        pattern = pattern_of(answers[0].place.container, [answer.place for answer in answers], reader)
        meant = [stands_blank(each.place, reader) if each.text is None else each.text for each in answers]
        if pattern.filled(meant) != text:
            yield from _named(answers, meant, pattern.exactly(text) or [text] * len(answers))


def _as_python_docx(element: Any, document: Any) -> str:
    return str((_Cell if element.tag == qn("w:tc") else Paragraph)(element, document).text)


def _named(answers: list[PlacedAnswer], meant: list[str], found: list[str]) -> Iterator[Mismatch]:
    """Name the fields of a cell whose answers differ."""
    for answer, words, there in zip(answers, meant, found, strict=True):
        if there != words:
            yield Mismatch(field=answer.place.tag.key, expected=_words(answer), found=there.rstrip())


def _words(answer: PlacedAnswer) -> str:
    return (answer.text or "").rstrip()


def _apart(submission: Submission, answers: list[PlacedAnswer]) -> dict[str, tuple[str, str]]:
    """Give the texts on pages after the form: field key → heading and text."""
    keys = {answer.place.tag.key: answer.label for answer in answers if answer.text and answer.place.tag.option is None}
    title = document_words().attached.title
    return {
        key: (title.format(label=label), printable(submission.entries[key].on_form))
        for key, label in keys.items()
        if key in submission.apart
    }


def _on_pages(submission: Submission, answers: list[PlacedAnswer], body: Any) -> Iterator[Mismatch]:
    """Look for the text of every page after the form."""
    pages = {heading: text_of(cell) for heading, cell in attached_pages(list(opened(body)))}
    for key, (heading, text) in _apart(submission, answers).items():
        if pages.get(heading) != text:
            yield Mismatch(field=key, expected=text, found=pages.get(heading))


def _photos(answers: list[PlacedAnswer], side: SideBySide, document: Any) -> Iterator[Mismatch]:
    """Compare the pictures set into cells, byte by byte, through their digests."""
    for answer in answers:
        if answer.photo is not None:
            standing = side.counterparts.get(answer.place.container, [])
            embedded = [blip.get(qn("r:embed")) for each in standing for blip in each.iter(qn("a:blip"))]
            parts = [document.part.related_parts.get(each) for each in embedded]
            digests = [hashlib.sha256(part.blob).hexdigest() for part in parts if part is not None]
            if digests != [answer.photo]:
                yield Mismatch(field=answer.place.tag.key, expected=answer.photo, found=", ".join(digests))


def _in_order(answers: list[PlacedAnswer], text: str) -> Iterator[Mismatch]:
    """Look for every answer in the text as docx2txt reads it, one behind the other."""
    at = 0
    for answer in answers:
        for line in filter(None, map(str.strip, (answer.text or "").split("\n"))):
            found = text.find(line, at)
            if found < 0:
                yield Mismatch(field=answer.place.tag.key, expected=_words(answer), found="")
                break
            at = found + len(line)


class Proof(Model):
    """What was compared, and what differs.

    `parts` counts the package's parts, `outside` the bytes of the main part (as canonical XML) outside answer cells,
    `digest` is their SHA-256 (the same for the blank form and for every form made from it), `cells` counts the places
    for answers, `changed` names the parts that differ (empty: proven).
    """

    parts: int
    outside: int
    digest: str
    cells: int
    changed: tuple[str, ...]

    @property
    def text(self) -> str:
        """The report in one sentence, for staff."""
        words = document_words().proof
        if self.changed:
            return words.changed.format(names="、".join(self.changed))
        return words.proven.format(cells=self.cells, parts=self.parts, outside=self.outside, digest=self.digest[:16])


def prove_untouched(submission: Submission, document: bytes, template: bytes, form: Form) -> Proof:
    """Compare a form filled for a submission with its blank.

    Raises:
        TemplateError: one of them cannot be opened.
    """
    before, after = opened_package(template), opened_package(document)
    blank, answers = _meant(submission, template, form)
    side = SideBySide(blank, answers, after.root, len(_apart(submission, answers)))
    fixed, number = _outside(template)
    names = [] if side.same else [before.main]
    photos = any(answer.photo is not None for answer in answers)
    return Proof(
        parts=len(before.parts),
        outside=len(fixed),
        digest=hashlib.sha256(fixed).hexdigest(),
        cells=number,
        changed=(*_changed_parts(before, after, photos=photos), *names),
    )


@lru_cache(maxsize=16)
def _outside(template: bytes) -> tuple[bytes, int]:
    """Give what is fixed in a blank (kept by content: many forms are proven against one)."""
    return outside(opened_package(template).root)


def _changed_parts(before: WordPackage, after: WordPackage, *, photos: bool) -> Iterator[str]:
    """Name the parts that differ; where photos were set, pictures may come in, each with its relation and type."""
    for info, content in before.parts:
        there = after.part(info.filename)
        grown = photos and info.filename.endswith((".rels", "[Content_Types].xml")) and there is not None
        if info.filename != before.main and there != content and not (grown and _keeps(content, there or b"")):
            yield info.filename
    known = {info.filename for info, _ in before.parts}
    for info, _ in after.parts:
        if info.filename not in known and not (photos and "/media/" in info.filename):
            yield info.filename


def _keeps(before: bytes, after: bytes) -> bool:
    """Tell whether a list of relations or types still has every entry it had."""
    entries = [{tuple(sorted(each.attrib.items())) for each in parsed(content)} for content in (before, after)]
    return entries[0] <= entries[1]
