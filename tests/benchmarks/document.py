"""Filling the longest form: ours beside docxtpl and a form built from scratch; same content, one run.

Run with `python -m tests.benchmarks.document`.
"""

import io
import statistics
import time
import zipfile
from collections.abc import Callable

import docx
import jinja2
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate, Listing
from rich.console import Console
from rich.table import Table

from dialogs.document.content_controls import controls
from dialogs.document.fill import fill
from dialogs.document.package import PackagedFile, package
from dialogs.document.picture import look_at
from dialogs.document.read_form import read_form
from dialogs.document.verify import differences, prove_untouched
from dialogs.document.word_package import opened_package
from dialogs.protocol import File
from dialogs.submission import Submission
from knowledge.loading.pack_folder import load_pack
from tests.document_samples import FORM, PACK, TEMPLATE, WORDS, submission
from tests.drawing import drawn

PARAGRAPH = "本项目依托互联网平台，为老年人提供数字生活课程，志愿者线上陪伴、线下辅导，形成可复制可推广的经验。"
LONGEST = submission(WORDS | {"description": "\n".join([PARAGRAPH] * 40)})  # 2,000 字
ROUNDS = 40


def fill_cold() -> bytes:
    """Fill with a template never seen before."""
    opened_package.cache_clear()
    return fill(LONGEST, TEMPLATE, FORM)


def jinja_template() -> bytes:
    """The same form with docxtpl's markup in its cells."""
    document = docx.Document(io.BytesIO(TEMPLATE))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        run = OxmlElement("w:r")
        run.text = "{{ values['" + tag + "'] }}"
        control.addprevious(run)
        control.getparent().remove(control)
    return saved(document)


def fill_with_docxtpl(template: bytes, made: Submission) -> bytes:
    """Fill with docxtpl, set up so that it loses nothing (autoescape, StrictUndefined)."""
    values = {key: Listing(entry.display) for key, entry in made.entries.items()}
    marks = {"registered=是": "■", "registered=否": "□"}
    categories = {str(control.tag): "□" for control in controls(opened_package(TEMPLATE).root)}
    document = DocxTemplate(io.BytesIO(template))
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    document.render({"values": {**categories, **marks, **values}}, environment)
    return saved(document)


def build_from_scratch(made: Submission) -> bytes:
    """A plain table of the same rows by python-docx."""
    document = docx.Document()
    table = document.add_table(0, 2)
    for key, entry in made.entries.items():
        cells = table.add_row().cells
        cells[0].text = key
        for line in entry.display.split("\n"):
            run = cells[1].add_paragraph().add_run(line)
            run.font.name = "仿宋_GB2312"
            run._r.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    return saved(document)


def floor(made: bytes) -> bytes:
    """Nothing but unzip and zip: what no program can beat."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return out.getvalue()


def saved(document: object) -> bytes:
    """The bytes of a python-docx or docxtpl document."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of one call, the median of many."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


def measure() -> dict[str, float]:
    """What each way takes, in milliseconds."""
    made, marked, pack = fill(LONGEST, TEMPLATE, FORM), jinja_template(), load_pack(PACK)
    shot = drawn(1, 1080, 2200)
    evidence = [PackagedFile(file=File(name=f"报道截图{number}.jpg", content=shot)) for number in (1, 2)]
    return {
        "填表": median(lambda: fill(LONGEST, TEMPLATE, FORM)),
        "填表（模板第一次用）": median(fill_cold),
        "读回核对": median(lambda: differences(LONGEST, made, TEMPLATE, FORM)),
        "证明表外未动": median(lambda: prove_untouched(LONGEST, made, TEMPLATE, FORM)),
        "识别导入": median(lambda: read_form(made, FORM, TEMPLATE)),
        "看一张截图": median(lambda: look_at(shot)),
        "打包全部材料（两张截图）": median(lambda: package(LONGEST, pack, File(name="a.docx", content=made), evidence)),
        "docxtpl 填同样内容": median(lambda: fill_with_docxtpl(marked, LONGEST)),
        "从零排版（python-docx）": median(lambda: build_from_scratch(LONGEST)),
        "下限：只解压再压缩": median(lambda: floor(made)),
    }


def main() -> None:
    """Print the table."""
    figures = measure()
    table = Table("最长的表（2,000 字）", "毫秒（中位数）", "与“填表”之比")
    for name, took in figures.items():
        table.add_row(name, f"{took:.2f}", f"{took / figures['填表']:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
