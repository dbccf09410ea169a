"""`shenbao check [PACK]`: what is wrong with a pack, and what it answers otherwise than when it was last good."""

from collections.abc import Callable
from pathlib import Path

from bot.packs import lint
from bot.staff.answers import answers, changed, keep, load
from knowledge.pack import load_pack

Say = Callable[[str], None]

PASSED = "{name}：检查通过，没有发现问题。"
CHANGED = "与上次检查通过时相比，{number} 个问题的答复变了，请核对："
ONE = "· {question}\n  原来：{before}\n  现在：{after}"
NOT_KEPT = "（这次的答复没能记到 {file}：{reason}。下次无法比较。）"


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
