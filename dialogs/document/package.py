"""Everything that goes into the envelope: one zip with the form, the evidence, a checklist and an e-mail draft."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from string import Formatter

from dialogs.document.email_draft import email_draft
from dialogs.document.file_name import file_name, safe_file_name
from dialogs.document.left_open import left_open
from dialogs.document.picture import ENDINGS
from dialogs.fields.registry import kind_of
from dialogs.pack_cache import messages_of
from dialogs.protocol import File
from dialogs.submission import Submission
from knowledge.model import Model
from knowledge.pack import NoticePack

_DENSE = (".docx", *ENDINGS)  # compressed already
_DATE = (1980, 1, 1, 0, 0, 0)  # zip's earliest: the same kit for the same submission
ROOM = 48 * 1024 * 1024  # bytes of files in a kit: a messenger takes 50 MB
_OFFICE = "contact_department"  # the fact that says whom to write to
_NAMING = "material_name"  # the fact that says how files are named
MAILED = 15 * 1024 * 1024  # bytes of attachments in the draft: more, and many mail servers refuse it


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
    words = messages_of(pack).say
    notes_name, draft_name = words("package.checklist_name"), words("package.draft_name")
    files = _numbered([form, *(each.file for each in packed)], pack, taken=(notes_name, draft_name))
    notes = "\ufeff" + "\r\n".join(checklist(submission, pack, packed, addresses, left_out)) + "\r\n"
    draft = _draft(submission, pack, files, addresses)
    whole = [*files, File(name=notes_name, content=notes.encode()), File(name=draft_name, content=draft)]
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
    words = messages_of(pack).say
    office = pack.facts.shown(_OFFICE) if _OFFICE in pack.facts else ""
    lines = [words("package.mail_to", office=office)] if office else []
    lines += [words("package.mail"), "", *_about(submission, pack), *_contacts(submission, pack), ""]
    lines += [words("package.attached"), *_numbered_lines(attached, pack)]
    rest = [file.name for file in files[len(attached) :]]
    for heading, names in (("package.not_attached", rest), ("package.addresses", addresses)):
        lines += ["", words(heading), *names] if names else []
    lines += ["", words("package.mail_end")]
    subject = file_name(submission, pack.form.filename, extension="")
    to = pack.facts.shown("email") if "email" in pack.facts else ""
    return email_draft(to, subject, "\n".join(lines) + "\n", attached)


def _about(submission: Submission, pack: NoticePack) -> Iterator[str]:
    """Say which application it is, a line each: what tells it from others, and what its file is named by."""
    paths = [*pack.form.identity.values(), *(path for _, path, _, _ in Formatter().parse(pack.form.filename) if path)]
    for key in dict.fromkeys(path for path in paths if path in submission.entries and path in pack.fields):
        yield _said(key, submission, pack)


def _contacts(submission: Submission, pack: NoticePack) -> Iterator[str]:
    for field in pack.form.fields:
        if kind_of(field).people and field.key in submission.entries:
            yield _said(field.key, submission, pack)


def _said(key: str, submission: Submission, pack: NoticePack) -> str:
    value = " ".join(submission.entries[key].display.split())
    return messages_of(pack).say("package.about", label=pack.fields[key].label, value=value)


def _numbered_lines(files: Sequence[File], pack: NoticePack) -> Iterator[str]:
    for number, file in enumerate(files, 1):
        yield messages_of(pack).say("package.attachment", number=number, name=file.name)


def _zipped(files: Sequence[File]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for file in files:
            info = zipfile.ZipInfo(file.name, _DATE)
            info.compress_type = zipfile.ZIP_STORED if file.name.lower().endswith(_DENSE) else zipfile.ZIP_DEFLATED
            package.writestr(info, file.content)
    return out.getvalue()


def paper_lines(submission: Submission, pack: NoticePack) -> Iterator[str]:
    """Write a line for each document that must go with this application: copies, clause."""
    words = messages_of(pack).say
    for paper in pack.form.attachments:
        if paper.label in submission.attachments:
            copies = submission.attachments[paper.label]
            count = words("package.copies", count=copies) if copies is not None else ""
            yield words("package.paper", label=paper.label, copies=count, clause=_clause(paper.clause, pack))


def checklist(
    submission: Submission,
    pack: NoticePack,
    evidence: Sequence[PackagedFile] = (),
    addresses: Sequence[str] = (),
    left_out: Sequence[str] = (),
) -> Iterator[str]:
    """Write the lines of the checklist: what is done, what is left to do on paper, each with its clause."""
    words = messages_of(pack).say
    yield words("package.checklist")
    yield from _about(submission, pack)
    yield ""
    yield words("package.done")
    yield from _done(pack, evidence, addresses)
    yield ""
    yield words("package.to_do")
    clause = _naming_clause(pack)
    yield from paper_lines(submission, pack)
    for label, left in left_open(submission, pack.form):
        yield words("package.finish", label=label, words=left)
    for name in left_out:
        yield words("package.left_out", name=name, clause=clause)
    for link, asked_in in unpaired(submission, pack, evidence):
        yield words("package.screenshot", link=link, clause=asked_in)
    for step in pack.form.afterwards:
        yield words("package.step", text=pack.facts.fill(step.text), clause=step.clause)


def _done(pack: NoticePack, evidence: Sequence[PackagedFile], addresses: Sequence[str]) -> Iterator[str]:
    words, clause = messages_of(pack).say, _naming_clause(pack)
    yield words("package.filled", clause=clause)
    if _NAMING in pack.facts:
        yield words("package.named", rule=pack.facts.shown(_NAMING), clause=clause)
    if evidence:
        yield words("package.evidence", count=len(evidence), clause=clause)
    for each in evidence:
        if each.link:
            yield words("package.evidence_report", name=each.file.name, link=each.link)
        else:
            yield words("package.evidence_file", name=each.file.name)
    for address in addresses:
        yield words("package.address", address=address)


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


def _naming_clause(pack: NoticePack) -> str:
    """Name, in brackets, the clause of the notice that says how materials are named; empty when none does."""
    rule = pack.facts.shown(_NAMING) if _NAMING in pack.facts else ""
    holding = (anchor for anchor, clause in pack.notice.clauses.items() if rule and clause.holds(rule))
    return _clause(next(holding, None), pack)


def _clause(anchor: str | None, pack: NoticePack) -> str:
    return messages_of(pack).say("package.clause", clause=anchor) if anchor else ""


def _numbered(files: list[File], pack: NoticePack, taken: Sequence[str]) -> list[File]:
    """Make names safe, and the second of a name `…（2）`; `taken` are names in use already."""
    seen = dict.fromkeys(taken, 1)
    result = []
    for file in files:
        name = safe_file_name(file.name)
        count = seen[name] = seen.get(name, 0) + 1
        if count > 1:
            stem, dot, ending = name.rpartition(".")
            again = messages_of(pack).say("package.numbered", stem=stem if dot else name, count=count)
            name = f"{again}.{ending}" if dot else again
        result.append(File(name=name, content=file.content))
    return result
