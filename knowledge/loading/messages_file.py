"""A pack's own sentences, `messages.yaml`: they take the place of what this software would say otherwise."""

from pathlib import Path

from pydantic import RootModel

from knowledge.loading.yaml_file import load_yaml

MESSAGES = "messages.yaml"  # may be absent: then the shared sentences are said


class MessageFile(RootModel[dict[str, dict[str, str]]]):
    """A file of sentences: room → meaning → sentence."""

    @property
    def by_key(self) -> dict[str, str]:
        """The sentences by `room.meaning`."""
        return {f"{room}.{name}": text for room, texts in self.root.items() for name, text in texts.items()}


def read_messages(path: Path) -> dict[str, str]:
    """Read a file of sentences by key; empty when there is none.

    Raises:
        PackError: it is no YAML, or something in it is no sentence.
    """
    return load_yaml(path, MessageFile).by_key if path.is_file() else {}
