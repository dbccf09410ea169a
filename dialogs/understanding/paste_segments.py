"""A line of a pasted form cut into pieces: a label with what follows it, or words without a label."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.understanding.field_names import field_names_of
from knowledge.form import Form
from knowledge.text.tokens import look, words

# every text is cut to its head before a pattern sees it, and no part of a pattern may give back what it took: linear
_HEAD = 80  # characters in which a label must end
_NUMBER = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）).、．]{1,4}|[①-⑳⑴-⒇●•·※◆■▪*#>\-–—]{1,10})"
_LABEL = re.compile(rf"(?:{_NUMBER}\s*)?[【\[*]{{0,4}}(?P<label>.{{1,30}}?)[】\]*\s]*+\Z", re.DOTALL)
_COLON = re.compile("[：:]")
_UNLABELLED = re.compile(rf"(?:{_NUMBER}\s*)?[【\[*]{{0,4}}(?P<label>\S{{2,30}}?)[】\]*]{{0,4}}(?:\s|\Z)")
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_NEXT_PAIR = re.compile(r"(?<![；;，,。\s])[；;，,。\s]++(?=[^：:；;，,。\s]{2,20}\s{0,20}+[：:])")
_CELL = re.compile(r"[\t|]")
_PHONE = re.compile(r"\d[\d\s\-－()（）]{5,}\d")
_BOX = re.compile(r"[□☐☑☒■√✓✔]")
_TICK = "☑☒■√✓✔"
# what a contact is made of: after a unit or a person these say more about them, whatever else they may label
_PARTS = frozenset({
    "联系人", "联系人姓名", "姓名", "联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式", "座机",
    "办公电话", "职务", "邮箱", "地址",
})  # fmt: skip
_LONG_NAME = 4  # words; shorter labels count only with a colon behind them


@dataclass(frozen=True)
class Segment:
    """A stretch of a line.

    `label` is what stands before the colon (or alone, when the form has such a label), `key` the field it
    names, `text` what follows; `whole` is all of it as pasted.
    """

    whole: str
    text: str
    label: str = ""
    key: str | None = None
    colon: bool = False

    @property
    def is_part(self) -> bool:
        """Whether the label names a part of a contact."""
        return self.label in _PARTS

    @property
    def has_phone(self) -> bool:
        """Whether a phone number follows."""
        return bool(_PHONE.search(self.text))

    @property
    def is_option(self) -> bool:
        """Whether this is an option of the printed form, its box ticked or not."""
        return not self.label and bool(_BOX.search(self.whole))


def segments_of(line: str, form: Form, *, flowing: bool = False) -> Iterator[Segment]:
    """Cut a line; `flowing` says that it may be part of running text, which is not cut at commas."""
    cells = [cell.strip() for cell in _CELL.split(line) if cell.strip()]
    for cell in cells if len(cells) > 1 else [line.strip("|\t")]:
        first = _piece(cell, form, in_table=len(cells) > 1)
        yield from [first] if (first.label and not first.colon) or (flowing and not first.key) else _pairs(cell, form)


def ticked(text: str) -> str:
    """Give the options whose box is ticked; a text without boxes stays as it is.

    The official form puts the box after the name; where a text begins with a box, it stands before.
    """
    if not _BOX.search(text):
        return text
    before = bool(_BOX.match(text))
    names, boxes = [part.strip() for part in _BOX.split(text)], _BOX.findall(text)
    named = zip(names[1:] if before else names, boxes, strict=False)
    return "、".join(name for name, box in named if box in _TICK and name)


def _pairs(cell: str, form: Form) -> Iterator[Segment]:
    start = 0
    for gap in _NEXT_PAIR.finditer(cell):
        ahead = _piece(cell[gap.end() : gap.end() + _HEAD], form)
        if ahead.key or ahead.is_part:
            yield _piece(cell[start : gap.start()], form)
            start = gap.end()
    yield _piece(cell[start:], form)


def _piece(text: str, form: Form, *, in_table: bool = False) -> Segment:
    said = text.lstrip()
    head = said[:_HEAD]
    colon = _COLON.search(head)
    if colon and not said.startswith("//", colon.end()) and (match := _LABEL.match(head[: colon.start()])):
        label = match["label"].strip()
        return Segment(text, said[colon.end() :].lstrip(), label, _key(label, form), colon=True)
    if match := _UNLABELLED.match(head):
        label = match["label"]
        key = _key(label, form) if in_table or len(words(label)) >= _LONG_NAME else None
        if key:
            return Segment(text, said[match.end() :].lstrip(), label, key)
    return Segment(text, text)


def _key(label: str, form: Form) -> str | None:
    labels = field_names_of(form)
    for name in (label, _REMARK.sub("", label)):
        tokens = words(name)
        key = labels.exact(name) if len(tokens) >= _LONG_NAME else labels.by_look.get(look(tokens))
        if key:
            return key
    return None
