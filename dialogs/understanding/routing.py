"""What a message is as a whole: a command, an answer to the field being asked, a question, or unclear.

Three witnesses decide together: the field's own validator, the form of the words, and what the notice
knows about them. The search is asked last, and only when the first two leave a doubt: half of all real
answers would find some entry of the FAQ.
"""

from dataclasses import dataclass
from functools import cached_property

from dialogs.fields.kind import Kind
from dialogs.fields.outcome import Outcome, Rejected
from dialogs.fields.registry import kind_of
from dialogs.understanding.acts import Control, Either, Inquire, Plain
from dialogs.understanding.commands import SOFT, Intent, command_of
from dialogs.understanding.field_names import field_names_of
from dialogs.understanding.situation import Situation
from dialogs.understanding.topic_wordings import is_topic
from knowledge.form import Field
from knowledge.search.answer import Abstention, Answer
from knowledge.text.question_form import Asks, asks, denies, hedges, is_title, last_clause, sentences, wants_rule
from knowledge.text.tokens import plain, words

_LONGEST_QUESTION = 80  # characters; beyond that a text is prose, whatever it ends with
_PROSE = 240  # characters, quotes included; not worth a look
_PHRASE_LENGTH = 30  # beyond it only the end of a sentence tells whether it asks
_SHORT_QUESTION = 60
_PHRASE = 5  # words; shorter ones with a question mark may be a doubtful answer
_LIKELY, _SURE = 0.6, 0.85  # how likely the search must hold its answer right, of 1
_TOPIC = 10  # words; a topic such as 截止时间 is short


def route(text: str, at: Situation) -> Control | Plain | Inquire | Either:
    """Decide what a message as a whole is, read at the field asked for, or outside the form. Never raises."""
    intent, field = command_of(text, at.pack.form), at.asked
    if field is None:
        return _outside(text, intent, at)
    if intent and _is_certain(intent, field):
        return Control(intent=intent)
    outcome = at.judge(field, text)
    if intent and isinstance(outcome, Rejected):
        return Control(intent=intent)
    return _Doubt(text, field, outcome, at).settle()


def _outside(text: str, intent: Intent | None, at: Situation) -> Control | Inquire:
    if intent and intent.sure:
        return Control(intent=intent)
    found = at.find(text)
    is_question = isinstance(found, Answer) and found.score >= _LIKELY
    return Control(intent=intent) if intent and not is_question else Inquire(found=found)


def _is_certain(intent: Intent, field: Field) -> bool:
    return intent.sure and not (intent.name in SOFT and kind_of(field).assents)


@dataclass(frozen=True)
class _Doubt:
    """A message that is no command, inside a field: the witnesses heard one after the other."""

    text: str
    field: Field
    outcome: Outcome
    at: Situation

    def settle(self) -> Plain | Inquire | Either:
        """Weigh the form of the words against what the validator said."""
        form = form_of(self._without_names(), self.field)
        if isinstance(self.outcome, Rejected):
            return self._refused(form)
        if self.kind.takes_words:
            return self._any_words_fit(form)
        return self._fits(form)

    @property
    def kind(self) -> Kind:
        """What the field holds."""
        return kind_of(self.field)

    def _without_names(self) -> str:
        """The words without the person the validator found in them: 冯如何 and 何为 do not ask."""
        value = None if isinstance(self.outcome, Rejected) else self.outcome.value
        name = value.get("name") if isinstance(value, dict) else None
        return self.text.replace(name, "某") if isinstance(name, str) and name else self.text

    @cached_property
    def found(self) -> Answer | Abstention:
        """What the notice says to these words."""
        return self.at.find(self.text, during=self.field.key)

    @property
    def _answer(self) -> Plain:
        return Plain(outcome=self.outcome)

    @property
    def _question(self) -> Inquire:
        return Inquire(found=self.found)

    @property
    def _unclear(self) -> Either:
        return Either(outcome=self.outcome, found=self.found)

    def _fits(self, form: Asks) -> Plain | Inquire | Either:
        """The words hold a value of a narrow kind, a date or a sum: only a clear question outweighs that."""
        if form is Asks.NO:
            return self._answer
        return self._question if form is Asks.YES and not self.kind.telling else self._unclear

    def _any_words_fit(self, form: Asks) -> Plain | Inquire | Either:
        """The validator has no say: the form decides, and the notice when the form only hints."""
        if form is Asks.NO:
            return self._named_topic() if self._is_bare_topic() else self._answer
        if self.kind.titled and (is_title(self.text) or self._is_labelled()):
            return self._answer
        if form is Asks.YES and (not self.kind.titled or wants_rule(self.text)):
            return self._question
        if isinstance(self.found, Abstention) and self.found.reason == "unknown":
            return self._unclear
        sure = form is Asks.YES and not self.kind.titled  # 为什么要垃圾分类？ may be a title
        return self._question if sure or self.found.score >= _LIKELY else self._unclear

    def _refused(self, form: Asks) -> Plain | Inquire:
        """No value: a question, unless the words are an attempt at an answer, whose refusal must be shown."""
        size = len(words(self.text))
        if form is Asks.YES:
            return self._question
        if form is Asks.PERHAPS and size > 1 and not hedges(self.text):
            return self._question if size >= _PHRASE or is_known(self.found) else self._answer
        topic = self._other_topic()
        return Inquire(found=topic) if topic else self._answer

    def _is_labelled(self) -> bool:
        """「项目名称：……」: whatever follows is the name."""
        head, colon, _ = plain(self.text).partition(":")
        return bool(colon) and field_names_of(self.at.pack.form).exact(head) == self.field.key

    def _is_bare_topic(self) -> bool:
        """Nothing but a topic staff listed, such as 截止时间: no name of a project, no honour, no description."""
        return (
            (self.kind.titled or self.kind.paragraphs)
            and len(words(self.text)) <= _TOPIC
            and is_topic(self.text, self.at.pack.faq)
        )

    def _named_topic(self) -> Inquire | Either:
        return self._unclear if self.kind.titled else self._question

    def _other_topic(self) -> Answer | Abstention | None:
        """What the notice says to a bare topic it surely knows, unless the words name this field or deny: 没有资金."""
        said = words(self.text)
        counts = any(word.isdecimal() for word in said)
        own = denies(self.text) or field_names_of(self.at.pack.form).exact(self.text) == self.field.key
        if counts or own or not 1 < len(said) <= _TOPIC:
            return None
        found = self.at.find(self.text)  # the field would only draw it to its own entries
        if is_topic(self.text, self.at.pack.faq):
            return found if is_known(found) else None
        certain = isinstance(found, Answer) and found.score >= _SURE and not self.kind.assents
        return found if certain else None


def is_known(found: Answer | Abstention) -> bool:
    """Tell whether the notice, or our list of what it leaves open, speaks of this."""
    return isinstance(found, Answer) or found.recognised


def form_of(text: str, field: Field) -> Asks:
    """Judge the form of a message to a field: a long text that holds questions is still a text."""
    if len(text) > _PROSE:
        return Asks.NO
    if not kind_of(field).paragraphs:
        return asks(text)
    parts = sentences(text)
    size = sum(map(len, parts))
    if not parts or len(parts) > 2 or size > (_LONGEST_QUESTION if len(parts) == 1 else _SHORT_QUESTION):  # noqa: PLR2004
        return Asks.NO
    return asks(parts[-1] if len(parts[-1]) <= _PHRASE_LENGTH else last_clause(parts[-1]))
