"""Everything that goes into the envelope: one zip with the form, the evidence, a checklist and an e-mail draft."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from dialogs.document.email_draft import email_draft
from dialogs.document.file_name import file_name, safe_file_name
from dialogs.document.picture import ENDINGS
from dialogs.fields.registry import kind_of
from dialogs.protocol import File
from dialogs.submission import Submission
from knowledge.model import Model
from knowledge.pack import NoticePack

_DENSE = (".docx", *ENDINGS)  # compressed already
_DATE = (1980, 1, 1, 0, 0, 0)  # zip's earliest: the same kit for the same submission
CHECKLIST = "报送清单.txt"
DRAFT = "邮件草稿.eml"
ROOM = 48 * 1024 * 1024  # bytes of files in a kit: a messenger takes 50 MB
MAILED = 15 * 1024 * 1024  # bytes of attachments in the draft: more, and many mail servers refuse it

_ATTACHED = "附件："
_NOT_ATTACHED = "以下材料较大，没有放进草稿，请发送前从压缩包里添加："
_ADDRESSES = "视频等材料的网址："


class PackagedFile(Model):
    """A file that supports the application; `link` is the report it is a screenshot of, if it is one."""

    file: File
    link: str | None = None


class Package(Model):
    """The zip, the names of what is in it, and of the evidence there was no room for."""

    file: File
    names: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def package(  # noqa: PLR0913 - everything that goes into an envelope
    submission: Submission,
    pack: NoticePack,
    form: File,
    evidence: Sequence[PackagedFile] = (),
    *,
    addresses: Sequence[str] = (),
    room: int = ROOM,
) -> Package:
    """Pack the kit; it is named like the form. Evidence with the same name twice is numbered.

    `addresses` (of videos) are named in the checklist and the e-mail; `room` is the bytes the files may take.
    """
    packed, left_out = _fitting(evidence, room - len(form.content))
    files = _numbered([form, *(each.file for each in packed)])
    notes = "\ufeff" + "\r\n".join(checklist(submission, pack, packed, addresses, left_out)) + "\r\n"
    draft = _draft(submission, pack, files, addresses)
    whole = [*files, File(name=CHECKLIST, content=notes.encode()), File(name=DRAFT, content=draft)]
    return Package(
        file=File(name=file_name(submission, pack.form.filename, extension=".zip"), content=_zipped(whole)),
        names=tuple(file.name for file in whole),
        left_out=left_out,
    )


def _fitting(evidence: Sequence[PackagedFile], room: int) -> tuple[list[PackagedFile], tuple[str, ...]]:
    """Take what there is room for, in order; the others by name."""
    packed: list[PackagedFile] = []
    left_out = []
    for each in evidence:
        if len(each.file.content) <= room:
            packed.append(each)
            room -= len(each.file.content)
        else:
            left_out.append(each.file.name)
    return packed, tuple(left_out)


def _draft(submission: Submission, pack: NoticePack, files: Sequence[File], addresses: Sequence[str]) -> bytes:
    """Write the e-mail; what is too much for one is named in it instead of attached."""
    attached = files if sum(len(file.content) for file in files) <= MAILED else files[:1]
    lines = [f"现报送《{pack.form.title}》及相关材料，请查收。", "", _ATTACHED, *(file.name for file in attached)]
    rest = [file.name for file in files[len(attached) :]]
    for heading, names in ((_NOT_ATTACHED, rest), (_ADDRESSES, addresses)):
        lines += ["", heading, *names] if names else []
    subject = file_name(submission, pack.form.filename, extension="")
    return email_draft(pack.facts.shown("email"), subject, "\n".join(lines) + "\n", attached)


def _zipped(files: Sequence[File]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for file in files:
            info = zipfile.ZipInfo(file.name, _DATE)
            info.compress_type = zipfile.ZIP_STORED if file.name.lower().endswith(_DENSE) else zipfile.ZIP_DEFLATED
            package.writestr(info, file.content)
    return out.getvalue()


def checklist(
    submission: Submission,
    pack: NoticePack,
    evidence: Sequence[PackagedFile] = (),
    addresses: Sequence[str] = (),
    left_out: Sequence[str] = (),
) -> Iterator[str]:
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
        yield from (f"     {each.file.name}{f'：{each.link}' if each.link else ''}" for each in evidence)
    for address in addresses:
        yield f"[√] 视频等材料的网址：{address}"
    yield ""
    yield "二、还要办理"
    for name in left_out:
        yield f"[  ] 这份材料太大，没有放进压缩包，请自己附上：{name}{named}"
    for link, clause in missing:
        yield f"[  ] 补一张这篇报道的清晰截图：{link}（{clause}）"
    for step in pack.form.afterwards:
        yield f"[  ] {pack.facts.fill(step.text)}（{step.clause}）"


def unpaired(submission: Submission, pack: NoticePack, evidence: Sequence[PackagedFile]) -> list[tuple[str, str]]:
    """List the media links without a screenshot, each with the clause that asks for one."""
    shown = {each.link for each in evidence}
    return [
        (str(link), field.clause or "")
        for field in pack.form.fields
        if kind_of(field).links and field.key in submission.entries
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
