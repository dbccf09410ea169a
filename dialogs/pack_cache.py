"""What is computed from a pack once and used by every turn: machine, finder, tied template, sentences."""

from functools import lru_cache

from dialogs.document.auto_tagging import auto_tagged
from dialogs.message_texts import Messages
from dialogs.state_machine import FormMachine
from knowledge.pack import NoticePack
from knowledge.search.finder import Finder

_PACKS = 4  # versions kept, 30 MB each: the live one, and those replaced while turns were under way


@lru_cache(_PACKS)
def machine_of(pack: NoticePack) -> FormMachine:
    """Give the state machine of the pack's form."""
    return FormMachine(pack.form)


@lru_cache(_PACKS)
def finder_of(pack: NoticePack) -> Finder:
    """Give what answers questions from the pack."""
    return Finder.of(pack)


@lru_cache(_PACKS)
def template_of(pack: NoticePack) -> bytes:
    """Give the pack's blank form with every field tied to its cell: by staff's tags, else by label and position.

    Raises:
        TemplateError: it is no Word document.
    """
    return auto_tagged(pack.template, pack.form)


@lru_cache(_PACKS)
def messages_of(pack: NoticePack) -> Messages:
    """Give what is said to applicants, in the words of the pack."""
    return Messages(pack)
