"""What the applicant wants done: commands in words, by look or by sound, wrapped in courtesy or not.

The words are data (`lexicon/commands.yaml`). A command must be the whole message: an answer that merely
contains 取消 or 上一步 is an answer.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dialogs.fields.registry import kind_of
from dialogs.understanding.field_names import field_names_of
from dialogs.understanding.grammar import Courtesy, any_of, compiled
from knowledge.form import Form, once_a_form
from knowledge.loading.yaml_file import load_yaml
from knowledge.model import Model
from knowledge.text.numerals import whole_number
from knowledge.text.question_form import Asks, asks
from knowledge.text.tokens import by_look, by_sound, look, words

SOFT = frozenset({"greet", "thanks"})  # said in passing: a field that takes the words has the first claim
_LONGEST = 26  # words; nobody steers in longer sentences, and matching stays cheap
_PROSE = 120  # characters; longer texts are not looked through
_QUOTED = re.compile(r"\A\s*(《[^》]*》|“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\")\s*\Z")
_CLAUSE_END = re.compile(r"[，,。；;！!~～…\s]+")
_DIGITS = re.compile(r"\d")
_NUMBER = re.compile(r"第([0-9]{1,3}|[一二两三四五六七八九十]{1,3})|([0-9]{1,3})(?:份|号)")  # 第二份, 2号
_ASKED = re.compile(r"[?？]\s*\Z")
_REMEMBERED = 32  # texts
_MANY = 4  # clauses; who writes more of them tells a story
_SLASH = re.compile(r"\A\s*[/／]\s*(?P<name>[^\s@]+)(?:@\w+)?\s*(?P<rest>.*)\Z", re.DOTALL)


class Intent(Model):
    """A wish: `name` as in `lexicon/commands.yaml`; for `edit` the field named, if any, and the new value, if given.

    `number` is the application named by its number (第二份). `sure` is false when only the sound of the words agrees
    and they are few: 玉兰 sounds like 预览.
    """

    name: str
    field: str | None = None
    value: str | None = None
    number: int | None = None
    sure: bool = True


class Phrases(Model):
    """The wordings of one command; see `lexicon/commands.yaml` for the grammar."""

    name: str
    contract: str | None = None
    says: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()


class EditPhrases(Model):
    """The wordings of a wish to change an earlier answer; see `lexicon/commands.yaml`."""

    contract: str
    verbs: str
    faults: str
    then: str
    into: tuple[str, ...]
    fillers: tuple[str, ...]
    vague: tuple[str, ...]


class GeneralWords(Model):
    """How any call says what one call has its own words for; see `lexicon/commands.yaml`."""

    form: str
    subject: str
    prose: str


class Vocabulary(Model):
    """All of `lexicon/commands.yaml`."""

    general: GeneralWords
    before: tuple[str, ...]
    after: tuple[str, ...]
    ask_before: tuple[str, ...]
    ask_after: tuple[str, ...]
    commands: tuple[Phrases, ...]
    edit: EditPhrases


@dataclass(frozen=True)
class _Ear:
    """The commands compiled for one way of comparing words: by look, or by sound."""

    spell: Callable[[str], str]
    says: re.Pattern[str]
    orders: re.Pattern[str]
    wishes: re.Pattern[str]
    faults: re.Pattern[str]
    fillers: re.Pattern[str]
    vague: re.Pattern[str]

    @property
    def least(self) -> int:
        """How few words can be a command: one syllable means anything, 再 sounds like 在 and 该 like 改."""
        return 1 if self.spell is by_look else 2

    def line(self, tokens: list[str]) -> str:
        """Write words the way the patterns are written."""
        return "".join(map(self.spell, tokens))


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return load_yaml(Path(__file__).parent / "lexicon" / "commands.yaml", Vocabulary)


@lru_cache(maxsize=2)
def _courtesy(*, asking: bool) -> Courtesy:
    vocabulary = _vocabulary()
    before, after = vocabulary.before, vocabulary.after
    if asking:
        before, after = (*before, *vocabulary.ask_before), (*after, *vocabulary.ask_after)
    return Courtesy.of(before, after, by_look)


@lru_cache(maxsize=2)
def _ear(spell: Callable[[str], str]) -> _Ear:
    commands, edit = _vocabulary().commands, _vocabulary().edit
    verbs, faults, then = (any_of([phrase], spell) for phrase in (edit.verbs, edit.faults, edit.then))
    fillers = any_of(edit.fillers, spell)
    return _Ear(
        spell=spell,
        says=_named_groups({c.name: c.says for c in commands if c.says}, spell),
        orders=_named_groups({c.name: c.orders for c in commands if c.orders}, spell),
        wishes=compiled(f"(?P<by>{verbs})(?P<what>.*?)"),
        faults=compiled(f"(?P<what>.*?)(?P<by>{faults}){then}?"),
        fillers=re.compile(f"\\A{fillers}|{fillers}\\Z"),
        vague=compiled(any_of(edit.vague, spell)),
    )


def _named_groups(phrases: Mapping[str, Sequence[str]], spell: Callable[[str], str]) -> re.Pattern[str]:
    return compiled("|".join(f"(?P<{name}>{any_of(lines, spell)})" for name, lines in phrases.items()))


def command_of(text: str, form: Form) -> Intent | None:
    """Read a message as a command, or give None when it is something else.

    Never raises. `edit` carries the key of the field it names; a name nobody knows makes it no command. What was read
    last is remembered: one turn asks more than once, of the message and of its clauses.
    """
    known = _last.get(text)
    if known is None or known[0] is not form:
        if len(_last) >= _REMEMBERED:
            _last.clear()
        known = _last[text] = (form, _read_command(text, form))
    return known[1]


_last: dict[str, tuple[Form, Intent | None]] = {}


def _read_command(text: str, form: Form) -> Intent | None:
    slash = _SLASH.match(text)
    if slash:
        return _command(f"{slash['name']} {slash['rest']}", form)
    if _QUOTED.match(text):
        return None
    return _new_value(text, form) or (_command(text, form) or _among_others(text, form) if len(text) < _PROSE else None)


def contract_name(intent: Intent) -> str | None:
    """Give the name other programs know the intent by (`shenbao ask`), None when they know none."""
    if intent.name == "edit":
        return _vocabulary().edit.contract
    return next((command.contract for command in _vocabulary().commands if command.name == intent.name), None)


def _command(text: str, form: Form) -> Intent | None:
    tokens = words(text)
    if not 0 < len(tokens) <= _LONGEST:
        return None
    asked = _ASKED.search(text) is not None
    spans = _Spans(tokens, asked=asked)
    general = _Spans(words(in_general_words(text, form)), asked=asked)
    seen, misspelt = (
        _named(general, ear) or _edit(spans, ear, form) or _edit(general, ear, form)
        for ear in (_ear(by_look), _ear(by_sound))
    )
    return seen or (misspelt and misspelt.model_copy(update={"sure": len(tokens) > 2}))  # noqa: PLR2004


def in_general_words(text: str, form: Form) -> str:
    """Say a message in the words of any call: 报名表 is 申报表, 优秀公益项目 is 项目, 项目简介 is 正文."""
    for name, general in _own_names(form):
        text = text.replace(name, general)
    return text


@once_a_form
def _own_names(form: Form) -> tuple[tuple[str, str], ...]:
    """Give a form's own names with the general word for each, the longest first."""
    general = _vocabulary().general
    own = {name: general.form for name in (form.title, form.short_name) if name}
    own |= {name: general.prose for field in form.fields if kind_of(field).paragraphs for name in field.names}
    before, found, _ = form.title.partition(general.subject)
    if found:
        own |= {before[start:] + found: found for start in range(len(before))}
    return tuple((name, own[name]) for name in sorted(own, key=len, reverse=True))


