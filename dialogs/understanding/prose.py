"""Values of several fields in free prose: 我们是…，项目叫…，2021年起，有510人参与，花了7万5.

Theory of operation. People with their phones are found first, for they take several clauses; then each clause is
offered to the field it names, to those whose unit, option or shape it has, and last to the names, which take any words
that follow 我们是 or 项目叫. The fields' validators decide; every value is the words it came from.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from dialogs.fields.registry import kind_of
from dialogs.understanding.acts import Act, Ask, Propose
from dialogs.understanding.clauses import SpokenClause, folded
from dialogs.understanding.corrections import stated
from dialogs.understanding.frames import LONGEST, frame, whole
from dialogs.understanding.mentions import Mention, names_of
from dialogs.understanding.no_value import tells_kind
from dialogs.understanding.prose_fields import (
    begins_or_ends,
    has_shape,
    is_day,
    is_source,
    is_unit_field,
    kin_of,
    names_loosely,
)
from dialogs.understanding.prose_figures import amounts_of, figures_in, is_amount, listed, paired
from dialogs.understanding.prose_names import (
    bare_words,
    calls_title,
    says_title,
    source_said,
    tells_source,
    title_in,
    unit_in,
    without_work,
)
from dialogs.understanding.prose_people import AMOUNT, SELF, PeopleTold
from dialogs.understanding.prose_pieces import PHONE, pieces_of
from dialogs.understanding.prose_words import prose_words
from dialogs.understanding.putting_off import in_passing
from dialogs.understanding.situation import Situation
from dialogs.understanding.small_talk import is_small_talk
from knowledge.form import Field
from knowledge.text.question_form import Asks, asks

_LABELLED = re.compile(r"\A[【\[]?(?P<label>[^【】\[\]:：]{1,10}?)[】\]]?[:：】\]]\s*+(?P<value>.{1,160})\Z", re.DOTALL)
_APPLIED = re.compile(
    r"(?:申报|报送|推荐|报名?|项目)[^，,“《]{0,4}[“《](?P<name>[^”》]{2,40})[”》]|[“《](?P<other>[^”》]{2,40})[”》]项目"
)
_CODE = re.compile(r"[0-9A-Za-z]{8,}|@")
_YES_NO = 12  # characters; a yes or no is short
_LEADS = 1  # characters before a name that leads in to another field's words
_FACTS = 3  # facts that make a message a list of them
_NUMBERLESS = re.compile(r"[^\d，。？?]{2,30}")
_TELLING_SOURCE = 2  # characters before a name of money that say where it comes from
_TELLING = 4  # characters of words that may tell something
_BY_NAME = 3.0  # from which a name or a piece of one tells whose a figure is
_AFTER_NAME = re.compile(r"\A(?:方面|这块|这边|上|部分)?[ ：:是为有]*")
_FULL = re.compile(r"\D{0,4}\d{4}(?:年|[./-])\d{1,2}(?:月|[./-])\d{1,2}[日号]?\D{0,2}")
_NUMBER_NAME = re.compile(r"\A[^\d:：]{0,8}?(?:编号|号码|证号)(?:就?是|为)?[:：]?(?=[^\d]{0,12}\d{4})")
_LISTING = re.compile(r"[，,、和及 ]{0,2}")
_DIGITS = 4  # digits of a registration number, at least


def told_in(text: str, cut: list[SpokenClause], at: Situation) -> "Prose":
    """Read a message once, however many readings ask for it."""
    return at.once("prose", text, lambda: Prose(cut, text, at).read())


@dataclass
class Prose(PeopleTold):
    """Reads one message for all the fields it tells of."""

    questions: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)  # clauses that have given a value

    def read(self) -> "Prose":
        """Find every value; `found` holds field → the words it came from, in the form's order."""
        self.pieces = pieces_of(self.text, self.cut, self.at)
        self._skip()
        for number in range(len(self.pieces)):
            if number not in self.done:
                self.people(number)
        self._each(self._linked, self._coded, self._titled)
        self._lists()
        self._figures()
        self._each(self._labelled, self._named, self._shaped, self._yes_or_no, self._source, self._called)
        for number, clause in enumerate(self.pieces):
            self._unit_along(clause)
            self._money_along(number)
        for number in range(1, len(self.pieces)):
            self._between(number)
            self._lasting(number)
        self.used = {
            number
            for number, clause in enumerate(self.cut)
            for each in self.done
            if clause.start <= self.pieces[each].start < clause.end
        }
        self.found = {one.key: self.found[one.key] for one in self.at.pack.form.fields if one.key in self.found}
        return self

    def proposed(self) -> tuple[Act, ...]:
        """Give the acts that put what was found before the applicant, and the questions asked along with it."""
        return (Propose(found=self.found, left=self.left()), *(Ask(question=one) for one in self.questions))

    def _each(self, *readings: Callable[[SpokenClause], bool]) -> None:
        """Offer every piece that has given nothing yet to one reading after the other."""
        for reading in readings:
            for number, clause in enumerate(self.pieces):
                if number not in self.done and reading(clause):
                    self.done.add(number)

    def _skip(self) -> None:
        """Leave out questions, and what is taken back: 2019年2月，哦不，2019年3月."""
        for number, clause in enumerate(self.pieces):
            reached = number + 1 < len(self.pieces) and PHONE.search(self.pieces[number + 1].plain)
            if whole("repair", clause.plain) and not reached:  # 填表人高峰，138… takes nothing back
                self.done |= {number, number - 1} - {-1}
            elif (
                asks(self._unnamed(clause) + clause.mark[:1]) is Asks.YES
                and _LABELLED.match(self._words(clause)) is None
            ):
                self.done.add(number)
                self.questions.append(self._words(clause) + clause.mark[:1])

    def _unnamed(self, clause: SpokenClause) -> str:
        """Give a piece without the names of fields of yes or no, which sound like questions: 是否备案，是."""
        for each in reversed(self.at.mentions(clause.plain)):
            if each.whole and kind_of(self.at.pack.fields[each.keys[0]]).assents:
                return clause.plain[: each.start] + clause.plain[each.end :]
        return clause.plain

    def left(self) -> tuple[str, ...]:
        """Give the words that were found to belong to no field, each once; what is said in passing is not worth it."""
        words = [self._words(clause) for number, clause in enumerate(self.pieces) if self._is_left(number, clause)]
        return tuple(dict.fromkeys(words))

    def _is_left(self, number: int, clause: SpokenClause) -> bool:
        words = self._words(clause)
        told = number in self.done or any(words in value or value in words for value in self.found.values())
        return not told and len(clause.plain) >= _TELLING and not in_passing(clause) and not is_small_talk(clause.plain)

    # ---- figures

    def _lists(self) -> None:
        """Read what lists several kinds of one thing: 投入人力专职3人、志愿者60人."""
        for number in range(len(self.pieces)):
            plains = self._line(number)
            for one in amounts_of(self.at.pack.form) if number not in self.done else ():
                count, begin = listed(plains, one, self.at) if "parts" in one.allows else (0, 0)
                words = (
                    self.text[self.pieces[number].start + begin : self.pieces[number + count - 1].end] if count else ""
                )
                if words and self._give(one, _AFTER_NAME.sub("", words)):
                    self.done |= set(range(number, number + count))
                    break

    def _line(self, number: int) -> list[str]:
        """Give the pieces from one on to the end of its sentence or line."""
        line = [self.pieces[number].plain]
        for before, clause in pairwise(self.pieces[number:]):
            if not _LISTING.fullmatch(self.text[before.end : clause.start]):
                break
            line.append(clause.plain)
        return line

    def _figures(self) -> None:
        """Give every figure to the field that is spoken of beside it, those told by name before those told loosely."""
        for least in (_BY_NAME, 0.0):
            for number, clause in enumerate(self.pieces):
                if number in self.done:
                    continue
                told = paired(clause.plain, self.at, frozenset(self.found))
                if not told or max(each.sure for each in told) < least:
                    continue
                for each in told:
                    words = self.text[clause.start + each.start : clause.start + each.end]
                    if self._give(self.at.pack.fields[each.key], words):
                        self.done.add(number)

    # ---- figures, options, words

    def _labelled(self, clause: SpokenClause) -> bool:
        """Read 花了：12万 and 【项目】云上盲道: a label in people's own words, then the value."""
        match = _LABELLED.match(self._words(clause))
        if match is None:
            return False
        label, value = match["label"].strip().lower(), match["value"]
        fields = [self.at.pack.fields[key] for each in self.at.mentions(label) for key in self._with_kin(each)]
        fields += [one for one in self.at.pack.form.fields if label in one.units or tells_kind(one, label)]
        named = [one for one in self.at.pack.form.fields if len(label) > 1 and begins_or_ends(one, label)]
        fields += sorted(
            named,
            key=lambda one: (
                not any(frame(rf"{re.escape(label)}{{title_noun}}").fullmatch(name) for name in names_of(one))
            ),
        )
        return any(self._give(one, value) for one in fields)

    def _named(self, clause: SpokenClause) -> bool:
        taken = False
        mentions = [mention for mention in self.at.mentions(clause.plain) if not mention.by_person]
        if len(mentions) > 1 and mentions[-1].end == len(clause.plain):
            mentions.pop()  # nothing is said of it: 来源是某专项资金
        for number, mention in enumerate(mentions):
            behind = mentions[number + 1 :]
            end = behind[0].start if behind else len(clause.plain)
            far = next((other.start for other in behind if other.whole), len(clause.plain))
            taken = self._said_of(clause, mention, end, far) or taken
        return taken or self._spoken_lead(clause)

    def _said_of(self, clause: SpokenClause, mention: Mention, end: int, far: int) -> bool:
        """Give what is said behind a field's name: to the next name, free words to the next full one (`far`)."""
        near, further = (stated(clause, mention, each).value for each in (end, far))
        behind, free = (self.text[slice(*span)].strip() if span else "" for span in (near, further))
        for key in self._with_kin(mention):
            one = self.at.pack.fields[key]
            wordy = kind_of(one).takes_words
            apart = key not in mention.keys and mention.start > _LEADS
            if is_amount(one) and unit_in(self._words(clause)):
                continue  # 报名单位 speaks of no 名单
            if (wordy and (not mention.whole or apart)) or kind_of(one).people:
                continue  # a piece of a name alone begins no name: 公益发展中心 is no project
            name = ""
            if kind_of(one).titled:
                words = self._words(clause)
                said = words if mention.start <= _LEADS else free
                name = unit_in(said) if is_unit_field(one) else title_in(words, self._leads(one))
            if is_source(one, self.at.pack.form) and key not in mention.keys and not tells_source(free):
                continue
            if kind_of(one).titled and not is_unit_field(one) and mention.start > _LEADS and unit_in(free):
                continue  # 我们机构名称是某中心 names a unit
            told = [name, bare_words(free)] if wordy else [_code_in(behind), _code_in(self._words(clause))]
            if any(len(piece) > 1 and self._give(one, piece) for piece in told):
                return True
        return False

    def _with_kin(self, mention: Mention) -> list[str]:
        """The fields meant, then those named after one of them (资金 → 资金来源): they take what it does not."""
        kin = [other.key for key in mention.keys for other in self._kin(self.at.pack.fields[key])]
        return [*mention.keys, *(key for key in dict.fromkeys(kin) if key not in mention.keys)]

    def _kin(self, one: Field) -> list[Field]:
        return list(kin_of(one, self.at.pack.form))

    def _spoken_lead(self, clause: SpokenClause) -> bool:
        """Read 我们是…, 项目叫…: the openings the pack knows for a field."""
        words = self._words(clause)
        for one in self.at.pack.form.fields:
            if kind_of(one).titled:
                continue
            for lead in sorted(one.lead_ins, key=len, reverse=True):
                behind = words.partition(lead)[2].strip(" :：") if lead in words[: len(lead) + 8] else ""
                if len(behind) > 1 and self._give(one, behind):
                    return True
        return False

    def _shaped(self, clause: SpokenClause) -> bool:
        """Read a clause whose unit, option or look only some fields have; what their examples name comes first."""
        words = self._words(clause)
        nouns = re.findall(r"[一-鿿]{2,4}", re.sub(r"[\d零一二三四五六七八九十百千万亿多余]", " ", clause.plain))
        unit, form = unit_in(words), self.at.pack.form
        shaped = [one for one in form.fields if is_day(one, clause.plain)]
        shaped += [one for one in form.fields if not is_amount(one) and has_shape(one, clause.plain)]
        alone = _FULL.fullmatch(clause.plain) is not None  # one day is no span of time
        shaped = [one for one in shaped if not (alone and kind_of(one).dated and kind_of(one).shaped)]
        fields = [one for one in shaped if not (unit and kind_of(one).optioned)]  # 应急救援队 is no kind of project
        fields.sort(key=lambda one: -sum(noun in one.example for noun in nouns))
        return any(self._give(one, words) for one in fields)

    def _yes_or_no(self, clause: SpokenClause) -> bool:
        """Read 备过案: the characters of a yes-or-no field's name with 过 between them; and the number behind it."""
        words, number = self._words(clause), self.pieces.index(clause)
        behind = self.pieces[number + 1] if number + 1 < len(self.pieces) else clause
        told = sum(map(str.isdigit, behind.plain)) >= _DIGITS and not PHONE.search(behind.plain)
        for one in self.at.pack.form.fields:
            named = any(each.whole and each.keys[0] == one.key for each in self.at.mentions(clause.plain))
            if kind_of(one).assents and named and told and self._give(one, self.text[clause.start : behind.end]):
                return True
            begin = names_loosely(one, clause.plain) if kind_of(one).assents and len(words) <= _YES_NO else -1
            if begin >= 0 and (self._give(one, words) or self._give(one, words[begin:])):
                return True
            if self._numbers(one, clause):
                return True
        return False

    def _numbers(self, one: Field, clause: SpokenClause) -> bool:
        """Read 号是…, and a bare number of many digits, for the field that hangs on a yes."""
        hangs = one.when is not None and bool(set(one.when.keys) & self.found.keys())
        if not hangs or sum(map(str.isdigit, clause.plain)) < _DIGITS:
            return False
        led = frame(
            r"\A[^\d,]{0,4}?(?:(?:号码?|编号)?(?:就?是|为)[:：]?|(?:证号|编号|号码)[:：]?)(?P<new>.{4,60})\Z"
        ).match(clause.plain[:LONGEST])
        told = self._words(clause)[led.start("new") :] if led else self._words(clause)
        return kind_of(one).figured and not PHONE.search(told) and self._give(one, told)

    def _source(self, clause: SpokenClause) -> bool:
        """Read 都是众筹来的 where a field asks for the source of another's money."""
        value = source_said(self._words(clause))
        money = [one for one in self.at.pack.form.fields if kind_of(one).shaped and one.key in self.found]
        kin = [other for one in money for other in self._kin(one) if kind_of(other).takes_words]
        return bool(value) and any(self._give(one, value) for one in kin)

    def _money_along(self, number: int) -> None:
        """Read the source beside an amount (财政拨款3.2万元), and a bare amount behind one (某专项资金，6万5)."""
        words = self._words(self.pieces[number])
        amount = AMOUNT.search(self.pieces[number].plain)
        for one in self.at.pack.form.fields:
            for source in (other for other in self._kin(one) if is_source(other, self.at.pack.form)):
                if amount and self.found.get(one.key, "") in words and one.key in self.found:
                    said = (self._source_beside(piece) for piece in (words[: amount.start()], words[amount.end() :]))
                    next((each for each in said if each and self._give(source, each)), None)
                self._source_and_sum(number, one, source)
                self._sum_beside_source(number, one, source)
                before = self._words(self.pieces[number - 1]) if number else ""
                if number not in self.done and AMOUNT.fullmatch(words) and self.found.get(source.key, "\0") in before:
                    self.done |= {number} if self._give(one, words) else set()

    def _source_and_sum(self, number: int, one: Field, source: Field) -> None:
        """Read 会费和社会捐赠52万: where it comes from, then a sum nothing else is said of."""
        plain, words = self.pieces[number].plain, self._words(self.pieces[number])
        sums = figures_in(plain, self.at.pack.form) if number not in self.done and one.key not in self.found else []
        said = source_said(words[: sums[0].start].strip(" ，,：:")) if len(sums) == 1 else ""
        if said and not plain[sums[0].end :].strip("。.！! ") and self._give(one, words[sums[0].start :]):
            self._give(source, said)
            self.done.add(number)

    def _sum_beside_source(self, number: int, one: Field, source: Field) -> None:
        """Read 87万，全是自筹资金: a sum alone, and behind it where it comes from."""
        words, behind = self._words(self.pieces[number]), number + 1
        if number in self.done or behind >= len(self.pieces) or behind in self.done or not AMOUNT.fullmatch(words):
            return
        said = source_said(self._words(self.pieces[behind]))
        if said and self._give(one, words) and self._give(source, said):
            self.done |= {number, behind}

    def _source_beside(self, words: str) -> str:
        """Give the source told beside a sum, where it is more than a name of the sum itself (项目经费)."""
        said = source_said(words.strip(" ，,（(）)："))
        mentions = [each for each in self.at.mentions(folded(said)) if each.whole and each.end == len(said)]
        return "" if any(each.start < _TELLING_SOURCE for each in mentions) else said

    # ---- names

    def _between(self, number: int) -> None:
        """Read what stands between the name of one's unit and the next fact as the name of the project."""
        clause, before = self.pieces[number], self._words(self.pieces[number - 1])
        units = [
            self.found[one.key] for one in self.at.pack.form.fields if is_unit_field(one) and one.key in self.found
        ]
        if number in self.done or len(self.found) < _FACTS or not any(before.endswith(unit) for unit in units):
            return
        bare = _NUMBERLESS.fullmatch(self._words(clause)) and not self.at.mentions(clause.plain)
        for one in self.at.pack.form.fields if bare else ():
            if kind_of(one).titled and not is_unit_field(one) and self._give(one, without_work(self._words(clause))):
                self.done.add(number)

    def _lasting(self, number: int) -> None:
        """Join to a span of time the words behind it that only say it goes on: 2020年4月开始，目前还在做."""
        clause, before = self.pieces[number], self._words(self.pieces[number - 1])
        if number in self.done or not re.fullmatch(prose_words().lasting, clause.plain):
            return
        for one in self.at.pack.form.fields:
            words = self.found.get(one.key, "")
            if kind_of(one).shaped and kind_of(one).dated and words and before.endswith(words):
                joined = self.text[self.text.find(words) : clause.end]
                if self.at.fits(one, joined):
                    self.found[one.key] = joined
                    self.done.add(number)

    def _titled(self, clause: SpokenClause) -> bool:
        """Read 项目叫…, whatever its name sounds like: an option (非遗), a unit (图书馆)."""
        words = self._words(clause)
        titles = [one for one in self.at.pack.form.fields if kind_of(one).titled and not is_unit_field(one)]
        name = title_in(words, ()) if len(titles) == 1 and calls_title(words) and self._may_title(clause) else ""
        return bool(name) and self._give(titles[0], name)

    def _may_title(self, clause: SpokenClause) -> bool:
        """Tell whether a piece does not begin with the name of a field that holds no name: 项目类别…, 填报日期…."""
        return all(kind_of(self.at.pack.fields[key]).titled for key in self._begun(clause))

    def _begun(self, clause: SpokenClause) -> list[str]:
        """Give the fields by whose names a piece begins."""
        spoken = (each for each in self.at.mentions(clause.plain) if each.whole and each.part is None)
        return [key for each in spoken if each.start <= _LEADS for key in each.keys[:1]]

    def _called(self, clause: SpokenClause) -> bool:
        """Read the names of units and of projects, by their ends, by quotes, or by what leads in to them.

        A unit is one field's: of that whose name is spoken of (我们队叫…), else of the first that is open.
        """
        words = self._words(clause)
        spoken = {key for each in self.at.mentions(clause.plain) for key in each.keys}
        titled = [one for one in self.at.pack.form.fields if kind_of(one).titled and one.key not in self.found]
        units = [one for one in sorted(titled, key=lambda each: self._rank(each, spoken, words)) if is_unit_field(one)]
        named = says_title(words) or self._is_of_contact(clause) or not self._may_title(clause)
        unit = unit_in(words) if units and not named else ""
        given = bool(unit) and any(self._give(one, unit) for one in units)
        titles = [one for one in sorted(titled, key=lambda each: each.key not in spoken) if one not in units]
        titles = titles if self._may_title(clause) else []
        names = ((one, title_in(words, self._leads(one))) for one in titles)
        return any(name and self._give(one, name) for one, name in names) or given

    def _rank(self, one: Field, spoken: set[str], words: str) -> int:
        """Say how near a unit's field is: spoken of; who says 我们是… names the applicant; else in the form's order."""
        known_by = {path.partition(".")[0] for path in self.at.pack.form.identity.values()}
        own = one.key in known_by and SELF.match(words.lstrip()) is not None
        return 0 if one.key in spoken else 1 if own else 2

    def _linked(self, clause: SpokenClause) -> bool:
        """Read an address of the web, whatever is asked for, for the only field of links."""
        links = [one for one in self.at.pack.form.fields if kind_of(one).links]
        return len(links) == 1 and "http" in clause.plain and self._give(links[0], self._words(clause))

    def _coded(self, clause: SpokenClause) -> bool:
        """Read a number or an address only one open field can hold, by its own check: 代码…, 身份证…, a mailbox."""
        words = self._words(clause)
        if not _CODE.search(words) or "http" in words:
            return False
        open_ = [one for one in self.at.pack.form.fields if one.key not in self.found and not self.at.holds(one.key)]
        spoken = {key for each in self.at.mentions(clause.plain) for key in each.keys}
        coded = (one for one in open_ if kind_of(one).coded or (kind_of(one).telling and one.key in spoken))
        fitting = [one for one in coded if self.at.fits(one, words)]
        named = [one for one in fitting if one.key in spoken]
        chosen = named if len(named) == 1 else fitting
        return len(chosen) == 1 and self._give(chosen[0], words)

    def _unit_along(self, clause: SpokenClause) -> None:
        """Read the unit in a clause that gave something else as well: 我们某协会报“某项目”."""
        units = [one for one in self.at.pack.form.fields if is_unit_field(one) and one.key not in self.found]
        apart = self._is_of_contact(clause) or any(key not in {one.key for one in units} for key in self._begun(clause))
        unit = unit_in(self._words(clause)) if units and not apart else ""
        if unit and not says_title(self._words(clause)) and not any(unit in value for value in self.found.values()):
            self._give(units[0], unit)
        titled = [one for one in self.at.pack.form.fields if kind_of(one).titled and not is_unit_field(one)]
        quoted = _APPLIED.search(self._words(clause)) if titled else None
        quoted_name = (quoted["name"] or quoted["other"]) if quoted else ""
        if quoted_name and not any(quoted_name in value for value in self.found.values()):
            self._give(titled[0], quoted_name)

    def _leads(self, one: Field) -> tuple[str, ...]:
        return tuple(sorted((*one.lead_ins, *names_of(one)), key=len, reverse=True))


def _code_in(words: str) -> str:
    """Leave off what a number is called by: 备案证编号某2018045号."""
    return _NUMBER_NAME.sub("", words)
