"""`shenbao check [PACK]`: what is wrong with a pack, and what it answers otherwise than when it was last good."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.office.answer_snapshots import answers, changed, keep, load
from bot.output_files import save
from bot.packs import lint, ready_pack
from bot.page_previews import pages_of
from dialogs.document.fill import fill
from dialogs.document.template_check import survey
from dialogs.document.verify import prove_untouched
from dialogs.fields.registry import kind_of
from dialogs.pack_cache import template_of
from dialogs.submission import Entry, Submission
from knowledge.check.topic_faults import coverage_lines
from knowledge.form import Field
from knowledge.loading.pack_folder import load_pack
from knowledge.pack import NoticePack

Say = Callable[[str], None]

PASSED = "{name}：检查通过，没有发现问题。"
CHANGED = "与上次检查通过时相比，{number} 个问题的答复变了，请核对："
ONE = "· {question}\n  原来：{before}\n  现在：{after}"
MAPPED = "{label}（{key}）：{how}"
BY_TAG, BY_LABEL, NOWHERE = "按 Word 里的标记", "按标签文字和位置", "没有找到位置"
STRAY = "不对应任何栏目的标记：{items}"
EMPTY = "没有对应栏目、留空的格子（盖章、手写处应当如此）：{items}"
DRAWN = "对照图：{path}"
NOT_DRAWN = "没有装 LibreOffice，不画对照图。"
NOT_KEPT = "（这次的答复没能记到 {file}：{reason}。下次无法比较。）"


def show_map(folder: Path, out: Path, say: Say) -> None:
    """Say which cell of the blank form each field goes to, and draw the form with the fields' names in their cells.

    Raises:
        PackError: the pack cannot be loaded.
        StartupError: the picture cannot be written.
    """
    pack = ready_pack(folder)
    found = survey(pack.template, pack.form)
    how = {**dict.fromkeys(found.tagged, BY_TAG), **dict.fromkeys(found.labelled, BY_LABEL)}
    for key, field in pack.fields.items():
        say(MAPPED.format(label=field.label, key=key, how=how.get(key, NOWHERE)))
    for title, items in ((STRAY, found.stray), (EMPTY, found.empty)):
        if items:
            say(title.format(items="、".join(items)))
    drawn = specimen(pack)
    say(prove_untouched(_specimen(pack), drawn, template_of(pack), pack.form).text)
    pages = asyncio.run(pages_of(drawn))
    for number, page in enumerate(pages, 1):
        say(DRAWN.format(path=save(out, f"{folder.name}-栏目对照{number}.png", page)))
    if not pages:
        say(NOT_DRAWN)


def specimen(pack: NoticePack) -> bytes:
    """Fill the form with the names of its fields; of several boxes the first is ticked."""
    return fill(_specimen(pack), template_of(pack), pack.form)


def _specimen(pack: NoticePack) -> Submission:
    entries = {field.key: _named(field) for field in pack.form.fields}
    return Submission(pack_id=pack.id, pack_version=pack.version, entries=entries)


def _named(field: Field) -> Entry:
    return Entry(value=kind_of(field).specimen(field), display=f"【{field.label}】")


def check(folder: Path, data: Path, say: Say) -> int:
    """Check a pack and say what was found; the answers of a good one are kept under `data`.

    Returns:
        The exit status: 0, or 1 when anything is wrong.
    """
    problems = lint(folder)
    for problem in problems:
        say(str(problem))
    if any(problem.grave for problem in problems):
        return 1
    pack = load_pack(folder)
    file = data / "answers" / f"{pack.id}.json"
    now, before = answers(folder, pack), load(file)
    if before:
        _say_changes(changed(before, now), say)
    for line in coverage_lines(pack.faq):
        say(line)
    if problems:
        return 1
    try:
        keep(file, now)
    except OSError as error:
        say(NOT_KEPT.format(file=file, reason=error.strerror))
    say(PASSED.format(name=folder.name))
    return 0


def _say_changes(changes: list[tuple[str, str, str]], say: Say) -> None:
    if changes:
        say(CHANGED.format(number=len(changes)))
    for question, before, after in changes:
        say(ONE.format(question=question, before=" ".join(before.split()), after=" ".join(after.split())))
