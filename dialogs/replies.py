"""What we say: text, choices, citations, files. A channel decides only how it looks."""

from pydantic import Field as Option

from knowledge.model import Model
from knowledge.notice import Citation


class Button(Model):
    """An offered choice: `id` (at most 64 bytes, for messengers), `label` (what is read)."""

    id: str
    label: str


class File(Model):
    """A file handed over: its safe name and its bytes."""

    name: str
    content: bytes = Option(repr=False)


class Reply(Model):
    """One message to the applicant."""

    text: str
    choices: tuple[Button, ...] = ()
    citations: tuple[Citation, ...] = ()
    files: tuple[File, ...] = ()
