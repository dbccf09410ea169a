"""Whether words have the form of a question: signs of asking, whatever they ask about.

The signs are data (`lexicon/question_form.yaml`).
"""

import re
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.text.tokens import plain

_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|「[^「」]*」|『[^『』]*』|\"[^\"]*\"|‘[^‘’]*’|'[^']*'")
_LINK = re.compile(r"(?:https?://|www\.)[^\s,。;、)】”》]+")
_SENTENCE = re.compile(r"[^。!;\n?]+[。!;\n?]*")
_CLAUSE_END = re.compile(r"[,:：—…\s]+")
_CALL = re.compile(r".*[?!]")
_SUBTITLE = 4  # characters at least


class Asks(IntEnum):
    """How much a message looks like a question."""

    NO = 0
    PERHAPS = 1
    YES = 2


class Signs(Model):
    """All of `lexicon/question_form.yaml`."""

    lull: str
    not_asking: tuple[str, ...]
    clear: tuple[str, ...]
    final: tuple[str, ...]
    hint: tuple[str, ...]
    courtesy: str
    titles: str
    grand_titles: str
    askers: str
    rules: str
    about_form: str
    denies: str


class _Signs:
    """The signs, compiled."""

    def __init__(self, signs: Signs) -> None:
        self.not_asking = [re.compile(sign) for sign in signs.not_asking]
        self.clear = [re.compile(sign) for sign in signs.clear]
        self.final = [re.compile(sign) for sign in signs.final]
        self.hint = [re.compile(sign) for sign in signs.hint]
        self.lull = signs.lull
        self.courtesy = re.compile(rf"(?:^|[,.。!?\s]){signs.courtesy}\Z")
        self.title = re.compile(rf"{signs.titles}\Z")
        self.grand_title = re.compile(rf"{signs.grand_titles}\Z")
        self.askers = re.compile(signs.askers)
        self.rules = re.compile(signs.rules)
        self.denies = re.compile(signs.denies)
        self.about_form = re.compile(signs.about_form)


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    return _Signs(load_yaml(Path(__file__).parent / "lexicon" / "question_form.yaml", Signs))


@lru_cache(256)
def asks(text: str) -> Asks:
    """Judge the form of a message; what it quotes or links to does not count."""
    said = unquoted(text)
    signs = _signs()
    clauses = [_ending(clause) for sentence in _SENTENCE.findall(said) for clause in _CLAUSE_END.split(sentence)]
    if any(sign.search(said) for sign in signs.clear) or any(
        sign.search(clause) for clause in clauses for sign in signs.final
    ):
        return Asks.YES
    return Asks.PERHAPS if any(sign.search(said) for sign in signs.hint) else Asks.NO


def sentences(text: str) -> list[str]:
    """Cut a text, its quotes left out, into sentences; closing thanks are no sentence."""
    return [sentence for sentence in _SENTENCE.findall(unquoted(text)) if sentence.strip(_signs().lull + "?")]


def last_clause(sentence: str) -> str:
    """Give the end of a sentence, from its last comma or colon on."""
    return [clause for clause in _CLAUSE_END.split(sentence) if clause.strip(_signs().lull)][-1]


def unquoted(text: str) -> str:
    """Give what the applicant says in his own words: quotes, links and closing courtesy taken out."""
    said = _LINK.sub("", _QUOTED.sub("某", plain(text)))
    signs = _signs()
    for sign in signs.not_asking:
        said = sign.sub("", said)
    return signs.courtesy.sub("", said.rstrip(signs.lull)).strip()


def is_title(text: str) -> bool:
    """Tell whether words end like the name of a project or a unit and hold no word of somebody asking for a rule.

    A title may have a second half behind a dash, which then decides, or begin with a call: 要不要一起回家？…云支教
    """
    said = _called(unquoted(text).rstrip(_signs().lull + "?"))
    _, dash, second = said.rpartition("—")
    if dash and len(second) >= _SUBTITLE and asks(second) is Asks.NO and not _signs().rules.search(second):
        return not plain(text).rstrip().endswith("?")
    if _signs().grand_title.search(said):
        return not _signs().askers.search(said)
    return bool(_signs().title.search(said)) and not _signs().rules.search(said)


def _called(said: str) -> str:
    """Leave off a call in front of a title, 要不要一起回家？, unless it speaks of the form."""
    call = _CALL.match(said)
    return said if call is None or _signs().about_form.search(call[0]) else said[call.end() :]


def wants_rule(text: str) -> bool:
    """Tell whether words speak of what may or must be done here, as titles do not."""
    return bool(_signs().rules.search(unquoted(text)))


def denies(text: str) -> bool:
    """Tell whether words say that there is none, or that nobody can tell: 没有投入资金, 说不准."""
    return _signs().denies.match(plain(text).strip()) is not None


def hedges(text: str) -> bool:
    """Tell whether words guess at an answer: 应该有吧？"""
    return plain(text).rstrip("?" + _signs().lull).endswith("吧")


def _ending(clause: str) -> str:
    return clause.rstrip(_signs().lull)
