"""What people put around a question, taken off: greetings, apologies, 「想请教一下」, thanks (`lexicon/frame.yaml`).

A message is cut into clauses; each loses its opening and closing phrases, and a clause that is nothing else goes. What
is left is what the message is about.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.text.normalise import simplified

_FRAGMENT = re.compile(r"\{([a-z_]+)\}")
_CLAUSE = re.compile(r"[^,.。!?;:…\n]+[,.。!?;:…\n]*")
_MARKS = " ,.。!?;:…~\n\t"
_LONGEST = 60  # characters of a clause in which a frame is looked for
_ROUNDS = 4  # phrases taken off one end: 「老师好 打扰了 想请教一下」


class Frame(Model):
    """All of `lexicon/frame.yaml`: fragments, and the phrases of each end of a clause."""

    ah: str
    titles: str
    you: str
    opening: tuple[str, ...]
    closing: tuple[str, ...]


@cache
def _ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the phrases: those a clause begins with, those it ends with."""
    frame = load_yaml(Path(__file__).parent / "lexicon" / "frame.yaml", Frame)
    fragments = {"ah": frame.ah, "you": frame.you, "titles": frame.titles}

    def filled(phrases: tuple[str, ...]) -> str:
        return "|".join(_FRAGMENT.sub(lambda name: fragments[name[1]], phrase) for phrase in phrases)

    return re.compile(filled(frame.opening)), re.compile(rf"(?:{filled(frame.closing)})$")


@lru_cache(512)
def unframed(text: str) -> str:
    """Give a message without its frame, simplified; the text itself where nothing else would be left."""
    plain = simplified(text)
    kept = [core for clause in _CLAUSE.findall(plain) if (core := _core(clause)).strip(_MARKS)]
    return "".join(kept).strip() or plain


def _core(clause: str) -> str:
    """Take the opening and the closing phrases off one clause; its marks stay behind what is left."""
    words = clause.strip(_MARKS)
    if len(words) > _LONGEST:
        return clause
    opening, closing = _ends()
    marks = clause.rstrip()[len(clause.rstrip(_MARKS)) :]
    for _ in range(_ROUNDS):
        begun = opening.match(words)
        ended = closing.search(words)
        if begun and begun.end():
            words = words[begun.end() :].strip(_MARKS)
        elif ended and ended.start() < len(words):
            words = words[: ended.start()].strip(_MARKS)
        else:
            break
    return words + marks if words else ""