class _Spans:
    """The words of a message, and the stretches left of it when courtesy is taken off."""

    def __init__(self, tokens: list[str], *, asked: bool) -> None:
        self.tokens = tokens
        line = look(tokens)
        self.asking = _courtesy(asking=True).cores(line)
        self.plain = [] if asked else _courtesy(asking=False).cores(line)


def _named(spans: _Spans, ear: _Ear) -> Intent | None:
    line = ear.line(spans.tokens)
    for stretches, commands in ((spans.asking, ear.says), (spans.plain, ear.orders)):
        cores = [line[first:last] for first, last in stretches if last - first >= ear.least]
        for match in filter(None, map(commands.match, cores)):
            return Intent(name=str(match.lastgroup), number=_number("".join(spans.tokens)))
    return None


def _number(said: str) -> int | None:
    match = _NUMBER.search(said)
    return whole_number(match[1] or match[2]) if match else None


def _edit(spans: _Spans, ear: _Ear, form: Form) -> Intent | None:
    line = ear.line(spans.tokens)
    said = spans.asking if ear.spell is by_look else spans.plain  # 公章要盖吗 sounds like 要改吗
    for pattern, stretches in ((ear.wishes, spans.asking), (ear.faults, said)):
        for first, last in stretches:
            match = pattern.match(line[first:last])
            if match is None or len(match["by"]) < ear.least:
                continue
            start, end = match.span("what")
            if intent := _edit_of(spans.tokens[first + start : first + end], ear, form):
                return intent
    return None


