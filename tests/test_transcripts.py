"""Whole conversations as they are read on a phone: every file in `transcripts/` is played against the core.

Its lines: `> ` typed words, `[button]`, `edit 3 new words`, `upload name.txt words of the file`; `< ` must be said,
`!< ` must not, `= state`, `docx` (a document has just been handed over), `today 2024-02-01`.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.loading.pack_folder import load_pack
from knowledge.pack import NoticePack
from tests.applicant import Applicant

HERE = Path(__file__).parent
FILES = sorted((HERE / "transcripts").glob("**/*.txt"))


def _said(applicant: Applicant, words: str) -> None:
    assert words in applicant.said, f"not said: {words!r}\n{applicant.said}"


def _not_said(applicant: Applicant, words: str) -> None:
    assert words not in applicant.said, f"said: {words!r}\n{applicant.said}"


def _at(applicant: Applicant, state: str) -> None:
    assert applicant.at == state, applicant.said


def _edit(applicant: Applicant, words: str) -> None:
    number, _, text = words.partition(" ")
    applicant.edit(int(number), text)


def _upload(applicant: Applicant, words: str) -> None:
    name, _, text = words.partition(" ")
    applicant.upload(name, text.replace("\\n", "\n").encode())


def _day(applicant: Applicant, words: str) -> None:
    applicant.today = date.fromisoformat(words)


def _document(applicant: Applicant, _words: str) -> None:
    assert applicant.files, applicant.said
    assert applicant.files[0].content.startswith(b"PK")


def _no_document(applicant: Applicant, _words: str) -> None:
    assert not applicant.files, applicant.said


ACTIONS: dict[str, Callable[[Applicant, str], object]] = {
    "> ": lambda applicant, words: applicant.type(words.replace("\\n", "\n")),
    "[": lambda applicant, words: applicant.press(words.removesuffix("]")),
    "< ": _said,
    "!< ": _not_said,
    "= ": _at,
    "edit ": _edit,
    "upload ": _upload,
    "today ": _day,
    "!docx": _no_document,
    "docx": _document,
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path, pack: NoticePack) -> None:
    """Each line of the transcript holds, in order; one in a folder is played with the test's pack of that name."""
    own = HERE / "packs" / path.parent.name
    applicant = Applicant(load_pack(own) if own.is_dir() else pack)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        start = next((start for start in ACTIONS if line.startswith(start)), None)
        assert start, f"{path.name}:{number}: {line}"
        try:
            ACTIONS[start](applicant, line.removeprefix(start))
        except AssertionError as error:
            raise AssertionError(f"{path.name}:{number}: {line}\n{error}") from error


def test_every_transcript_says_what_it_shows() -> None:
    """The first line of a transcript is a sentence."""
    assert FILES
    assert all(re.match(r"# .+[。.]$", path.read_text(encoding="utf-8").splitlines()[0]) for path in FILES)
