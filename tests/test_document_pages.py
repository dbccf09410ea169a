"""How the form prints: looked at through LibreOffice, page by page."""

import shutil
import subprocess
from pathlib import Path

import pytest

from dialogs.submission import Submission
from tests.document_samples import WORDS, filled, submission

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None, reason="needs LibreOffice and poppler"
)
LONG = "\n".join(
    f"第{number}段：" + "网络公益项目为老年人服务，志愿者线上陪伴、线下辅导。" * 4 for number in range(1, 20)
)
AREAS = "、".join(f"某市某县第{number}乡" for number in range(1, 191))
LINES = {  # every way the table can just fill its page
    f"honors{honors}-description{lines}": {
        "honors": "\n".join(["荣誉"] * honors),
        "description": "\n".join(["一行"] * lines),
    }
    for honors in (1, 2, 3, 4)
    for lines in (1, 7, 9)
}
FORMS: dict[str, Submission] = {
    "blank": submission({}, category=None, registered=None),
    "short": submission(),
    "long": submission(WORDS | {"description": LONG}),
    "areas": submission(WORDS | {"beneficiaries": AREAS}),
    **{name: submission(WORDS | words) for name, words in LINES.items()},
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, list[str]]:
    """The text of each page of each form, white space aside; one run of LibreOffice for all."""
    folder: Path = tmp_path_factory.mktemp("pages")
    for name, each in FORMS.items():
        (folder / f"{name}.docx").write_bytes(filled(each))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *(f"{name}.docx" for name in FORMS)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return {name: _pages(folder / f"{name}.pdf") for name in FORMS}


def _pages(pdf: Path) -> list[str]:
    out = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout.decode()
    return ["".join(page.split()) for page in out.split("\f")[:-1]]


def test_the_blank_form_is_one_page(pages):
    """Both seals and 推荐单位意见 are on it."""
    assert len(pages["blank"]) == 1
    assert pages["blank"][0].count("盖章") == 2


def test_a_short_form_shows_every_answer_and_its_ticks(pages):
    """What prints is what was filled, boxes included."""
    text = "".join(pages["short"])
    assert all("".join(line.split()) in text for words in WORDS.values() for line in words.split("\n"))
    assert "互联网+教育发展√" in text
    assert "是√否□" in text


def test_two_thousand_words_flow_over_pages_without_loss(pages):
    """The row breaks, its text goes on, and both stamps stay on one page."""
    assert 2 <= len(pages["long"]) <= 5
    assert all(f"第{number}段：" in "".join(pages["long"]) for number in range(1, 20))
    assert pages["long"][-1].count("盖章") == 2


def test_a_long_list_of_areas_flows_beside_the_categories(pages):
    """A merged cell that crosses pages loses nothing."""
    text = "".join(pages["areas"])
    assert [number for number in range(1, 191) if f"第{number}乡" not in text.replace("互联网+教育发展√", "")] == []


def test_no_form_ends_in_an_empty_page(pages):
    """A table that just fills its page must not push the last, empty paragraph onto another."""
    assert {name: [len(page) for page in text] for name, text in pages.items() if min(map(len, text)) < 20} == {}
