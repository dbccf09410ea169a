"""A pack's own sentences are looked over before they go live: one nobody says, or with an unknown name, is a fault."""

from pathlib import Path

from dialogs.message_texts import message_faults
from knowledge.loading.messages_file import MESSAGES
from knowledge.loading.yaml_file import compose, line_of
from knowledge.pack import NoticePack
from knowledge.problems import Problem


def message_problems(folder: Path, pack: NoticePack) -> list[Problem]:
    """List what is wrong with the pack's `messages.yaml`, each with its line; empty when it has none."""
    found = list(message_faults(pack))
    root = compose(folder / MESSAGES) if found else None
    return [Problem(MESSAGES, line_of(root, tuple(fault.key.split("."))), fault.reason, fault.mend) for fault in found]
