"""The one step from a message to its acts, where it holds more than one plain value, command or question.

Theory of operation. The message is cut into clauses. A clause may be a frame of its own (a jump, a putting off), name
a field and say something of it, take back what was said before (不对, 应该是…), ask, or be plain words. Going through
them in order, plain words gather as the answer to the field asked for; a taking back replaces what came last; a field
spoken of takes the value that follows. What the fields' own validators do not take is no value.
"""

import re
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio

from dialogs.fields.phone_numbers import find_phones
from dialogs.fields.read_value import Misread
from dialogs.fields.registry import kind_of
from dialogs.understanding.acts import Act, Ask, Give, Later, Propose, Unknown
from dialogs.understanding.clauses import SpokenClause, clauses, folded
from dialogs.understanding.commands import command_of
from dialogs.understanding.corrections import Remark, announces, remarks, stated
from dialogs.understanding.frames import LONGEST, frame, whole
from dialogs.understanding.mentions import Mention, names_of
from dialogs.understanding.no_value import for_another, no_value, sounds_spoken
from dialogs.understanding.prose import values_in_prose
from dialogs.understanding.putting_off import in_passing, put_off
from dialogs.understanding.situation import Situation
from dialogs.understanding.small_talk import small_talk
from dialogs.understanding.steering import steering
from knowledge.form import Field
from knowledge.search.answer import Answer
from knowledge.text.question_form import Asks, asks, is_title

_MARKS = " \t\n,.;:!?。，；：！？~～…、"
_PROSE_FIELDS = 3  # values of so many fields in one message are confirmed together
_FEW = 3  # clauses of a message that steers
_LEAST_TOLD = 16  # characters; a longer clause tells more than that something is wrong
_MOST_BESIDE_TEXT = 80  # characters while a text is asked for; a longer message is that text
_MOST = 400  # characters; who writes more of them writes a text
_ALIKE = 50  # of 100: a name and the same name put right
_SURE = 0.6  # likelihood from which the notice's answer tells a hint of a question from an answer


def read(text: str, at: Situation) -> tuple[Act, ...]:
    """Give the acts of a message; empty where it is one plain value, command or question, or a long text."""
    roomy = at.asked is not None and kind_of(at.asked).roomy
    if not 0 < len(text) <= (_MOST_BESIDE_TEXT if roomy else _MOST):
        return ()
    plain = folded(text).strip(_MARKS)
    cut = clauses(text)
    if not cut or not plain:
        return small_talk(folded(text).strip(), [], at)
    command = command_of(text, at.pack.form)
    sure = command.name if command and command.sure else ""
    if sure == "cancel":
        return ()
    steers = small_talk(plain, cut, at) or steering(plain, cut, at, commanded=bool(sure))
    return steers or (_skipped(at) if sure == "skip" else _told(text, plain, cut, at, sure))


def _skipped(at: Situation) -> tuple[Act, ...]:
    """A required field that is skipped is left open; an optional one is for the command itself."""
    asked = at.asked
    open_ = asked is not None and not (asked.optional or kind_of(asked).declared or at.holds(asked.key))
    return (Later(field=asked.key),) if asked is not None and open_ else ()


def _told(text: str, plain: str, cut: list[SpokenClause], at: Situation, sure: str) -> tuple[Act, ...]:
    """Read what a message tells; `sure` is the command it would be by itself."""
    acts = put_off(cut, at) or no_value(cut, at)
    if acts or sure not in ("", "edit"):
        return acts
    acts = _completed(text, at) or _will_it_do(text, plain, at) or _Reader(text, at, cut).acts()
    return acts or for_another(plain, text, at) or sounds_spoken(text, plain, at)


def _will_it_do(text: str, plain: str, at: Situation) -> tuple[Act, ...]:
    """Read 写640人可以吧: a value, and a word that asks whether it will do."""
    if at.asked is None or kind_of(at.asked).takes_words or len(plain) > LONGEST:
        return ()
    match = frame(r"\A{write_it}(?P<new>.{1,60}?)[,]?{will_do}\Z").match(plain)
    begin = folded(text).find(match["new"]) if match else -1
    value = text[begin : begin + len(match["new"])] if match and begin >= 0 else ""
    return (Give(field=at.asked.key, text=value),) if value and at.fits(at.asked, value) else ()


