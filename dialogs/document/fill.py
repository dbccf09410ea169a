"""The finished form: a submission written into the office's own blank, nothing else touched.

Theory of operation. The template has a content control at every place for an answer (`auto_tagging`). Tables get as
many rows as there are answers, each answer goes into its place in the look of the form, and then all controls are
taken away: python-docx, mammoth, Word, WPS and LibreOffice read plain text. What was left out keeps the blank form's
words.
"""

from collections.abc import Mapping
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.answer_look import answer_look, body_look
from dialogs.document.answer_runs import erase_prompt, set_run, write_answer
from dialogs.document.attached_page import attach
from dialogs.document.content_controls import Place, controls, lower, release_all
from dialogs.document.photo import PhotoParts
from dialogs.document.printed_answers import PlacedAnswer, answers_at, lay_out
from dialogs.document.word_package import opened_package, packed, root_of
from dialogs.submission import Submission
from knowledge.form import Form
from knowledge.text.normalise import printable


def fill(submission: Submission, template: bytes, form: Form, photos: Mapping[str, bytes] | None = None) -> bytes:
    """Fill the template and give the bytes of a .docx without content controls, the same for the same input.

    Characters Word cannot hold are dropped as `knowledge.text.normalise.printable` says. The fields in
    `submission.apart` get a titled page of their own after the form, and their cells refer to it. `photos` holds the
    pictures by their digests; one that is not there is left out (the proof will tell).

    Raises:
        TemplateError: the template cannot be read.
    """
    package, root = opened_package(template), root_of(template)
    lower(root)
    lay_out(root, submission, form)
    parts, looks = PhotoParts(package, photos or {}), _Looks(root)
    for answer in answers_at(root, submission, form):
        _put(answer, looks.of(answer.place), parts, submission, root)
    for control in list(controls(root)):
        erase_prompt(control)
    release_all(root)
    return packed(package, root, parts.changed)


def _put(answer: PlacedAnswer, body: Any, parts: PhotoParts, submission: Submission, root: Any) -> None:
    place, entry = answer.place, submission.entries.get(answer.place.tag.key)
    if answer.photo is not None:
        run = parts.run(answer.photo, place.container)
        if run is not None:
            set_run(place, run)
    elif answer.text:
        if entry is not None and place.tag.key in submission.apart:
            look, model = answer_look(place.first, body), place.first.paragraph
            attach(root.find(qn("w:body")), answer.label, printable(entry.on_form), model, look)
        write_answer(place, answer.text, body)


class _Looks:
    """The look of the form's words around each place: of its table, else of the whole form."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._known: dict[Any, Any] = {}

    def of(self, place: Place) -> Any:
        table = next(place.first.element.iterancestors(qn("w:tbl")), self._root)
        if table not in self._known:
            look = body_look(table)
            self._known[table] = look if len(look) or table is self._root else body_look(self._root)
        return self._known[table]
