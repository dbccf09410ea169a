"""How a pack answers its own questions: kept when a check passes, held against the next version."""

import json
from collections.abc import Mapping
from pathlib import Path

from bot.messages import say
from dialogs.pack_cache import finder_of
from knowledge.check.question_faults import FILE, Cases
from knowledge.loading.yaml_file import load_yaml
from knowledge.pack import NoticePack
from knowledge.search.answer import Answer


def answers(folder: Path, pack: NoticePack) -> dict[str, str]:
    """Ask a pack its regression questions and the question of each entry, on its last day; question → reply.

    On the last day the reply depends on nothing but the pack, whenever it is asked.

    Raises:
        PackError: `tests.yaml` is faulty.
    """
    today, finder = pack.sample_day, finder_of(pack)
    cases = load_yaml(folder / FILE, Cases).questions if (folder / FILE).is_file() else ()
    asked = {case.q: case.during for case in cases} | {entry.question: None for entry in pack.faq.entries}
    found = {question: finder.find(question, today=today, during=during) for question, during in asked.items()}
    return {
        question: one.text if isinstance(one, Answer) or one.recognised else say("check.unsure")
        for question, one in found.items()
    }


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """List questions whose reply is different: question, reply before, reply now."""
    return [
        (question, before.get(question, say("check.new")), after.get(question, say("check.gone")))
        for question in dict.fromkeys([*after, *before])
        if before.get(question) != after.get(question)
    ]


def load(file: Path) -> dict[str, str]:
    """Read kept answers; none when there is no file, or it is no longer readable."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(question): str(reply) for question, reply in kept.items()} if isinstance(kept, dict) else {}


def keep(file: Path, found: Mapping[str, str]) -> None:
    """Write answers down.

    Raises:
        OSError: the file cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
