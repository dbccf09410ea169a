"""Everything that goes into the envelope: one zip with the form, the evidence, a checklist and an e-mail draft."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from dialogs.document.filename import file_name, safe_file_name
from dialogs.document.letter import letter
from dialogs.replies import File
from dialogs.submission import Submission
from knowledge.model import Model
from knowledge.pack import NoticePack

_DATE = (1980, 1, 1, 0, 0, 0)  # zip's earliest: the same kit for the same submission
CHECKLIST = "报送清单.txt"
DRAFT = "邮件草稿.eml"


class Evidence(Model):
    """A file that supports the application; `link` is the report it is a screenshot of, if it is one."""

    file: File
    link: str | None = None


def kit(submission: Submission, pack: NoticePack, form: File, evidence: Sequence[Evidence] = ()) -> File:
    """Pack the kit; it is named like the form. Evidence with the same name twice is numbered."""
    files = _numbered([form, *(each.file for each in evidence)])
    subject = file_name(submission, pack.form.filename, extension="")
    text = (
        f"现报送《{pack.form.title}》及相关材料，请查收。\n\n附件：\n" + "\n".join(file.name for file in files) + "\n"
    )
    notes = "\ufeff" + "\r\n".join(checklist(submission, pack, evidence)) + "\r\n"
    draft = letter(pack.facts.shown("email"), subject, text, files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for file in [*files, File(name=CHECKLIST, content=notes.encode()), File(name=DRAFT, content=draft)]:
            info = zipfile.ZipInfo(file.name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, file.content)
    return File(name=file_name(submission, pack.form.filename, extension=".zip"), content=out.getvalue())


def checklist(submission: Submission, pack: NoticePack, evidence: Sequence[Evidence] = ()) -> Iterator[str]:
    """Write the lines of the checklist: what is done, what is left to do on paper, each with its clause."""
    missing = unpaired(submission, pack, evidence)
    named = _clause(pack, pack.facts.shown("material_name"))
    yield f"{pack.form.title} 报送清单"
    yield ""
    yield "一、已经完成"
    yield f"[√] 推荐表已填好，与填写的内容逐项核对一致{named}"
    yield f"[√] 文件已按“{pack.facts.shown('material_name')}”命名{named}"
    if evidence:
        yield f"[√] 辅证材料 {len(evidence)} 份，已放进压缩包{named}"
    yield ""
    yield "二、还要办理"
    for link, clause in missing:
        yield f"[  ] 补一张这篇报道的清晰截图：{link}（{clause}）"
    for step in pack.form.afterwards:
        yield f"[  ] {pack.facts.fill(step.text)}（{step.clause}）"


def unpaired(submission: Submission, pack: NoticePack, evidence: Sequence[Evidence]) -> list[tuple[str, str]]:
    """List the media links without a screenshot, each with the clause that asks for one."""
    shown = {each.link for each in evidence}
    return [
        (str(link), field.clause or "")
        for field in pack.form.fields
        if field.kind == "links" and field.key in submission.entries
        for link in _links(submission, field.key)
        if link not in shown
    ]


def _links(submission: Submission, key: str) -> list[str]:
    value = submission.entries[key].value
    return [str(link) for link in value] if isinstance(value, list) else []


def _clause(pack: NoticePack, words: str) -> str:
    """Name the clause of the notice that holds these words, in brackets."""
    return next((f"（{anchor}）" for anchor, clause in pack.notice.clauses.items() if clause.holds(words)), "")


def _numbered(files: list[File]) -> list[File]:
    """Make names safe, and the second of a name `…（2）`."""
    seen: dict[str, int] = {CHECKLIST: 1, DRAFT: 1}
    result = []
    for file in files:
        name = safe_file_name(file.name)
        count = seen[name] = seen.get(name, 0) + 1
        stem, dot, ending = name.rpartition(".")
        again = f"{stem}（{count}）{dot}{ending}" if dot else f"{name}（{count}）"
        result.append(File(name=name if count == 1 else again, content=file.content))
    return result