def _completed(text: str, at: Situation) -> tuple[Act, ...]:
    """Read a further part of a contact, the phone after the name: together with the words not taken before it fits."""
    asked = at.asked
    if asked is None or not kind_of(asked).people or asked.key not in at.draft.refused or at.holds(asked.key):
        return ()
    before = at.draft.refused[asked.key].text
    if at.fits(asked, text) or len(before) > LONGEST:
        return ()
    whole_value = next((each for each in (f"{before} {text}", f"{text} {before}") if at.fits(asked, each)), None)
    return (Give(field=asked.key, text=whole_value),) if whole_value else ()


@dataclass
class _Reader:
    """Goes through the clauses of one message."""

    text: str
    at: Situation
    cut: list[SpokenClause]
    given: dict[str, str] = field(default_factory=dict)  # field → the text for it, the latest counts
    questions: list[str] = field(default_factory=list)
    answer: list[tuple[int, int]] = field(default_factory=list)  # spans of plain words
    targets: list[Mention] = field(default_factory=list)  # fields said to be wrong, whose new value must follow
    last: Mention | None = None  # the field given last; None: the one asked for
    open: tuple[Mention, int] | None = None  # a contact begun, whose other parts follow: where its words start
    taken_back: bool = False  # the next value replaces the one before
    marked: bool = False  # something showed that this is no plain message

    def acts(self) -> tuple[Act, ...]:
        """Give the acts, or nothing where the message is plain."""
        if self._proposes():
            return (Propose(found=values_in_prose(self.cut, self.text, self.at)),)
        for clause in self.cut:
            self._take(clause)
        if not self.marked:
            return ()
        return self._gathered()

    def _proposes(self) -> bool:
        asked = self.at.asked
        open_ = asked is None or kind_of(asked).titled
        return (
            len(self.cut) >= _PROSE_FIELDS
            and open_
            and len(values_in_prose(self.cut, self.text, self.at)) > _PROSE_FIELDS - (asked is None)
        )

    def _take(self, clause: SpokenClause) -> None:
        found = self.at.mentions(clause.plain)
        if self._corrects(clause, found) or self._new_value(clause) or self._asks(clause):
            return
        if self._states(clause, found):
            return
        if whole("repair", clause.plain) or self._owns_up(clause):
            self.taken_back, self.marked = bool(self.answer or self.given), self.marked or bool(self.answer)
        elif not (self.targets and not self._fits_target(clause)) and not in_passing(clause):
            self._plain(clause)

    def _owns_up(self, clause: SpokenClause) -> bool:
        """手滑了, 数字打反了: what was said just before is wrong."""
        short = len(clause.plain) <= _LEAST_TOLD
        return short and frame(r"\A{ah}[^,]{0,6}?{fault}{end}\Z").match(clause.plain) is not None

    def _corrects(self, clause: SpokenClause, found: list[Mention]) -> bool:
        said = [each for each in remarks(clause, found) if self._may_correct(each)] if found else []
        if not said:
            return False
        for each in said:
            if each.value is not None and self._set(each.mention, self.text[slice(*each.value)]):
                self.marked = True
            elif each.value is None:
                self.targets, self.marked = (found if announces(clause, found) else [each.mention]), True
        return self.marked

    def _may_correct(self, said: Remark) -> bool:
        """A correction speaks of what is held; of the field asked for only where words of it were said before."""
        keys = set(said.mention.keys)
        own = self.at.asked is not None and self.at.asked.key in keys
        return any(self.at.holds(key) for key in keys) or (own and bool(self.answer)) or bool(said.value)

    def _new_value(self, clause: SpokenClause) -> bool:
        """Read 应该是4500人, 不是圈是群, 错了1580: the value of a correction begun before."""
        begun = bool(self.targets or self.answer or self.given)
        if self._exchanges(clause):
            return True
        match = frame(r"\A{ah}{not_old}(?P<old>.{1,40}?){rather}(?P<new>.{1,120})\Z").match(clause.plain)
        firm = match is not None
        if match is None and begun and frame(r"\A{ah}{not_old}.{1,40}\Z").match(clause.plain):
            self.taken_back = self.marked = True
            return True
        template = r"\A(?:{repair}|{fault}[,]?)?(?:{ah})(?:{give_new}|{copula})(?P<new>.{1,140})\Z"
        match = match or frame(template).match(clause.plain)
        match = match or frame(r"\A{repair}(?P<new>.{1,140})\Z").match(clause.plain)
        if match is None:
            return False
        strong = firm or frame(r"\A(?:{repair}|{fault}|{ah}{give_new})").match(clause.plain) is not None
        if not (begun or firm) or not (self.targets or self.taken_back or strong):
            return False
        start, end = match.span("new")
        words = self.text[clause.start + start : clause.start + end]
        if not self._replace(words):
            return False
        self.marked = True
        return True

    def _exchanges(self, clause: SpokenClause) -> bool:
        """Read 把2022年改成2023年 where what a field said to be wrong holds the old words: only they are exchanged."""
        match = frame(r"\A{ah}(?:把|将)(?P<old>.{1,60}?){become}(?P<new>.{1,120})\Z").match(clause.plain)
        if match is None:
            return False
        old, new = (self.text[clause.start + match.start(g) : clause.start + match.end(g)] for g in ("old", "new"))
        for target in self.targets:
            key = self._likeliest(target)[0]
            if old in self._held(key) and self._set(target, self._held(key).replace(old, new, 1)):
                self.marked = True
                return True
        return False

    def _replace(self, words: str) -> bool:
        for target in self.targets or ([self.last] if self.last else []):
            if self._set(target, words):
                return True
        asked = self.at.asked
        if asked is None:
            return False
        before = self._answer_text()
        whole_value = words if self.at.fits(asked, words) else with_part(asked, before, words, None)
        if whole_value is None or not self.at.fits(asked, whole_value):
            return False
        self.given[asked.key], self.answer, self.taken_back = whole_value, [], False
        return True

    def _set(self, mention: Mention, words: str) -> bool:
        """Put words to the first of the fields meant that takes them, as a whole or as a part of a contact."""
        for key in self._likeliest(mention):
            one = self.at.pack.fields[key]
            before = self.given.get(key) or self._own_answer(key) or self._held(key)
            part = mention.part if kind_of(one).people else None
            value = with_part(one, before, words, part) if part and before else None
            value = value or (words if self.at.fits(one, words) else with_part(one, before, words, part))
            if value is not None and self.at.fits(one, value):
                self.given[key] = value
                self.targets = [each for each in self.targets if each != mention]
                self.last, self.taken_back = mention, False
                return True
        return False

    def _own_answer(self, key: str) -> str:
        return self._answer_text() if self.at.asked is not None and key == self.at.asked.key else ""

    def _held(self, key: str) -> str:
        held = self.at.draft.values.get(key)
        return held.text if held else ""

    def _likeliest(self, mention: Mention) -> list[str]:
        """The field being answered first, then those that hold something, then the others."""
        asked = self.at.asked.key if self.at.asked else None
        own = bool(self.answer)
        return sorted(mention.keys, key=lambda key: (not (own and key == asked), not self.at.holds(key)))

    def _states(self, clause: SpokenClause, found: list[Mention]) -> bool:
        """Read a mere statement about another field, 受益1200, where the field asked does not claim it."""
        asked, done = self.at.asked, False
        for number, mention in enumerate(found):
            end = found[number + 1].start if number + 1 < len(found) else len(clause.plain)
            said = stated(clause, mention, end)
            words = self.text[slice(*said.value)] if said.value else self.text[clause.start : clause.end]
            keys = [key for key in mention.keys if self._may_state(key, mention)]
            if not keys or (asked is not None and asked.key in mention.keys):
                continue
            if mention.part and (kin := self._depending(clause.plain[mention.start : mention.end], words)):
                self.given[kin] = words
                self.marked = done = True
                continue
            if self._set(Mention(tuple(keys), mention.start, mention.end, mention.part, mention.whole), words):
                self.marked = done = True
            elif mention.part is None and said.value and kind_of(self.at.pack.fields[keys[0]]).people and self.answer:
                self.open, done = (mention, said.value[0]), True
        return done

    def _depending(self, word: str, words: str) -> str | None:
        """号码是…, after 是 was answered: the field that hangs on the one asked for, if the word is of its names."""
        asked = self.at.asked
        for one in self.at.pack.form.fields:
            hangs = asked is not None and one.when is not None and asked.key in one.when.keys
            if hangs and any(word in name for name in names_of(one)) and self.at.fits(one, words):
                return one.key
        return None

    def _may_state(self, key: str, mention: Mention) -> bool:
        one, asked = self.at.pack.fields[key], self.at.asked
        wordy = kind_of(one).takes_words
        if asked is not None and (kind_of(asked).roomy or (kind_of(asked).takes_words and self.at.holds(key))):
            return False  # in a text a figure beside a field's name corrects nothing: 财政资金20万元
        if wordy and (asked is None or asks(self.text) is not Asks.NO):
            return False
        if asked is not None and (kind_of(asked).titled or kind_of(asked).roomy) and (wordy or not mention.whole):
            return False
        return mention.start <= 6 and (mention.whole or not wordy)  # noqa: PLR2004 - 顺便, 还有 may stand before it

    def _asks(self, clause: SpokenClause) -> bool:
        asked, words = self.at.asked, self.text[clause.start : clause.end] + clause.mark[:1]
        if asked is None or len(self.cut) == 1:
            return False
        form = asks(words)
        if form is Asks.NO or (kind_of(asked).titled and is_title(words)):
            return False
        if form is Asks.PERHAPS and not _answers(self.at, words):
            return False
        if kind_of(asked).roomy:
            return False
        self.questions.append(words)
        self.marked = True
        return True

    def _fits_target(self, clause: SpokenClause) -> bool:
        words = self.text[clause.start : clause.end]
        return any(self._resembles(target, words) and self._set(target, words) for target in self.targets)

    def _resembles(self, target: Mention, words: str) -> bool:
        """A name put right looks like the name that was wrong; other values only have to fit."""
        key = self._likeliest(target)[0]
        held = self._held(key)
        titled = kind_of(self.at.pack.fields[key]).titled
        return not (titled and held) or ratio(words, held) >= _ALIKE

    def _plain(self, clause: SpokenClause) -> None:
        words = self.text[clause.start : clause.end]
        if self.targets and any(words == self.given.get(key) for target in self.targets for key in target.keys):
            return
        if self.taken_back and self._replace(words):
            return
        if self.open is not None:
            mention, start = self.open
            if self._set(mention, self.text[start : clause.end]):
                self.open = None
                self.marked = True
            return
        if self.last is None or not self.given:
            self.answer.append((clause.start, clause.end))

    def _answer_text(self) -> str:
        return self.text[self.answer[0][0] : self.answer[-1][1]] if self.answer else ""

    def _gathered(self) -> tuple[Act, ...]:
        asked = self.at.asked
        own = self._answer_text()
        if asked is not None and own and asked.key not in self.given:
            value = next((each for each in self._readings(own) if self.at.fits(asked, each)), None)
            if value is None and not self.given and not self.targets:
                return ()
            if value is not None:
                self.given[asked.key] = value
        if self.questions and (not self.given or self._only_described()):
            return ()
        acts: list[Act] = [
            Give(field=one.key, text=self.given[one.key]) for one in self.at.pack.form.fields if one.key in self.given
        ]
        acts += [Unknown(field=self._likeliest(target)[0]) for target in self.targets[:1] if not self.given]
        acts += [Ask(question=question) for question in self.questions]
        return tuple(acts)

    def _only_described(self) -> bool:
        """教渔民开网店的，放哪一类好: which option fits is asked, none is named."""
        asked = self.at.asked
        if asked is None or not kind_of(asked).optioned or list(self.given) != [asked.key]:
            return False
        names = [folded(name) for choice in asked.choices for name in (choice.label, choice.label.rpartition("+")[2])]
        return not any(name in folded(self.text) for name in names)

    def _readings(self, own: str) -> list[str]:
        return [own, *(self.text[start:end] for start, end in reversed(self.answer))]


def _answers(at: Situation, words: str) -> bool:
    found = at.find(words, at.asked.key if at.asked else None)
    return isinstance(found, Answer) and found.score >= _SURE


def with_part(one: Field, before: str, words: str, part: str | None) -> str | None:
    """Put a part into a contact said before: the new phone for the old, the new name for the old; None if it cannot be.

    The rest of the contact stays literally as it was said.
    """
    if not before or not kind_of(one).people:
        return None
    try:
        new, old = find_phones(words), find_phones(before)
    except Misread:
        return None
    if new and old and part in (None, "phone"):
        return before[: old[0].start] + words[new[0].start : new[0].end] + before[old[0].end :]
    if part in ("name", "unit") and old:
        spoken = [
            piece for piece in re.split(r"[\s,，、:：/]+", before[: old[0].start] + " " + before[old[0].end :]) if piece
        ]
        if not spoken:
            return None
        stale = max(spoken, key=len) if part == "unit" else min(spoken, key=len)
        return before.replace(stale, words.strip(), 1)
    return None
