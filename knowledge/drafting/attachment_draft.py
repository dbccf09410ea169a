"""The papers that go with a form, drafted: from the form's own list of them, else from the notice's."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from knowledge.drafting.draft_texts import todo_text
from knowledge.drafting.field_draft import FieldDraft
from knowledge.drafting.form_reading import ReadForm
from knowledge.drafting.notice_text import DraftClause
from knowledge.drafting.paper_words import paper_words
from knowledge.drafting.word_lists import word_lists
from knowledge.notice import squeeze

_COPIES = re.compile(r"(?:各|一式)?(?P<n>\d{1,2})份")
_REMARK = re.compile(r"[（(][^（）()]*[)）]")
_WHEN = re.compile(r"^(?P<who>[^，。；]{2,24}?)的，(?:另附|附|须附|还需提供|提供)?(?P<what>.+)$")
_LEADING = re.compile(r"^(?:须|应|需|还须|另)?(?:事先)?(?:取得|提供|提交|附|另附)(?:其)?")
_LONGEST, _MOST = 30, 15


def attachments_of(
    read: ReadForm, clauses: Sequence[DraftClause], fields: Sequence[FieldDraft]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Give the attachments, and what a person must look at in each."""
    listed = list(_listed(clauses))
    if read.attachments:
        found = [_printed(name, when, listed, fields) for name, when in read.attachments]
    else:
        found = [each for clause, sentence in listed for each in _said(clause, sentence, fields)]
    found = list({each["label"]: each for each in found}.values())[:_MOST]
    return found, [todo_text("attachment", name=each["label"], when=each.get("when", "")) for each in found]


def _listed(clauses: Sequence[DraftClause]) -> Iterator[tuple[str, str]]:
    """Go through the sentences of the notice that list papers: items under a heading about materials."""
    words, under = paper_words(), False
    for clause in clauses:
        if not clause.deep:
            under = any(word in squeeze(clause.title) for word in words.headings)
        first = squeeze(next(iter(clause.sentences), ""))
        begins = clause.text and first.rstrip("：:").endswith(words.headings) and first.endswith(("：", ":"))
        under = under or bool(begins)
        for sentence in clause.sentences if under else ():
            plain = squeeze(sentence)
            if any(word in plain for word in words.papers) and len(plain) <= 2 * _LONGEST:
                yield clause.anchor, sentence


def _printed(name: str, when: str, listed: Sequence[tuple[str, str]], fields: Sequence[FieldDraft]) -> dict[str, Any]:
    """Make a row of the form's own list an attachment; the notice may say how many copies."""
    label = squeeze(name)
    said = max(listed, key=lambda each: _shared(label, squeeze(each[1])), default=None)
    entry: dict[str, Any] = {"label": label, "tick": True}
    condition = _condition(squeeze(when), fields)
    entry |= {"when": condition} if condition else {}
    if said is not None and _shared(label, squeeze(said[1])) >= len(label) // 2:
        copies = _COPIES.search(squeeze(said[1]))
        entry |= {"copies": int(copies["n"])} if copies else {}
        entry |= {"clause": said[0], "quote": said[1]}
    return entry


def _shared(label: str, text: str) -> int:
    return next(
        (n for n in range(len(label), 1, -1) if any(label[at : at + n] in text for at in range(len(label) - n + 1))), 0
    )


def _said(clause: str, sentence: str, fields: Sequence[FieldDraft]) -> Iterator[dict[str, Any]]:
    """Make a sentence of the notice's list an attachment, or several: 身份证、职称证书复印件各1份."""
    plain = squeeze(sentence)
    entry: dict[str, Any] = {}
    told = _WHEN.match(plain)
    if told:
        condition = _condition(told["who"], fields)
        entry |= {"when": condition} if condition else {"optional": True, "note": f"{told['who']}的"}
        plain = told["what"]
    copies = _COPIES.search(plain)
    label = re.split(r"[，,；;：:]", _COPIES.sub("", _REMARK.sub("", plain)))[0].strip("、 各")
    label = _LEADING.sub("", re.sub(r"[为是]?选交$", "", label))
    if any(word in plain for word in paper_words().if_any):
        entry["optional"] = True
    entry |= {"copies": int(copies["n"])} if copies else {}
    names = label.split("、") if copies and copies[0].startswith("各") else [label]
    ending = next((word for word in paper_words().papers if names[-1].endswith(word)), "")
    for name in names:
        whole = name if any(word in name for word in paper_words().papers) else name + ending
        own = whole.endswith(word_lists().form_names) and any(word in whole for word in paper_words().own_form)
        if 1 < len(whole) <= _LONGEST and not own:
            yield {"label": whole, **entry, "clause": clause, "quote": sentence}


def _condition(words: str, fields: Sequence[FieldDraft]) -> str:
    """Write whom words such as 传习场所租用的, 选“甲”的, 属于校级领导的 mean: those with that option."""
    for field in fields:
        for choice in field.entry.get("choices", ()):
            name = squeeze(choice["label"])
            if len(name) > 1 and name in words:
                sign = "包含" if field.entry["kind"] == "choices" else "="
                return f'{{{field.key}}} {sign} "{choice["label"]}"'
        core = squeeze(field.found.label).partition("是否")[2]
        if len(core) > 3 and core in words and field.entry["kind"] == "boolean":  # noqa: PLR2004 - no chance
            return f"{{{field.key}}} = {field.entry['choices'][0]['label']}"
    return ""
