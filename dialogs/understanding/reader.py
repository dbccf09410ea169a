"""The one step from a message to its acts, where it holds more than one plain value, command or question.

Theory of operation. Readings are tried from the surest to the loosest: small talk, steering, putting off and words
that are no value take the whole message; a part of a contact completes what came before; then `clause_reader` goes
through the clauses; at last, words that fit another field better, or sound said to somebody, are asked about.
"""

import re
from collections.abc import Mapping

from pydantic import JsonValue

from dialogs.fields.chatter import without_closing, without_opening
from dialogs.fields.outcome import Rejected
from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import ends_like_unit
from dialogs.understanding.acts import Act, Ask, Control, Finish, Give, Later, Propose, Social, Unknown
from dialogs.understanding.clause_reader import ClauseReader
from dialogs.understanding.clause_signs import is_topic
from dialogs.understanding.clauses import MARKS, SpokenClause, clauses, folded
from dialogs.understanding.commands import Intent, command_of
from dialogs.understanding.field_statements import statement
from dialogs.understanding.frames import FIELD, LONGEST, frame, whole
from dialogs.understanding.mentions import names_of
from dialogs.understanding.new_values import marked_values
from dialogs.understanding.no_value import for_another, is_remark, no_value, sounds_spoken
from dialogs.understanding.other_fields import (
    bare_figure,
    for_other_fields,
    for_postponed,
    own_statement,
    whole_contact,
)
from dialogs.understanding.paste_block import Block
from dialogs.understanding.prose import told_in
from dialogs.understanding.prose_fields import is_source, is_unit_field
from dialogs.understanding.prose_names import source_said, title_in, unit_in, unit_said
from dialogs.understanding.putting_off import in_passing, leaves_open, put_off, put_off_by_name
from dialogs.understanding.situation import Situation
from dialogs.understanding.small_talk import is_small_talk, small_talk
from dialogs.understanding.speech_acts import says_none_of, says_of_oneself, speech_act, wants_to_begin
from dialogs.understanding.steering import steering
from dialogs.understanding.two_answers import two_answers
from knowledge.form import Field, Form, once_a_form
from knowledge.search.answer import Answer
from knowledge.text.question_form import Asks, asks, is_title

_MOST_BESIDE_TEXT = 80  # characters while a text is asked for; a longer message is that text
_PARTING = " \t\n，,、；;。/｜|•·📌（("  # signs behind which another fact may begin
_MORE = 2  # fields found beside those of a block
_FEW_BESIDE = 3  # clauses of an answer with remarks
_FEW = 2  # readings of one part
_BRACKETED = re.compile(r"(?<=.)[（(](?P<aside>[^（）()]{2,80})[）)]")
_SHORT_TEXT = 10  # characters that replace no longer text
_BEGINNING = frozenset({"start", "resume"})  # wishes that what follows fulfils
_LEAST_WISH = 4  # characters of a wish, where fewer may be a name
_LIKELY = 0.6  # likelihood from which the notice's answer is given rather than the form begun
_NOTHING = ("没有", "无", "没")
_OTHERS = re.compile("其他|其它|别的|更多")
_MOST = 400  # characters; who writes more of them writes a text


def read(text: str, at: Situation) -> tuple[Act, ...]:
    """Give the acts of a message; empty where it is one plain value, command or question, or a long text."""
    roomy = at.asked is not None and kind_of(at.asked).roomy
    if not 0 < len(text) <= (_MOST_BESIDE_TEXT if roomy else _MOST):
        return ()
    text = _without_start(_opened(text), at)
    plain = folded(text).strip(MARKS)
    cut = clauses(text)
    if not cut or not plain:
        return small_talk(folded(text).strip(), [], at)
    command = command_of(text, at.pack.form)
    sure = command.name if command and command.sure else ""
    if sure == "cancel" and not all(_leaves(clause, at) for clause in cut):
        sure = ""  # 算了，项目名称改回…
    if sure == "cancel":
        return ()
    steers = small_talk(plain, cut, at) or put_off_by_name(cut, at) or steering(plain, cut, at, commanded=bool(sure))
    steers = steers or _spoken(cut, at, sure)
    return steers or (_skipped(at) if sure == "skip" else _named_only(_kept(_told(text, plain, cut, at, sure), at), at))


