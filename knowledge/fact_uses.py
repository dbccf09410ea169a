"""The facts code needs, declared once: what each is, who uses it, and what an applicant goes without when it is absent.

A call that has no such thing (no e-mail address, for example) names it in `without: [email]` at the head of
`notice.md`; then nothing is asked of it, and what needs it is left out of the conversation.
"""

from typing import Literal, NamedTuple

from knowledge.facts import Fact, Facts


class FactUse(NamedTuple):
    """One fact that code asks for by name.

    `what` it is and `example` are told to staff; `used_for` is what is left out without it (Chinese).
    """

    name: str
    kind: Literal["day", "words"]
    what: str
    example: str
    used_for: str


CODE_FACTS = (
    FactUse("deadline", "day", "截止日期", "2024-02-19", "“还有几天截止”的提示"),
    FactUse("email", "words", "收材料的邮箱", "baosong@example.com", "邮件草稿"),
    FactUse("material_name", "words", "材料名称的写法", "项目名称+申报单位+联系人", "报送清单里关于文件命名的一行"),
    FactUse("contact_department", "words", "联系的处室或部门", "综合处", "“请联系谁”里的部门"),
    FactUse("contact_name", "words", "联系人", "王老师", "“请联系谁”里的姓名"),
    FactUse("contact_phone", "words", "联系电话", "010-65500000", "“请联系谁”里的电话"),
)
"""Used by `dialogs` (the menu, the package, the document that did not pass its proof) and by the FAQ's composer."""


def missing(facts: Facts) -> list[FactUse]:
    """List the facts code needs that the notice does not state."""
    return [use for use in CODE_FACTS if use.name not in facts]


def mistaken(name: str, value: Fact) -> FactUse | None:
    """Give the use a fact cannot serve, because it is not what the use needs; None when it can."""
    uses = [use for use in CODE_FACTS if use.name == name and use.kind == "day"]
    return uses[0] if uses and Facts({name: value}).day(name) is None else None
