"""Goes through the clauses of one message: corrections, statements, questions, and the answer to the field asked for.

Theory of operation. Plain words gather as the answer. A clause may name a field and say something of it; say that
what came before is wrong, so that what follows replaces it; exchange old words for new ones; ask; or explain, which
is no value. What a correction is for is known first, its value is looked for in what follows: behind words such as
应该是, as a whole clause, or over several clauses. What the fields' own validators do not take is no value.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from rapidfuzz.fuzz import ratio

from dialogs.fields.registry import kind_of
from dialogs.understanding.acts import Act, Ask, Give, Unknown
from dialogs.understanding.clause_signs import depending, hesitates, is_quoted, is_topic, names_only, names_somebody
from dialogs.understanding.clauses import SpokenClause, folded
from dialogs.understanding.corrections import Remark, announces, remarks, stated
from dialogs.understanding.exchanges import exchanges_in, quotes_held, recalled, tells_old_again, title_meant
from dialogs.understanding.frames import LONGEST, frame, whole
from dialogs.understanding.mentions import Mention, names_of
from dialogs.understanding.new_values import marked_values, possible_values, unquoted
from dialogs.understanding.prose import told_in
from dialogs.understanding.prose_fields import chosen_option
from dialogs.understanding.prose_pieces import PHONE, lists_facts
from dialogs.understanding.putting_off import in_passing
from dialogs.understanding.told_values import ToldValues
from knowledge.form import Field
from knowledge.search.answer import Answer
from knowledge.text.question_form import Asks, asks, is_title

_PROSE_FIELDS = 3  # values of so many fields in one message are confirmed together
_LEAST_TOLD = 16  # characters; a longer clause tells more than that something is wrong
_MOST = 12  # clauses of a message that corrects or answers; who says more tells a story
_EARLY = 6  # characters that may stand before a field's name: 顺便, 还有
_BARE = 12  # characters; an answer behind a correction is short
_NEARLY = 80  # of 100: alike enough to be the same value, put right
_SURE = 0.6  # likelihood from which the notice's answer tells a hint of a question from an answer
_LEADING_UP = re.compile(r"^不是|不再是|[我刚才翻查核]|发现|想起|不好意思|抱歉|看[了到]|记[得错]")


@dataclass
class ClauseReader(ToldValues):
    """Reads the clauses of one message in order."""

    cut: list[SpokenClause] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    pool: list[tuple[int, int]] = field(default_factory=list)  # words behind a fault that are no value by themselves
    topic: Mention | None = None  # the field a clause has just named, and nothing else
    open: tuple[Mention, int] | None = None  # a contact begun, whose other parts follow: where its words start

    def acts(self) -> tuple[Act, ...]:
        """Give the acts, or nothing where the message is plain."""
        if told := self._proposed():
            return told
        if len(self.cut) > _MOST:
            return ()
        for clause in self.cut:
            self._take(clause)
        self._settle_targets()
        return self._gathered() if self.marked else ()

    def _proposed(self) -> tuple[Act, ...]:
        """Read a message that tells of so many fields that they are confirmed together."""
        asked = self.at.asked
        few = len(self.cut) < _PROSE_FIELDS and not lists_facts(self.text, self.cut, self.at, _PROSE_FIELDS)
        if few or (asked is not None and kind_of(asked).several_messages):
            return ()
        prose = told_in(self.text, self.cut, self.at)
        return prose.proposed() if len(prose.found) > _PROSE_FIELDS - (asked is None) else ()

    def _take(self, clause: SpokenClause) -> None:
        found = [each for each in self._mentions(clause.plain) if not is_quoted(each, clause.plain)]
        found = [] if names_somebody(clause, self.at) else found
        changes = frame(r"{change}(?:一?下|成|为)|{become}").search(clause.plain) is not None
        if (found and not changes and self._asks(clause)) or self._explains(clause):
            return
        if (self.targets and self._exchanges(clause)) or self._corrects(clause, found) or self._recalls(clause, found):
            return
        if self._exchanges(clause) or self._adds(self.text[clause.start : clause.end]):
            return
        if not self._affirms(clause, found) and self._denies(clause):
            return
        repairs = whole("repair", clause.plain) and not self._says_no(clause)
        if repairs or (self.answer and hesitates(clause, self.text, self.at)):
            self._take_back(clause)
        elif self._asks(clause) or self._renews(clause) or self._states(clause, found) or self._chooses(clause):
            return
        elif self._owns_up(clause):
            self._take_back(clause)
        elif self._completes(self.text[clause.start : clause.end]):
            self.marked = True
        elif not (self.targets and self._fills(clause)) and not self._in_passing(clause):
            self._plain(clause)

    def _mentions(self, plain: str) -> list[Mention]:
        """Give the fields a clause names; the noun of a figure held inside a value outweighs a piece of a name."""
        inner, named = self.at.inner_mentions(plain), [self._along(each, plain) for each in self.at.mentions(plain)]
        inner = [each for each in inner if not any(one.whole and one.meets(each) for one in named)]
        own = {key for each in inner for key in each.keys}  # 参与人数里教师改成50人: the figure is meant
        named = [each for each in named if own.isdisjoint(each.keys) and not any(each.meets(one) for one in inner)]
        return sorted([*named, *inner], key=lambda each: each.start)

    def _along(self, mention: Mention, plain: str) -> Mention:
        """…改成某局，联系人是马兰: behind a unit put right, its person, though another contact goes by that name."""
        last = self.last.keys[0] if self.last is not None and self.last.keys[0] in self.given else ""
        if not last or "unit" not in self.parts or "name" in self.parts or mention.by_person or mention.part:
            return mention
        one, word = self.at.pack.fields[last], plain[mention.start : mention.end]
        theirs = all(kind_of(self.at.pack.fields[key]).people for key in mention.keys) and last not in mention.keys
        shared = theirs and any(word in name for name in names_of(one))
        return replace(mention, keys=(last,), part="name") if shared else mention

    def _in_passing(self, clause: SpokenClause) -> bool:
        """是 and 对 say nothing, unless they answer."""
        asked = self.at.asked
        return in_passing(clause) and not (asked is not None and kind_of(asked).assents)

    def _explains(self, clause: SpokenClause) -> bool:
        """单位和电话都不变, 楠木的楠: said beside a value."""
        if (self.given and tells_old_again(clause.plain)) or (self.targets and whole("withdraws", clause.plain)):
            return True
        if len(clause.plain) > LONGEST or not (self.marked or self.answer):
            return False
        match = frame(r"\A(?:{gloss})\Z").match(clause.plain)
        if match is not None:
            letter = match["letter"]
            return letter is None or letter in clause.plain[: match.start("letter")]
        return self.marked and whole("unchanged", clause.plain)

    def _owns_up(self, clause: SpokenClause) -> bool:
        """手滑了, 数字打反了: what was said just before is wrong."""
        if len(clause.plain) > _LEAST_TOLD:
            return False
        explains = self.stale and self.answer  # 我跟工商登记搞混了, said of what was put right already
        texts = self.at.asked is not None and kind_of(self.at.asked).several_messages
        room = 12 if explains else 0 if texts else 6  # in a text 险情多发 owns up to nothing
        template = rf"\A{{ah}}[^,]{{0,{room}}}?{{fault}}{{end}}\Z"
        return frame(template).match(clause.plain) is not None

    def _says_no(self, clause: SpokenClause) -> bool:
        """Tell whether 不是, at the beginning, is the answer to a yes-or-no question and takes nothing back."""
        asked, words = self.at.asked, self.text[clause.start : clause.end]
        opens = asked is not None and kind_of(asked).assents and clause is self.cut[0] and not self.at.holds(asked.key)
        return opens and asked is not None and self.at.fits(asked, words)

    def _take_back(self, clause: SpokenClause) -> None:
        """What was said just before is wrong; at the beginning of a message it is the answer given last."""
        if self.stale and self.answer:
            return  # 备了，啊不是，没备，我搞混了: the last clause explains
        if self.answer:
            self.stale, self.answer, self.marked = self.answer, [], True
            parts = [each.part for each in self.at.mentions(clause.plain) if each.part]
            self.part = parts[0] if parts else "name" if "名" in clause.plain else None
        elif self.last is not None:
            self.targets = [self.last]
        elif not self.targets and (previous := self.at.previous) and len(self.cut) > 1:
            self.targets = [Mention((previous,), 0, 0)]

    # ---- corrections

    def _corrects(self, clause: SpokenClause, found: list[Mention]) -> bool:
        if self._said_anew(clause, found):
            return True
        said = [each for each in remarks(clause, found) if self._may_correct(each)] if found else []
        done = False
        if (
            said
            and all(each.value is None or each.wrong for each in said)
            and asks(clause.plain + clause.mark[:1]) is Asks.YES
        ):
            return False
        for each in said:
            old = self.text[slice(*each.old)] if each.old else ""
            new = self.text[slice(*each.value)] if each.value else ""
            if (
                (each.gone and self._removes(old, each.mention))
                or (each.put and self._puts(new, each.mention, ahead=each.put == "前"))
                or (old and self._exchange(old, new, [each.mention]))
                or (new and self._set(each.mention, new))
            ):
                done = True
            elif each.value is None or ((each.wrong or self._is_person(each)) and self._may_be_wrong(each)):
                self.targets = found if announces(clause, found) else [each.mention]
                self.old, done = old, True
                self.partly = frame("{letters}").search(clause.plain[:LONGEST]) is not None
        self.marked = self.marked or done
        return done

    def _said_anew(self, clause: SpokenClause, found: list[Mention]) -> bool:
        """Read 备案号末尾是45不是44：皖…2018045号: what is held, said once more behind a colon and nearly alike."""
        words = self.text[clause.start : clause.end]
        anew = re.split("[:：]", words)[-1].strip()
        for key in (key for mention in found for key in mention.keys if anew != words and self.at.holds(key)):
            if ratio(anew, self._before(key)) >= _NEARLY and self.at.fits(self.at.pack.fields[key], anew):
                self._give(key, anew)
                self.marked = True
                return True
        return False

    def _recalls(self, clause: SpokenClause, found: list[Mention]) -> bool:
        """Read 刚才说45个, before a clause that says it is wrong: the field that holds it is to be put right."""
        later = self.cut[self.cut.index(clause) + 1 :]
        if self.targets or not later or self.answer:
            return False
        if found and names_only(clause.plain, found) and next(exchanges_in(later[0].plain), None):
            self.topic = found[0]  # 参与人数 320→230
            return True
        known = recalled(clause, later, self.text, self.at, named=bool(found))
        anew = any(frame(r"\A{ah}(?:{give_new}|{write_it})").match(each.plain[:LONGEST]) for each in later)
        target = known[0] if known else quotes_held(clause.plain, found, self.at) if anew else None
        target = target or (title_meant(clause, self.at) if not found else None)
        if target is None:
            return False
        self.targets, self.old = [target], known[1] if known else ""
        self.partly = frame("{letters}").search(clause.plain[:LONGEST]) is not None
        return True

    def _is_person(self, said: Remark) -> bool:
        """…换成我自己，周明: who it is follows."""
        return all(kind_of(self.at.pack.fields[key]).people for key in said.mention.keys)

    def _may_be_wrong(self, said: Remark) -> bool:
        """少算了两个分队: what is said of a fault, no value, of a field that is held; its value must follow."""
        return len(self.cut) > 1 and any(self.at.holds(key) for key in said.mention.keys)

    def _may_correct(self, said: Remark) -> bool:
        """A correction speaks of what is held; of the field asked for only where words of it were said before."""
        keys = set(said.mention.keys)
        alone = said.mention.part is not None and len(keys) > 1
        if alone and self.answer and self.at.asked is not None and not kind_of(self.at.asked).people:
            return False  # 单位搞错: of the figure just said
        if said.found:
            return True
        own = self.at.asked is not None and self.at.asked.key in keys
        return any(self.at.holds(key) for key in keys) or (own and bool(self.answer)) or bool(said.value)

    def _exchanges(self, clause: SpokenClause) -> bool:
        """Exchange old words for new ones: only the old words go, wherever they stand."""
        targets = self.targets or ([self.last] if self.last else [self.topic] if self.topic else [])
        for each in exchanges_in(clause.plain):
            old, new = (self.text[clause.start + start : clause.start + end] for start, end in (each.old, each.new))
            if self._exchange(old.strip(), new.strip(), targets):
                self.marked = True
                return True
            asked = self.at.asked
            alone = each.plainly and not (self.targets or self.answer)
            if asked is not None and alone and not kind_of(asked).roomy and self.at.fits(asked, new):
                self.given[asked.key], self.marked = new.strip(), True  # 不是13万是31万
                return True
        return False

    def _affirms(self, clause: SpokenClause, found: list[Mention]) -> bool:
        """没备案 answers a question of yes or no; it denies nothing said before."""
        asked, words = self.at.asked, self.text[clause.start : clause.end]
        keys = [asked.key] if asked is not None and not self.targets else []
        keys += [key for mention in found if mention.whole for key in mention.keys]
        return any(
            kind_of(one).assents and self.at.fits(one, words) for one in map(self.at.pack.fields.__getitem__, keys)
        )

    def _denies(self, clause: SpokenClause) -> bool:
        """Read 不是程默了: the old value alone; the new one follows, or has just been said."""
        match = frame(r"\A{ah}{generic}?{not_old}(?P<old>.{1,40}?)(?:了)?{end}\Z").match(clause.plain[: LONGEST + 1])
        if match is None:
            return False
        old = self.text[clause.start + match.start("old") : clause.start + match.end("old")]
        if not (self.targets or self.given or self.answer):
            holding = [key for key, held in self.at.draft.values.items() if len(old) > 1 and old in held.text]
            self.targets = [Mention((holding[0],), 0, 0)] if len(holding) == 1 else []
        elif self.answer and not self.targets and not self.given:
            self.stale, self.answer, self.marked = self.answer, [], True
        if not (self.targets or self.given or self.stale):
            return False
        self.old, self.marked = old, True
        return True

    def _renews(self, clause: SpokenClause) -> bool:
        """Read 应该是4500人, 写2月5号: the value of a correction begun before, marked by its own words."""
        words = self.text[clause.start : clause.end]
        marked = [unquoted(value) for value in marked_values(words)]
        if not marked:
            return False
        again = frame(r"\A{ah}{give_new}").match(clause.plain) is not None
        for target in self.targets or ([self.last] if again and self.last and not self.answer else []):
            if any(self._set(target, value) for value in marked):
                self.marked = True
                return True
        asked = self.at.asked
        if self.targets or asked is None or not self.answer:
            return False
        own = self._answer_text()
        strong = frame(r"\A(?:{repair}|{fault}|{ah}{give_new})").match(clause.plain) is not None
        instead = not kind_of(asked).takes_words and not self.at.fits(asked, f"{own}，{words}")
        if not (strong or instead) or not any(self._for_asked(value, own) for value in marked):
            return False
        self.stale, self.answer, self.marked = self.stale + self.answer, [], True
        self.answer.append((clause.start, clause.end))
        return True

    def _fills(self, clause: SpokenClause) -> bool:
        """Take a clause behind a correction as its value; words that are none are kept, they may be a part of it."""
        words = self.text[clause.start : clause.end]
        change = frame(r"\A{change_to}(?=.)").match(clause.plain[:LONGEST]) if self.old else None
        words = words[change.end() :] if change else words
        for target in self.targets:
            if self._resembles(target, words) and self._set(target, words):
                self.marked = True
                return True
        self.pool.append((clause.start, clause.end))
        return True

    def _settle_targets(self) -> None:
        """Look for the value of a correction over several clauses: 20年8月就搞起来了，不是9月，到现在还在做."""
        if not self.targets or not self.pool:
            return
        pieces = [self.text[start:end] for start, end in self.pool]
        for target in list(self.targets):
            for begin in range(len(pieces)):
                options = ["，".join(pieces[begin:]), *possible_values(pieces[begin])]
                titled = kind_of(self.at.pack.fields[self._likeliest(target)[0]]).takes_words
                if not titled and any(self._set(target, option) for option in options):
                    self.marked = True
                    return

    # ---- statements and questions

    def _states(self, clause: SpokenClause, found: list[Mention]) -> bool:
        """Read a mere statement about another field, 受益1200, where the field asked does not claim it."""
        asked, done = self.at.asked, self._leads_in(clause)
        if done or asks(clause.plain + clause.mark[:1]) is Asks.YES:
            return done
        found = [mention for mention in found if not (mention.by_person or mention.noun)]
        for number, mention in enumerate(found):
            wordy = any(kind_of(self.at.pack.fields[key]).takes_words for key in mention.keys)
            others = [each for each in found[number + 1 :] if each.whole or not wordy]  # 公益 of 公益服务中心
            behind = [each.start for each in others if not wordy or each.end < len(clause.plain)]
            end = behind[0] if behind else len(clause.plain)
            said = stated(clause, mention, end)
            words = self.text[slice(*said.value)] if said.value else self.text[clause.start : clause.end]
            told = said.value is not None and self._tells_anew(clause, mention)
            keys = [
                key
                for key in mention.keys
                if (told or self._may_state(key, mention)) and not whole("fault", folded(words))
            ]
            if not keys or (asked is not None and asked.key in mention.keys):
                continue
            if mention.part and (kin := depending(clause.plain[mention.start : mention.end], words, self.at)):
                self.given[kin] = words
                self.marked = done = True
                continue
            if self._set(Mention(tuple(keys), mention.start, mention.end, mention.part, mention.whole), words):
                self.marked = done = True
            elif mention.part is None and said.value and kind_of(self.at.pack.fields[keys[0]]).people and self.answer:
                self.open, done = (mention, said.value[0]), True
        return done

    def _leads_in(self, clause: SpokenClause) -> bool:
        """Read 项目叫…, behind the answer: an opening the pack knows for another name that is still open."""
        asked, words = self.at.asked, self.text[clause.start : clause.end]
        if asked is None or not self.answer or not kind_of(asked).titled:
            return False
        for one in self.at.pack.form.fields:
            lead = next((each for each in one.lead_ins if words.startswith(each) and len(each) > 1), "")
            free = one.key != asked.key and lead and kind_of(one).titled and not self.at.holds(one.key)
            if free and self.at.fits(one, words[len(lead) :]):
                self.given[one.key] = words[len(lead) :]
                self.marked = True
                return True
        return False

    def _chooses(self, clause: SpokenClause) -> bool:
        """Read 属于教育发展类 beside the answer: the option of a field still open."""
        asked, words = self.at.asked, self.text[clause.start : clause.end]
        if asked is None or kind_of(asked).takes_words or len(words) > _LEAST_TOLD or self.at.fits(asked, words):
            return False
        for one in self.at.pack.form.fields:
            hangs = one.when and asked.key in one.when.keys and re.search(r"\d", words) and not PHONE.fullmatch(words)
            if hangs and not kind_of(one).takes_words and self.at.fits(one, words):
                self.given[one.key] = words
                self.marked = True
                return True
            free = one.key != asked.key and not self.at.holds(one.key) and kind_of(one).optioned
            if free and chosen_option(one, clause.plain) and self.at.fits(one, words):
                self.given[one.key] = words
                self.marked = True
                return True
        return False

    def _tells_anew(self, clause: SpokenClause, mention: Mention) -> bool:
        """某栏是19.2万, a clause of its own behind an answer in words: a field that is held is told anew."""
        asked = self.at.asked
        if asked is None or not kind_of(asked).takes_words or kind_of(asked).roomy or not self.answer:
            return False
        plainly = frame(r"\A{about}(?:是|为|[:：])").match(clause.plain[mention.end :][:LONGEST]) is not None
        held = all(self.at.holds(key) and not kind_of(self.at.pack.fields[key]).takes_words for key in mention.keys)
        return held and mention.whole and mention.start <= _EARLY and plainly

    def _may_state(self, key: str, mention: Mention) -> bool:
        one, asked = self.at.pack.fields[key], self.at.asked
        wordy = kind_of(one).takes_words
        if kind_of(one).links and not (asked is not None and kind_of(asked).several_messages):
            return mention.whole and mention.start <= _EARLY and "http" in self.text
        if asked is not None and (kind_of(asked).roomy or (kind_of(asked).takes_words and self.at.holds(key))):
            return False  # in a text a figure beside a field's name corrects nothing: 财政资金20万元
        if wordy and (asked is None or asks(self.text) is not Asks.NO or (mention.part and mention.start)):
            return False  # 社会捐赠和单位自筹 names no unit
        if asked is not None and (kind_of(asked).titled or kind_of(asked).roomy) and (wordy or not mention.whole):
            return False
        return mention.start <= _EARLY and (mention.whole or not wordy)

    def _asks(self, clause: SpokenClause) -> bool:
        asked, words = self.at.asked, self.text[clause.start : clause.end] + clause.mark[:1]
        if asked is None or len(self.cut) == 1 or is_topic(clause, self.at):
            return False
        form = Asks.NO if self._puts_right(clause) else asks(words)
        if form is Asks.NO or (kind_of(asked).titled and is_title(words)):
            return False
        if form is Asks.PERHAPS and not self._answered(words):
            return False
        if kind_of(asked).several_messages:
            return False
        self.questions.append(words)
        self.marked = True
        return True

    def _puts_right(self, clause: SpokenClause) -> bool:
        """算了还是…合适: 还是 asks nothing behind words that take an answer back, before one that fits."""
        asked, plain = self.at.asked, clause.plain
        if asked is None or kind_of(asked).takes_words or set(clause.mark) & set("?？"):
            return False
        taken_back = len(plain) <= LONGEST and frame(r"\A{repair}").match(plain) is not None
        return taken_back and any(self.at.fits(asked, each) for each in marked_values(plain))

    def _answered(self, words: str) -> bool:
        found = self.at.find(words, self.at.asked.key if self.at.asked else None)
        return isinstance(found, Answer) and found.score >= _SURE

    # ---- the answer to the field asked for

    def _plain(self, clause: SpokenClause) -> None:
        words = self.text[clause.start : clause.end]
        if self.open is not None:
            mention, start = self.open
            if self._set(mention, self.text[start : clause.end]):
                self.open = None
                self.marked = True
            return
        asked = self.at.asked
        late = self.last is not None and bool(self.given)
        if not late or (asked is not None and not self.answer and self._is_bare_answer(asked, words)):
            self.answer.append((clause.start, clause.end))

    def _is_bare_answer(self, asked: Field, words: str) -> bool:
        """Behind a correction only a value by itself is an answer; other words explain it."""
        plain = not kind_of(asked).takes_words and len(words) <= _BARE and not set(words) & set("了我刚又")
        return plain and asked.key not in self.given and self.at.fits(asked, words)

    def _gathered(self) -> tuple[Act, ...]:
        asked = self.at.asked
        own = self._answer_text()
        if asked is not None and asked.key not in self.given and (own or self.stale):
            value = self._repaired() if self.stale else self._own_value(asked, self._without_leading_up(asked))
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

    def _without_leading_up(self, asked: Field) -> str:
        """刚翻了台账，受益人数是… led up to a correction; free words in front of it are the answer still."""
        spans = self.answer
        if self.given and kind_of(asked).takes_words:
            spans = list(takewhile(lambda span: not _LEADING_UP.search(folded(self.text[slice(*span)])), spans))
        return self.text[spans[0][0] : spans[-1][1]] if spans else ""

    def _own_value(self, asked: Field, own: str) -> str | None:
        if not own:
            return None
        options = [own, *(self.text[start:end] for start, end in reversed(self.answer))]
        return next((each for each in options if self.at.fits(asked, each)), None)

    def _only_described(self) -> bool:
        """教渔民开网店的，放哪一类好: which option fits is asked, none is named."""
        asked = self.at.asked
        if asked is None or not kind_of(asked).optioned or list(self.given) != [asked.key]:
            return False
        names = [folded(name) for choice in asked.choices for name in (choice.label, choice.label.rpartition("+")[2])]
        return not any(name in folded(self.text) for name in names)