def _leaves(clause: SpokenClause, at: Situation) -> bool:
    """Tell whether a clause, too, wishes to leave, or says nothing."""
    command = command_of(clause.plain, at.pack.form)
    return in_passing(clause) or is_small_talk(clause.plain) or (command is not None and command.name == "cancel")


def _spoken(cut: list[SpokenClause], at: Situation, sure: str) -> tuple[Act, ...]:
    """Read what concerns the application as a whole: the document, help with it, that there is none of something."""
    if sure not in ("", "help"):
        return ()
    act = speech_act(cut, at.pack.form)
    wordy = at.asked is not None and kind_of(at.asked).takes_words and len(cut) == 1 and len(cut[0].plain) < _LEAST_WISH
    if act == "agree" and at.asked is not None and kind_of(at.asked).takes_words and len(cut[0].plain) <= _LEAST_WISH:
        return (Social(kind="ack"),)
    if act == "usage":
        return (Control(intent=Intent(name="help")),)
    begins = _begins(cut, at) if at.asked is None and not at.draft.values else ()
    if begins or sure:
        return begins
    if (act == "document" and not wordy) or (act == "hand_again" and at.asked is None and at.draft.delivered):
        return (Control(intent=Intent(name="document")),)
    return _none_of(cut, at) or (_begins(cut, at) if act in (None, "begin") else ())


