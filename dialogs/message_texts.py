"""What applicants read: `messages.yaml`, by room and meaning, filled in with the words of the pack at hand.

A sentence is found by its key, `review.intro`. Its `{names}` stand for what the caller gives, for a word of the form
(`WORDS_OF_PACK`), or for a fact of the notice (`{deadline}`). A pack may put a sentence of its own in the place of any
of them (`NoticePack.messages`, from the pack's `messages.yaml`).
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from knowledge.facts import Facts
from knowledge.loading.messages_file import MESSAGES, MessageFile
from knowledge.loading.yaml_file import parse_yaml
from knowledge.pack import NoticePack

WORDS_OF_PACK = ("form_name", "form_title", "consent", "contact", "call")


class MessageFault(NamedTuple):
    """What is wrong with a pack's own sentence: its key, and what to write instead (Chinese, for staff)."""

    key: str
    reason: str
    mend: str


@cache
def shared_texts() -> Mapping[str, str]:
    """Give the sentences that hold for every call, by key."""
    text = (files("dialogs") / MESSAGES).read_text(encoding="utf-8")
    return MessageFile.model_validate(parse_yaml(MESSAGES, text)).by_key


def say(key: str, /, **parts: object) -> str:
    """Give a sentence where no pack is at hand; the names in it are `parts`, and no others.

    Raises:
        KeyError: there is no such sentence, or it has a name that is not in `parts`.
    """
    return Facts({}).fill(shared_texts()[key], **parts)


class Messages:
    """The sentences as one pack says them."""

    def __init__(self, pack: NoticePack) -> None:
        """Put the pack's own sentences over the shared ones; do it once per pack (`pack_cache.messages_of`).

        `words` is what the pack calls its form, its declaration, its office, by the names of `WORDS_OF_PACK`.
        """
        self._facts = pack.facts
        self._texts = {**shared_texts(), **pack.messages}
        self.words: Mapping[str, str] = _words_of_pack(pack, self._texts)

    def say(self, key: str, /, **parts: object) -> str:
        """Give a sentence with every `{name}` filled in, from `parts` first.

        Raises:
            KeyError: there is no such sentence, or a name in it that nobody knows.
        """
        words = {**self.words, **parts}
        return self._facts.fill(_bracketed_once(self._texts[key], words), **words)


def _bracketed_once(text: str, words: Mapping[str, object]) -> str:
    """Leave out a sentence's own brackets round a word that brings its own: （{clause}） with （一） is （一）."""
    for opening, closing in ("（）", "《》"):
        for name, word in words.items() if f"{opening}{{" in text else ():
            shown = str(word)
            if shown[:1] == opening and shown.find(closing) == len(shown) - 1:
                text = text.replace(f"{opening}{{{name}}}{closing}", f"{{{name}}}")
    return text


def _words_of_pack(pack: NoticePack, texts: Mapping[str, str]) -> dict[str, str]:
    """Give what a pack calls its form, its declaration, its office: name → word."""
    consents = [field.label for field in pack.form.fields if field.statement]
    office = ("contact_department", "contact_name", "contact_phone")
    return {
        "form_name": pack.form.short_name or texts["names.form"],
        "form_title": pack.form.title,
        "consent": consents[0] if consents else texts["names.consent"],
        "contact": " ".join(pack.facts.shown(name) for name in office if name in pack.facts) or texts["names.contact"],
        "call": pack.call,
    }


def message_faults(pack: NoticePack) -> Iterator[MessageFault]:
    """List a pack's own sentences that are never said, or that hold a name nobody fills in."""
    shared = shared_texts()
    for key, text in pack.messages.items():
        if key not in shared:
            yield MessageFault(key, say("check.unknown_message", key=key), say("check.known_messages"))
            continue
        allowed = tuple(dict.fromkeys((*Facts.names_in(shared[key]), *WORDS_OF_PACK, *pack.facts)))
        for name in Facts.names_in(text):
            if name not in allowed:
                reason = say("check.unknown_name", name=name)
                yield MessageFault(key, reason, say("check.known_names", names="、".join(allowed)))
