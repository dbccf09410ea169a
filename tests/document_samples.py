"""Submissions for the document tests: one ordinary, and as many nasty ones as hypothesis can think of."""

from collections.abc import Collection
from pathlib import Path

from hypothesis import strategies as st

from dialogs.document.fill import fill
from dialogs.document.read_form import read_form
from dialogs.document.verify import Mismatch, Proof, differences, prove_untouched
from dialogs.submission import Entry, Submission
from knowledge.form import Form
from knowledge.loading.yaml_file import load_yaml

PACK = Path(__file__).parents[1] / "knowledge" / "packs" / "anhui-2024"
FORM = load_yaml(PACK / "form.yaml", Form)
TEMPLATE = (PACK / "template.docx").read_bytes()
PATTERN = "{project_name}+{contact_recommender.unit}+{contact_recommender.name}+{contact_recommender.phone}"

CATEGORIES = (
    "互联网+共同富裕",
    "互联网+社会帮扶",
    "互联网+应急救援",
    "互联网+教育发展",
    "互联网+文化传承",
    "其他类别",
)
TEXT_FIELDS = (
    "unit_name",
    "fill_date",
    "project_name",
    "period",
    "participants",
    "beneficiaries",
    "reach",
    "funds",
    "funds_source",
    "manpower",
    "registration_no",
    "contact_applicant",
    "contact_recommender",
    "description",
    "honors",
    "media_links",
)
WORDS = {
    "unit_name": "淮南市田家庵区晨光志愿服务中心",
    "fill_date": "2024年2月6日",
    "project_name": "“银龄课堂”老年人数字生活公益行动",
    "period": "2020年6月至今",
    "participants": "约800人",
    "beneficiaries": "淮南市田家庵区、寿县",
    "reach": "360万次",
    "funds": "12.5万元",
    "funds_source": "社会捐赠",
    "manpower": "专职3人、志愿者120人",
    "registration_no": "皖淮社证字第0123号",
    "contact_applicant": "周晓 0554-2600000",
    "contact_recommender": "中共淮南市委网信办 吴越 0554-2600001",
    "description": "项目目标：帮助老年人学会用手机。\n主要内容：每周开课。\n\n成效：已惠及三千人。",
    "honors": "2022年市级优秀志愿服务项目\n2023年省级优秀志愿服务项目",
    "media_links": "《银龄课堂进社区》 https://example.org/a/1?x=1&y=2\nhttps://example.org/a/2",
}

NASTY = [
    "<&>{{}}\"'",
    "a\r\nb\rc\vd\fe",
    "\x00\x07\x1f",
    "\ud83d",
    "👨‍👩‍👧‍👦🇨🇳",
    "𠮷\u2028x",
    "a  b\t\tc ",
    "]]>&amp;",
    "　　段",
]
texts = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=12)), max_size=5).map("".join)
submissions = st.builds(
    lambda words, category, registered: submission(words, category=category, registered=registered),
    st.dictionaries(st.sampled_from(TEXT_FIELDS), texts),
    st.none() | st.sampled_from(CATEGORIES),
    st.none() | st.booleans(),
)


def submission(
    words: dict[str, str] = WORDS,
    *,
    category: str | None = CATEGORIES[3],
    registered: bool | None = True,
    apart: Collection[str] = (),
) -> Submission:
    """Make a submission: field key → what its cell shows; a category and 是/否 unless None; texts set apart."""
    entries = {key: Entry(value=None, display=text) for key, text in words.items()}
    if category is not None:
        entries["category"] = Entry(value=category, display=category)
    if registered is not None:
        entries["registered"] = Entry(value=registered, display="是" if registered else "否")
    entries["declaration"] = Entry(value=True, display="同意")
    return Submission(pack_id="anhui-2024", pack_version="test", entries=entries, apart=frozenset(apart))


def filled(each: Submission, template: bytes = TEMPLATE) -> bytes:
    """Fill the form."""
    return fill(each, template, FORM)


def differing(each: Submission, document: bytes, template: bytes = TEMPLATE) -> list[Mismatch]:
    """Read a document back and compare."""
    return differences(each, document, template, FORM)


def proven(each: Submission, document: bytes, template: bytes = TEMPLATE) -> Proof:
    """Prove that nothing else was touched."""
    return prove_untouched(each, document, template, FORM)


def recognised(document: bytes, template: bytes = TEMPLATE) -> dict[str, str] | None:
    """Read a form whoever filled it."""
    return read_form(document, FORM, template)


def filed(
    project: str, unit: str = "中共淮南市委网信办", name: str = "吴越", phone: str = "0554-2600001"
) -> Submission:
    """Make a submission that is named by these parts."""
    contact = Entry(value={"unit": unit, "name": name, "phone": phone}, display=f"{unit} {name} {phone}")
    return Submission(
        pack_id="anhui-2024",
        pack_version="test",
        entries={"project_name": Entry(value=project, display=project), "contact_recommender": contact},
    )