def _begins(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read a wish to be led through the form, unless the notice answers it: 想报名怎么弄 may ask for the procedure."""
    if not wants_to_begin(cut):
        return ()
    if at.asked is not None:
        plainly = kind_of(at.asked).takes_words and asks(cut[-1].plain + cut[-1].mark) is not Asks.YES
        return () if plainly else (Control(intent=Intent(name="led")),)
    found = at.find("，".join(clause.plain for clause in cut))
    return () if isinstance(found, Answer) and found.score >= _LIKELY else (Control(intent=Intent(name="start")),)


def _none_of(cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read 没有荣誉, said of a field that may stay empty, whichever field is asked for."""
    acts: list[Act] = []
    for clause in cut if at.asked is not None or at.review else ():
        if in_passing(clause):
            continue
        named = [key for each in at.mentions(clause.plain) for key in each.keys if at.holds(key)]
        if len(cut) == 1 and named and _OTHERS.search(clause.plain) and "没" in clause.plain:
            return (Finish(field=named[0]),)  # 没有其他链接了: those held stay
        said = [
            Give(field=mention.keys[0], text=word)
            for mention in at.mentions(clause.plain)
            if at.pack.fields[mention.keys[0]].optional
            and says_none_of(clause.plain[: mention.start] + FIELD + clause.plain[mention.end :])
            for word in _NOTHING
            if word in clause.plain and at.fits(at.pack.fields[mention.keys[0]], word)
        ]
        said = said or _none_by_sign(clause, at)
        if not said:
            return ()
        acts.append(said[0])
    return tuple(acts)


def _none_by_sign(clause: SpokenClause, at: Situation) -> list[Give]:
    """Read 没得过奖: a field that may stay empty, told by a word that shows what belongs there."""
    for one, pattern in _signs_of(at.pack.form):
        if pattern.fullmatch(clause.plain):
            return [Give(field=one.key, text=word) for word in _NOTHING if at.fits(one, word)][:1]
    return []


@once_a_form
def _signs_of(form: Form) -> tuple[tuple[Field, re.Pattern[str]], ...]:
    """Give the fields that may stay empty with what says that there is none of what their signs show."""
    signs = {one.key: "|".join(map(re.escape, one.signs)) for one in form.fields if one.optional and one.signs}
    said = r"[^,]{0,4}?(?:没|未|无)有?[得获拿受评]?过?(?:什么|任何|啥)?"
    return tuple((one, re.compile(rf"{said}(?:{signs[one.key]}).{{0,2}}")) for one in form.fields if one.key in signs)


def _kept(acts: tuple[Act, ...], at: Situation) -> tuple[Act, ...]:
    """Let no few words take the place of a long text: who says 简介我重新发一遍 is asked for the text."""
    acts = tuple(_bare(act, at) if isinstance(act, Give) else act for act in acts)
    return tuple(Unknown(field=act.field) if isinstance(act, Give) and _loses(act, at) else act for act in acts)


def _bare(act: Give, at: Situation) -> Give:
    return act.model_copy(update={"text": bare_figure(at.pack.fields[act.field], act.text, at)})


def _named_only(acts: tuple[Act, ...], at: Situation) -> tuple[Act, ...]:
    """Leave to the question what only leads up to it: 我们是社团，可以参加吗 gives no name of a unit."""
    asks_too = any(isinstance(act, Ask) for act in acts)
    given = [act for act in acts if isinstance(act, Give)]
    if not asks_too or len(given) != 1 or at.asked is None or given[0].field != at.asked.key:
        return acts
    return () if kind_of(at.asked).titled and _describes(given[0].text, at.asked) else acts


def _describes(words: str, asked: Field) -> bool:
    """Tell whether words say what somebody, or a project, is, and name nothing."""
    if not says_of_oneself(folded(words)) or is_title(words):
        return False
    return not (unit_in(words) if is_unit_field(asked) else title_in(words, (*asked.lead_ins, *names_of(asked))))


def _loses(act: Give, at: Situation) -> bool:
    held = at.draft.values.get(act.field)
    long_text = held is not None and kind_of(at.pack.fields[act.field]).several_messages
    return long_text and held is not None and len(act.text) < min(_SHORT_TEXT, len(held.text))


def _opened(text: str) -> str:
    """Take the brackets off a correction or a question said in brackets, character by character.

    1月30日（写错，应为2月1日）, 25万（划掉）23.5万, 36.5万元（评上有什么扶持吗）.
    """
    for match in _BRACKETED.finditer(text[:LONGEST]):
        aside = folded(match["aside"])
        corrects = match.end() == len(text.rstrip()) and frame(r"{fault}|{really}").search(aside) is not None
        if corrects or whole("repair", aside) or asks(aside) is Asks.YES:
            text = f"{text[: match.start()]}，{match['aside']}，{text[match.end() :]}"
    return text.rstrip("，")


def _without_start(text: str, at: Situation) -> str:
    """Leave off the wish to begin before what is told: 那就填吧，单位是…."""
    cut = clauses(text)
    told = at.asked is not None and len(cut) > 1 and kind_of(at.asked).takes_words
    command = command_of(text[: cut[0].end], at.pack.form) if told else None
    return text[cut[1].start :] if command and command.sure and command.name in _BEGINNING else text


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
    acts = (
        _behind_topic(text, cut, at)
        or _stated(text, plain, cut, at)
        or _said_around(text, at)
        or _beside_remarks(text, cut, at)
        or _completed(text, at)
        or (_named_in_part(text, plain, at) if len(cut) == 1 else ())
        or _will_it_do(text, plain, at)
        or _with_rest_later(text, cut, at)
        or statement(text, plain, cut, at)
        or whole_contact(text, cut, at)
        or _by_clauses(text, cut, at)
    )
    return acts or for_another(plain, text, at) or sounds_spoken(text, plain, at) or _figure(text, at)


def _by_clauses(text: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read clause by clause; where plain values are told, the reading that finds the most of them counts."""
    first = ClauseReader(text, at, cut=cut).acts()
    if not all(isinstance(act, Give) for act in first):
        return first
    given = {act.field for act in first if isinstance(act, Give)}
    if any(at.holds(key) for key in given):
        return first
    for more in (two_answers(text, cut, at), for_postponed(text, at), for_other_fields(text, cut, at)):
        told = {key for act in more for key in ({act.field} if isinstance(act, Give) else set(_proposed(act)))}
        if more and given < told and not any(at.holds(key) for key in told):
            return more
    return first


def _proposed(act: Act) -> tuple[str, ...]:
    return tuple(act.found) if isinstance(act, Propose) else ()


def more_told(block: Block, text: str, at: Situation) -> tuple[Act, ...]:
    """Give the acts of a pasted block that tells of more fields than its labels, as the form writes them, say."""
    if not 0 < len(text) <= _MOST or (at.asked is not None and kind_of(at.asked).several_messages):
        return ()
    prose = told_in(text, clauses(text), at)
    labelled = {key: words for key, words in block.fields if not _runs_on(key, words, prose.found, at)}
    found = prose.found | labelled
    new = [key for key in found if key not in dict(block.fields) and not at.holds(key)]
    mixed = len(labelled) < len(block.fields)
    if not found or not (mixed or (len(new) >= _MORE and (block.leftover or "\n" not in text.strip()))):
        return ()
    found = {one.key: found[one.key] for one in at.pack.form.fields if one.key in found}
    left = tuple(line for line in prose.left() if not any(line in value for value in found.values()))
    return (Propose(found=found, left=left), *(Ask(question=question) for question in prose.questions))


def _runs_on(key: str, words: str, found: Mapping[str, str], at: Situation) -> bool:
    """Tell whether words behind a label are better read by clauses: they run on into other fields, or are another's."""
    one, own = at.pack.fields[key], found.get(key, "")
    others = {other: value for other, value in found.items() if other != key and len(value) > 1}
    if kind_of(one).roomy or kind_of(one).several_messages:
        return False
    if kind_of(one).people:
        of_another = any(_bare_words(words) in _bare_words(value) for value in others.values())
        return of_another or (bool(own) and _value(one, own, at) != _value(one, words, at))
    first = next((at_ for at_, char in enumerate(words) if char in _PARTING), len(words))
    return any(words.find(value) > first for value in others.values())


def _value(one: Field, words: str, at: Situation) -> JsonValue:
    """Give what a field understands of words; None where it takes them not."""
    outcome = at.judge(one, words)
    return None if isinstance(outcome, Rejected) else outcome.value


def _bare_words(words: str) -> str:
    """Give words without marks, for comparing."""
    return re.sub(r"\W", "", folded(words))


def _will_it_do(text: str, plain: str, at: Situation) -> tuple[Act, ...]:
    """Read 写640人可以吧: a value, and a word that asks whether it will do."""
    if at.asked is None or kind_of(at.asked).takes_words or len(plain) > LONGEST:
        return ()
    match = frame(r"\A{write_it}(?P<new>.{1,60}?)[,]?{will_do}\Z").match(plain)
    begin = folded(text).find(match["new"]) if match else -1
    value = text[begin : begin + len(match["new"])] if match and begin >= 0 else ""
    return (Give(field=at.asked.key, text=value),) if value and at.fits(at.asked, value) else ()


def _named_in_part(text: str, plain: str, at: Situation) -> tuple[Act, ...]:
    """Read 号码X where a number of that name is asked for: a piece of the field's name leads in its value."""
    asked, mentions = at.asked, at.mentions(plain)
    if asked is None or not mentions or mentions[0].start or kind_of(asked).takes_words or kind_of(asked).numbered:
        return ()
    word = plain[: mentions[0].end]
    rest = frame(r"{copula}?[:,]?(?P<new>.{3,80})\Z").match(plain, mentions[0].end)
    begin = folded(text).find(rest["new"]) if rest else -1
    value = text[begin : begin + len(rest["new"])] if rest and begin >= 0 else ""
    own = any(word in name and word != name for name in names_of(asked))
    return (Give(field=asked.key, text=value),) if own and value and at.fits(asked, value) else ()


def _behind_topic(text: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read 资金嘛，五万五: the field asked for named as a topic, then its value."""
    asked = at.asked
    if asked is None or kind_of(asked).takes_words or not 1 < len(cut) <= _FEW_BESIDE or not is_topic(cut[0], at):
        return ()
    own = any(asked.key in each.keys for each in at.mentions(cut[0].plain))
    value = text[cut[1].start : cut[-1].end]
    return (Give(field=asked.key, text=value),) if own and at.fits(asked, value) else ()


def _stated(text: str, plain: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read the value behind the name of the field asked for: 那个项目名称就叫…."""
    value = own_statement(text, plain, cut, at)
    return (Give(field=at.asked.key, text=value),) if value and at.asked is not None else ()


def _said_around(text: str, at: Situation) -> tuple[Act, ...]:
    """Read the name of a unit, or the source of money, with the words said around it: 我们全称某中心哈, 钱是某会费."""
    asked = at.asked
    if asked is None or not kind_of(asked).takes_words or len(text) > LONGEST:
        return ()
    said = without_closing(without_opening(text.strip()))
    value = unit_said(said) if is_unit_field(asked) else source_said(said) if is_source(asked, at.pack.form) else ""
    return (Give(field=asked.key, text=value),) if value and value != text.strip() and at.fits(asked, value) else ()


def _beside_remarks(text: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read a name of a unit or a project that comes beside a remark: 今天真冷啊，我们单位叫…."""
    asked = at.asked
    if asked is None or not kind_of(asked).titled or not 1 < len(cut) <= _FEW_BESIDE:
        return ()
    rest = [clause for clause in cut if not (is_remark(clause.plain) or in_passing(clause))]
    if len(rest) != 1 or len(rest) == len(cut) or asks(rest[0].plain + rest[0].mark[:1]) is Asks.YES:
        return ()
    words = text[rest[0].start : rest[0].end]
    named = unit_said(words) if is_unit_field(asked) else title_in(words, names_of(asked))
    value = named or (words if not is_title(text) and (ends_like_unit(words) or is_title(words)) else "")
    return (Give(field=asked.key, text=value),) if value and at.fits(asked, value) else ()


def _figure(text: str, at: Situation) -> tuple[Act, ...]:
    """Read 人力这块 5名医生: the figure behind the name of the field asked for."""
    asked = at.asked
    tells = asked is not None and at.fits(asked, text) and asks(text) is Asks.NO
    bare = bare_figure(asked, text, at) if asked is not None and tells else text
    return (Give(field=asked.key, text=bare),) if asked is not None and bare != text else ()


def _with_rest_later(text: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read an answer and that what hangs on it comes later: 备案了 号码忘了回头补."""
    asked, number = at.asked, len(cut) - 1
    if asked is None or not 0 < number < _FEW_BESIDE or not (kind_of(asked).assents or kind_of(asked).optioned):
        return ()
    own = text[cut[0].start : cut[number - 1].end]
    later = leaves_open(cut[number]) or whole("later", cut[number].plain) or whole("unknown", cut[number].plain)
    return (Give(field=asked.key, text=own),) if later and at.fits(asked, own) else ()


def _said_parts(text: str) -> list[str]:
    """Give what a sentence may tell as a part of a contact: 他是某局的 → 某局."""
    match = frame(r"\A{belongs}\Z").match(folded(text)[:LONGEST])
    told = [text[slice(*match.span("part"))]] if match else []
    return list(dict.fromkeys([*told, *marked_values(text)[:_FEW], text]))


def _completed(text: str, at: Situation) -> tuple[Act, ...]:
    """Read a further part of a contact, the phone after the name: together with the words not taken before it is more.

    Where something is missing still, the words are kept together and the missing part asked for.
    """
    asked = at.asked
    if asked is None or not kind_of(asked).people or asked.key not in at.draft.refused or at.holds(asked.key):
        return ()
    before = at.draft.refused[asked.key].text
    if not before or at.fits(asked, text) or len(before) > LONGEST or asks(text) is Asks.YES:
        return ()
    pieces = [(early, late) for early in _said_parts(before) for late in _said_parts(text)]
    joined = [each for early, late in pieces for each in (f"{early} {late}", f"{late} {early}")]
    value = next((each for each in joined if at.fits(asked, each)), None)
    more = value or next((each for each in joined if at.missing(asked, each) < at.missing(asked, before)), None)
    return (Give(field=asked.key, text=more),) if more else ()
