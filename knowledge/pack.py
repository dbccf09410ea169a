"""A notice pack: the folder of files an office owns, loaded and checked as a whole."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zipfile import is_zipfile

from knowledge.eligibility import Eligibility
from knowledge.facts import Facts
from knowledge.faq import Faq
from knowledge.form import Field, Form
from knowledge.notice import Notice, read_notice
from knowledge.problems import PackError, Problem
from knowledge.yaml_source import load_yaml

PACKS = Path(__file__).parent / "packs"
FILES = ("notice.md", "form.yaml", "faq.yaml", "template.docx")
ELIGIBILITY = "eligibility.yaml"  # may be absent: then no check is offered


@dataclass(frozen=True, eq=False)
class NoticePack:
    """Everything one call needs: id, version, facts, clauses, form, FAQ, template, eligibility check.

    `version` is a digest of the files: any edit makes a new version (sessions are pinned to it). Packs are
    compared by identity, so that what is computed from one can be cached.
    """

    id: str
    version: str
    title: str
    call: str
    facts: Facts
    notice: Notice
    form: Form
    faq: Faq
    template: bytes
    eligibility: Eligibility | None = None

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The form's fields by key, in the official order."""
        return {field.key: field for field in self.form.fields}


def load_pack(folder: Path) -> NoticePack:
    """Load and check a pack.

    Raises:
        PackError: every fault found, with file, line, reason and mend.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise PackError(
            [Problem(str(folder / name), 0, "缺少这个文件", "从原有的资料包复制一份再改") for name in missing]
        )
    head, facts, notice = read_notice(folder / "notice.md")
    return NoticePack(
        id=str(head.get("id", folder.name)),
        version=_digest(folder),
        title=str(head.get("title", folder.name)),
        call=str(head.get("call", head.get("title", folder.name))),
        facts=facts,
        notice=notice,
        form=load_yaml(folder / "form.yaml", Form),
        faq=load_yaml(folder / "faq.yaml", Faq),
        template=_template(folder / "template.docx"),
        eligibility=load_yaml(folder / ELIGIBILITY, Eligibility) if (folder / ELIGIBILITY).is_file() else None,
    )


def _template(path: Path) -> bytes:
    if not is_zipfile(path):
        raise PackError([Problem(path.name, 0, "这不是 Word 的 .docx 文件", "用 Word 另存为 .docx，或换回原来的模板")])
    return path.read_bytes()


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in (*FILES, ELIGIBILITY):
        if (folder / name).is_file():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
