"""The folder of a pack, loaded and checked as a whole."""

import hashlib
from pathlib import Path
from zipfile import is_zipfile

from knowledge.eligibility import Eligibility
from knowledge.faq import Faq
from knowledge.form import Form
from knowledge.loading.notice_file import read_notice
from knowledge.loading.yaml_file import load_yaml
from knowledge.pack import NoticePack
from knowledge.problems import PackError, Problem

PACKS = Path(__file__).parent.parent / "packs"


FILES = ("notice.md", "form.yaml", "faq.yaml", "template.docx")


ELIGIBILITY = "eligibility.yaml"  # may be absent: then no check is offered


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
