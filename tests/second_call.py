"""An application under the second call (`packs/volunteer-2025`), which shares no field with the first."""

from datetime import date
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from dialogs.document.upload_safety import open_word
from knowledge.loading.pack_folder import load_pack
from tests.applicant import Applicant

FOLDER = Path(__file__).parent / "packs" / "volunteer-2025"
PACK = load_pack(FOLDER)
IN_TIME, TOO_LATE = date(2025, 5, 6), date(2025, 6, 2)
STORY = (
    "项目面向山里的留守老人。"
    + "".join(
        f"第{number}季，志愿者每周三晚上在祠堂开班，一对一教老人认字、看药品说明、写名字。" for number in range(1, 17)
    )
    + "三年来累计开课96次，成效明显。典型案例：七十六岁的黄阿婆第一次自己填了挂号单。"
)
ANSWERS = {
    "applicant": "石桥镇榕树社会工作站",
    "filled_on": "2025年5月6日",
    "title": "“夕阳伴读”乡村老人识字班",
    "sphere": "助老助残",
    "launched": "2022年6月18日",
    "ongoing": "是",
    "place": "石桥镇8个行政村",
    "served": "3600",
    "team": "榕树下志愿服务队",
    "volunteers": "45",
    "activities": "96",
    "hours": "4280",
    "on_system": "注册了",
    "team_no": "SQ-2022-0415",
    "leader": "卢静怡",
    "leader_post": "石桥镇榕树社会工作站 站长",
    "leader_mobile": "19800000001",
    "liaison": "金小满",
    "liaison_mobile": "19800000002",
    "liaison_mail": "rongshu@example.com",
    "story": STORY,
    "awards": "无",
}
BLOCK = "\n".join(
    f"{PACK.fields[key].label}：{answer}" for key, answer in ANSWERS.items() if key not in ("story", "awards")
)


def stranger(today: date = IN_TIME) -> Applicant:
    """Give somebody who has just greeted the bot."""
    applicant = Applicant(PACK, today=today)
    applicant.type("/start")
    return applicant


def answering(applicant: Applicant, upto: str | None = None, **instead: str) -> Applicant:
    """Answer each field as it is asked for, until `upto` is asked or the review is reached."""
    for _ in ANSWERS:
        if applicant.at == upto or applicant.at not in PACK.fields:
            return applicant
        applicant.type((ANSWERS | instead)[applicant.at])
    return applicant


def finished(today: date = IN_TIME) -> Applicant:
    """Give somebody whose document has just been handed over."""
    applicant = stranger(today)
    applicant.press("开始填表")
    answering(applicant).press("确认无误")
    return applicant


def rows(document: bytes) -> list[list[str]]:
    """Give what each row of a Word document's tables shows, cell by cell; a paragraph outside counts as a row."""
    body = open_word(document).find(qn("w:body"))
    return [
        [_words(cell) for cell in (block.iter(qn("w:tc")) if block.tag == qn("w:tr") else [block])]
        for block in body.iter(qn("w:tr"), qn("w:p"))
        if block.tag == qn("w:tr") or block.getparent().tag == qn("w:body")
    ]


def _words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))
