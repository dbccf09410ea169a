"""What the applicant wants done: commands in words, by look or by sound, wrapped in courtesy or not.

The words are data (`intents.yaml`). A command must be the whole message: an answer that merely
contains 取消 or 上一步 is an answer.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dialogs.labels import labels_of
from dialogs.lines import by_look, by_sound, heard, look, words
from dialogs.phrases import Courtesy, any_of, compiled
from knowledge.form import Form
from knowledge.model import Model
from knowledge.yaml_source import load_yaml

SOFT = frozenset({"greet", "thanks"})  # said in passing: a field that takes the words has the first claim
_LONGEST = 26  # words; nobody steers in longer sentences, and matching stays cheap
_QUOTED = re.compile(r"\A\s*(《[^》]*》|“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\")\s*\Z")
_SLASH = re.compile(r"\A\s*[/／]\s*(?P<name>[^\s@]+)(?:@\w+)?\s*(?P<rest>.*)\Z", re.DOTALL)


class Intent(Model):
    """A wish: `name` as in `intents.yaml`; for `edit` the field named, if any, and the new value, if given.

    `sure` is false when only the sound of the words agrees and they are few: 玉兰 sounds like 预览.
    """

    name: str
    field: str | None = None
    value: str | None = None
    sure: bool = True


class Phrases(Model):
    """The wordings of one command; see `intents.yaml` for the grammar."""

    name: str
    contract: str | None = None
    says: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()


class EditPhrases(Model):
    """The wordings of a wish to change an earlier answer; see `intents.yaml`."""

    contract: str
    verbs: str
    faults: str
    then: str
    into: tuple[str, ...]
    fillers: tuple[str, ...]
    vague: tuple[str, ...]


class Vocabulary(Model):
    """All of `intents.yaml`."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    ask_before: tuple[str, ...]
    ask_after: tuple[str, ...]
    commands: tuple[Phrases, ...]
    edit: EditPhrases


@dataclass(frozen=True)
class _Ear:
    """The vocabulary for one way of comparing words: by look, or by sound."""

    by_ear: bool
    plain: Courtesy
    asking: Courtesy
    says: re.Pattern[str]
    orders: re.Pattern[str]
    edits: tuple[re.Pattern[str], ...]
    fillers: re.Pattern[str]
    vague: re.Pattern[str]


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return load_yaml(Path(__file__).with_name("intents.yaml"), Vocabulary)


@lru_cache(maxsize=2)
def _ear(*, by_ear: bool) -> _Ear:
    spell = by_sound if by_ear else by_look
    vocabulary = _vocabulary()
    before, after, edit = vocabulary.before, vocabulary.after, vocabulary.edit
    verbs, faults, then = (any_of([phrase], spell) for phrase in (edit.verbs, edit.faults, edit.then))
    fillers = any_of(edit.fillers, spell)
    return _Ear(
        by_ear=by_ear,
        plain=Courtesy.of(before, after, spell),
        asking=Courtesy.of((*before, *vocabulary.ask_before), (*after, *vocabulary.ask_after), spell),
        says=_named_groups({c.name: c.says for c in vocabulary.commands if c.says}, spell),
        orders=_named_groups({c.name: c.orders for c in vocabulary.commands if c.orders}, spell),
        edits=(compiled(f"(?P<by>{verbs})(?P<what>.*?)"), compiled(f"(?P<what>.*?)(?P<by>{faults}){then}?")),
        fillers=re.compile(f"\\A{fillers}|{fillers}\\Z"),
        vague=compiled(any_of(edit.vague, spell)),
    )


def _named_groups(phrases: Mapping[str, Sequence[str]], spell: Callable[[str], str]) -> re.Pattern[str]:
    return compiled("|".join(f"(?P<{name}>{any_of(lines, spell)})" for name, lines in phrases.items()))


def command_of(text: str, form: Form) -> Intent | None:
    """Read a message as a command, or give None when it is something else.

    Never raises. `edit` carries the key of the field it names; a name nobody knows makes it no command.
    """
    slash = _SLASH.match(text)
    if slash:
        return _command(words(f"{slash['name']} {slash['rest']}"), form)
    if _QUOTED.match(text):
        return None
    return _new_value(text, form) or _command(words(text), form)


def contract_name(intent: Intent) -> str | None:
    """Give the name other programs know the intent by (DESIGN.md, `shenbao ask`), None when they know none."""
    if intent.name == "edit":
        return _vocabulary().edit.contract
    return next((command.contract for command in _vocabulary().commands if command.name == intent.name), None)


def _command(tokens: list[str], form: Form) -> Intent | None:
    if not 0 < len(tokens) <= _LONGEST:
        return None
    return (
        _named(look(tokens), _ear(by_ear=False))
        or _edit(tokens, look(tokens), _ear(by_ear=False), form)
        or _misspelt(tokens, form)
    )


def _misspelt(tokens: list[str], form: Form) -> Intent | None:
    if len(tokens) == 1:  # a single syllable means anything
        return None
    line, ear = heard(tokens), _ear(by_ear=True)
    intent = _named(line, ear) or _edit(tokens, line, ear, form)
    return intent and intent.model_copy(update={"sure": len(tokens) > 2})  # noqa: PLR2004


def _named(line: str, ear: _Ear) -> Intent | None:
    least = 2 if ear.by_ear else 1  # 再 sounds like 在
    for courtesy, commands in ((ear.asking, ear.says), (ear.plain, ear.orders)):
        cores = [line[first:last] for first, last in courtesy.cores(line) if last - first >= least]
        for match in filter(None, map(commands.match, cores)):
            return Intent(name=str(match.lastgroup))
    return None


def _edit(tokens: list[str], line: str, ear: _Ear, form: Form) -> Intent | None:
    for first, last in ear.asking.cores(line):
        for pattern in ear.edits:
            match = pattern.match(line[first:last])
            if match is None or (ear.by_ear and len(match["by"]) == 1):  # 该 sounds like 改
                continue
            start, end = match.span("what")
            if intent := _edit_of(tokens[first + start : first + end], ear, form):
                return intent
    return None


def _edit_of(what: list[str], ear: _Ear, form: Form) -> Intent | None:
    """Say what is to be edited: a field, or something mentioned vaguely; None when it is neither."""
    name = "".join(what)
    if key := labels_of(form).exact(name):
        return Intent(name="edit", field=key)
    line = heard(what) if ear.by_ear else look(what)
    if not line or ear.vague.match(line):
        return Intent(name="edit")
    shorter = ear.fillers.sub("", line, count=1)
    if shorter != line:
        start = 0 if line.startswith(shorter) else len(what) - len(shorter)
        return _edit_of(what[start : start + len(shorter)], ear, form)
    key = labels_of(form).near(name)
    return Intent(name="edit", field=key) if key else None


def _new_value(text: str, form: Form) -> Intent | None:
    """Read 「把项目名称改成……」: the field and its new value in one go."""
    match = _into().match(text)
    key = match and labels_of(form).exact(
        re.sub("^(把|将|將|请把|请将|请|帮我把|麻烦把)|的$", "", match["head"].strip())
    )
    return Intent(name="edit", field=key, value=match["value"].strip()) if match and key else None


@lru_cache(maxsize=1)
def _into() -> re.Pattern[str]:
    ways = "|".join(map(re.escape, _vocabulary().edit.into))
    return re.compile(rf"\A(?P<head>.{{2,20}}?)(?:{ways})[:：\s]*(?P<value>\S.*)\Z", re.DOTALL)