def _among_others(text: str, form: Form) -> Intent | None:
    """Read 「点错了，返回上一步」: a command with its reason, where nothing is asked and nothing is counted."""
    clauses = [clause for clause in _CLAUSE_END.split(text) if words(clause)]
    if not 1 < len(clauses) < _MANY or len(words(text)) > _LONGEST or _DIGITS.search(text):
        return None
    wishes = [_command(clause, form) for clause in clauses if len(words(clause)) > 1]
    if wishes and wishes[0] and all(wish == wishes[0] for wish in wishes):
        return wishes[0]
    if asks(text) is Asks.YES:
        return None
    firm = [wish for wish in wishes if wish and wish.sure and wish.name not in SOFT]
    if firm:
        return next((wish for wish in firm if wish.field or wish.name != "edit"), firm[-1])  # 不对，上一步
    if asks(text) is not Asks.NO:  # 「三个一起报，行吧」 thanks nobody
        return None
    soft = next((wish for wish in wishes if wish and wish.name in SOFT), None)
    return soft and soft.model_copy(update={"sure": False})


def _edit_of(what: list[str], ear: _Ear, form: Form) -> Intent | None:
    """Say what is to be edited: a field, or something mentioned vaguely; None when it is neither."""
    name = "".join(what)
    if key := field_names_of(form).exact(name):
        return Intent(name="edit", field=key)
    line = ear.line(what)
    if not line or ear.vague.match(line):
        return Intent(name="edit")
    shorter = ear.fillers.sub("", line, count=1)
    if shorter != line:
        start = 0 if line.startswith(shorter) else len(what) - len(shorter)
        return _edit_of(what[start : start + len(shorter)], ear, form)
    key = field_names_of(form).near(name)
    return Intent(name="edit", field=key) if key else None


def _new_value(text: str, form: Form) -> Intent | None:
    """Read 「把项目名称改成……」: the field and its new value in one go."""
    match = _into().match(text)
    key = match and field_names_of(form).exact(
        re.sub("^(把|将|將|请把|请将|请|帮我把|麻烦把)|的$", "", match["head"].strip())
    )
    return Intent(name="edit", field=key, value=match["value"].strip()) if match and key else None


@lru_cache(maxsize=1)
def _into() -> re.Pattern[str]:
    ways = "|".join(map(re.escape, _vocabulary().edit.into))
    return re.compile(rf"\A(?P<head>.{{2,20}}?)(?:{ways})[:：\s]*(?P<value>\S.*)\Z", re.DOTALL)
