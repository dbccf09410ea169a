"""Files people send: read when they are text or .docx, refused with a reason and a way out when not."""

import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.document.upload_safety import LARGEST, UploadError
from dialogs.document.upload_text import read_text
from tests.document_samples import filled, submission

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCX = filled(submission())


def repacked(changes: dict[str, bytes], content: bytes = DOCX) -> bytes:
    """The package with some parts exchanged or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in dict.fromkeys([*source.namelist(), *changes]):
            target.writestr(name, changes[name] if name in changes else source.read(name))
    return out.getvalue()


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(UploadError) as caught:
        read_text(name, content)
    return str(caught.value)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_file_is_read_in_any_usual_encoding(code: str):
    """Windows 记事本 writes all of these."""
    text = "项目目标：助老\n主要内容：每周开课，共2期"
    assert read_text("简介.txt", text.replace("\n", "\r\n").encode(code)) == text


def test_paragraphs_and_tables_of_a_document_come_in_order():
    """A table's row is one line; its cells are parted by tabs."""
    document = docx.Document()
    document.add_paragraph("前言")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "项目名称", "银龄课堂"
    document.add_paragraph("结尾")
    out = io.BytesIO()
    document.save(out)
    assert read_text("材料.docx", out.getvalue()) == "前言\n项目名称\t银龄课堂\n结尾"


def test_the_bytes_decide_not_the_name():
    """A document somebody renamed is still a document."""
    assert "银龄课堂" in read_text("材料.txt", DOCX)


def test_a_form_read_as_text_shows_each_answer_once():
    """Merged cells and controls do not double anything."""
    assert read_text("表.docx", DOCX).count("银龄课堂”老年人") == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("旧.doc", OLE + b"\x00" * 600, "旧版格式"),
        ("旧.wps", OLE + b"\x00" * 600, "另存为"),
        ("密.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("表.pdf", b"%PDF-1.7 ...", "PDF"),
        ("图.docx", b"\x89PNG\r\n\x1a\n", "图片"),
        ("图.jpg", b"\xff\xd8\xff\xe0", "图片"),
        ("包.rar", b"Rar!\x1a\x07", "压缩包"),
        ("富.rtf", b"{\\rtf1 }", "RTF"),
        ("宏.docm", DOCX, "宏"),
        ("坏.docx", DOCX[:2000], "损坏"),
        ("坏.docx", b"PK\x03\x04" + b"\x00" * 50, "损坏"),
        ("假.docx", "只是文字".encode(), "损坏"),
        ("乱.txt", bytes(range(256)) * 4, "编码"),
        ("表.xyz", b"plain", ".docx、.xlsx 和 .txt"),
        ("空.txt", b"", "没有读到文字"),
        ("长.txt", b"a" * (1024 * 1024 + 1), "1 MB"),
        ("大.docx", b"PK" + b"\x00" * LARGEST, "20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(name: str, content: bytes, says: str):
    """Every refusal also says what to send instead."""
    message = refusal(name, content)
    assert says in message
    assert "请" in message


def test_macros_are_refused_whatever_the_file_is_called():
    """A .docm renamed to .docx still holds its project."""
    assert "宏" in refusal("表.docx", repacked({"word/vbaProject.bin": b"x"}))


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_are_parsed(code: str):
    """Word never writes a DOCTYPE; a bomb of entities does."""
    bomb = f'<?xml version="1.0" encoding="{code}"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert "实体" in refusal("表.docx", repacked({"word/document.xml": bomb.encode(code)}))


def test_a_bomb_is_not_unpacked():
    """30 MB of nothing, packed into a few kilobytes."""
    assert "大得不正常" in refusal("表.docx", repacked({"word/document.xml": b" " * 30_000_000}))


def test_too_many_parts_are_refused():
    """A directory of thousands of entries is no letter."""
    assert "大得不正常" in refusal("表.docx", repacked({f"word/{number}.xml": b"" for number in range(2100)}))


def test_a_size_that_lies_is_not_believed():
    """The header claims a small part; reading stops at the limit, or finds the damage."""
    honest = repacked({"word/document.xml": b"<x>" + b"a" * 900_000 + b"</x>"})
    small = (900_007).to_bytes(4, "little")
    assert small in honest
    assert refusal("表.docx", honest.replace(small, (100).to_bytes(4, "little")))


@pytest.mark.parametrize(("name", "says"), [("xl/workbook.xml", "打不开"), ("ppt/presentation.xml", "Excel")])
def test_other_office_files_are_named(name: str, says: str):
    """A presentation is a zip with relations, too; a workbook must be whole."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{name}"/>'
        "</Relationships>"
    )
    assert says in refusal("表.docx", repacked({"_rels/.rels": relations.encode(), name: b"<x/>"}))


def test_a_plain_zip_is_an_archive():
    """Nothing in it is opened."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("表.docx", DOCX)
    assert "压缩包" in refusal("材料.zip", out.getvalue())


def test_the_main_part_may_have_any_name():
    """Word on the web writes document2.xml."""
    moved = {name: zipfile.ZipFile(io.BytesIO(DOCX)).read(name) for name in ("_rels/.rels", "word/document.xml")}
    relations = moved["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    content = repacked({"_rels/.rels": relations, "word/document2.xml": moved["word/document.xml"]})
    assert "银龄课堂" in read_text("表.docx", content)


def outcome(name: str, content: bytes) -> str:
    """The text, or the refusal's words; any other exception fails the test."""
    try:
        return read_text(name, content)
    except UploadError as error:
        return f"请：{error}"


@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda tail: DOCX[:1500] + tail))
def test_no_bytes_at_all_break_the_reader(content: bytes):
    """Text, or a refusal; never another error."""
    assert "请" in outcome("a.docx", content)
    assert outcome("a.txt", content)


@given(st.integers(0, len(DOCX) - 1), st.integers(0, 255))
def test_no_flipped_byte_breaks_the_reader(position: int, value: int):
    """A transfer fault is told as damage, or does no harm."""
    said = outcome("a.docx", DOCX[:position] + bytes([value]) + DOCX[position + 1 :])
    assert "请" in said or "项目" in said


def body_of(xml: str) -> bytes:
    """A document with this between its root's tags."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return repacked({"word/document.xml": f'<w:document xmlns:w="{space}">{xml}</w:document>'.encode()})


@pytest.mark.parametrize(
    "xml",
    [
        "",
        '<w:body><w:p><w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r></w:p></w:body>',
        '<w:body><w:p><w:r><w:sym w:font="Wingdings" w:char="FFFFFFFFFF"/></w:r></w:p></w:body>',
    ],
)
def test_a_document_without_a_body_or_with_signs_that_are_none_is_refused(xml: str):
    """It is told as damaged, and nothing raises."""
    assert "打不开" in refusal("a.docx", body_of(xml))


@pytest.mark.parametrize(
    "content",
    ["<w:p/>" * 10_001, "<w:p>" + "<w:r/>" * 20_001 + "</w:p>", f"<w:p><w:r><w:t>{'啊' * 100_001}</w:t></w:r></w:p>"],
)
def test_a_document_fuller_than_any_form_is_refused(content: str):
    """Characters, runs, cells and paragraphs are counted before any of them is read."""
    assert "内容太多" in refusal("a.docx", body_of(f"<w:body>{content}</w:body>"))
