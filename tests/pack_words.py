"""The words that are one call's own, computed from its pack: what neither code nor shared data may know.

Own are: keys of two and more words; labels, aliases and options of three characters and more, with their parts;
places; texts and dates among the facts, with departments, area code and address in them; what the form is called.
Aliases are told apart: a library of what people ask about any call may know a common way to say a label.
`GENERAL` are words many calls use, each for a reason; `SHORT` are own words too short to be told from common ones.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from dialogs.fields.registry import kinds_by_name
from knowledge.form import Form
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack

TESTED = Path(__file__).parent / "packs"
LEAST = 3  # characters: shorter words stand in too many others
GENERAL = {
    "基金会": "a kind of legal person, of which many calls take applications",
    "社会团体": "the same",
    "联系人": "every call names somebody to ask, every form somebody to reach",
    "联系人姓名": "the same, with the commonest word for a name",
    "联系人手机": "the same, with what it is reached by",
    "联系方式": "what a contact is asked for on any form",
    "电子邮箱": "an e-mail address, on any form",
    "申报表": "what the product itself (申报助手) helps to fill in, beside 表, 表格, 申请表",
    "申报单位": "who applies, in every call that is applied to by units",
    "单位名称": "what any form calls the name of a unit",
    "单位全称": "the same, in full",
    "项目名称": "on most forms for projects, and what people call the thing they apply with",
    "启动时间": "when anything began",
    "项目负责人": "who leads a project, on any form for projects",
    "所在单位及职务": "where somebody works and as what, on any form",
    "未成年人": "whom the law protects, in any notice",
    "统一社会信用代码": "the national code every organisation has, on most forms for units",
    "社会信用代码": "the same, in short",
    "信用代码": "the same, in short",
    "邮政编码": "a part of any postal address",
    "通讯地址": "where letters go, on any form",
    "联系电话": "how anybody is called, in any notice",
    "身份证号": "the national number of a person, on most forms for persons",
    "居民身份证号": "the same, in full",
    "入党时间": "a month on the personal forms of all public bodies",
    "出生年月": "when somebody was born, on most forms for persons",
    "政治面貌": "party or not, on most forms for persons",
    "中共党员": "its commonest answer",
    "法定代表人": "who signs for a unit, in law",
    "单位联系人": "whom to call at a unit, on any form for units",
    "在职人数": "how many work at a unit, on any form for units",
    "成立日期": "when a unit was founded, on any form for units",
    "社会组织": "a kind of unit in law, beside companies and public bodies",
    "博物馆": "a kind of public body",
    "文化馆": "another",
    "主管部门": "the authority a unit answers to, in any notice",
    "国家级": "a rank of anything that has ranks",
    "填表日期": "when a form is filled in, on any form",
    "受理编号": "the number an office gives what it receives",
    "项目团队": "who works on a project, on any form for projects",
    "经费预算": "what a project costs, on any form for projects",
    "申请资助": "the sum applied for, on any form for grants",
    "从业年限": "how long somebody has done a job, on most forms for persons",
    "任教学校": "where a teacher teaches, on any form for teachers",
    "副校长": "an office in any school",
    "教学点": "a small school in the country, as they are counted",
    "其他类别": "the last option of most lists",
    "和县": "a county, and the end of 市和县",
}
SHORT = {
    "anhui-2024": ("备案", "民政", "网信", "网络公益", "大别山", "江淮", "皖"),
    "volunteer-2025": ("云泽", "文明办"),
}
_PARTS = re.compile(r"[\s（）()《》〔〕/／、，。：；,+＋]+")
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{2}[办处局厅](?!公)")
_AREA_CODE = re.compile(r"(?<!\d)0\d{2,3}(?=-)")


def folders() -> list[Path]:
    """Every pack: shipped, and written for the tests."""
    return sorted(path.parent for home in (PACKS, TESTED) for path in home.glob("*/notice.md"))


@cache
def packs() -> tuple[NoticePack, ...]:
    """Every pack, loaded."""
    return tuple(map(load_pack, folders()))


@cache
def own_words(*, aliases: bool) -> frozenset[str]:
    """Give the words of every pack; without `aliases` only what forms, notices and offices print."""
    return frozenset().union(*(words_of(pack, aliases=aliases) for pack in packs()))


def words_of(pack: NoticePack, *, aliases: bool = True) -> frozenset[str]:
    """Give the words of one pack."""
    words = {word for word in (*_of_form(pack.form, aliases), *_of_facts(pack)) if len(word) >= LEAST}
    places = {area for field in pack.form.fields for area in field.model_dump().get("areas", ())}
    return frozenset(words | places | {*SHORT.get(pack.id, ())}) - GENERAL.keys()


@cache
def own_keys() -> frozenset[str]:
    """Give the field keys of two and more words that are no kind's name."""
    keys = {field.key for pack in packs() for field in pack.form.fields}
    return frozenset(key for key in keys if "_" in key and key not in kinds_by_name())


def _of_form(form: Form, aliases: bool) -> Iterator[str]:
    yield from (form.title, form.title[-LEAST:])
    for field in form.fields:
        options = [] if field.kind == "boolean" else field.choices  # 做完了, 没注册: ways to say yes and no
        printed = [field.label, *(choice.label for choice in options)]
        for name in printed + aliases * [*field.aliases, *(alias for choice in options for alias in choice.aliases)]:
            yield from (name, *_PARTS.split(name))


def _of_facts(pack: NoticePack) -> Iterator[str]:
    yield pack.id
    for name, value in pack.facts.items():
        if isinstance(value, date):
            yield from (pack.facts.shown(name), value.isoformat())
        elif isinstance(value, str):
            yield from (value, *_DEPARTMENT.findall(value), *_AREA_CODE.findall(value))
            yield from (part for part in _PARTS.split(value) if not part.isdecimal())
