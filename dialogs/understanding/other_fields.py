"""What a message tells of fields that are not asked for: 项目叫… where a day is asked, a phone where people count.

Theory of operation. The message is read as prose (`prose`): every clause is offered to the field it names, or whose
unit, verb or shape it has. Where the field asked for does not take the words, or they are plainly another field's,
what was found is given to the others, and the field asked for is asked again. What is held already is exchanged only
after a confirmation.
"""

import re

from dialogs.fields.chatter import without_closing
from dialogs.fields.registry import kind_of
from dialogs.understanding.acts import Act, Give, Propose
from dialogs.understanding.clauses import SpokenClause, folded
from dialogs.understanding.frames import FIELD, LONGEST, frame
from dialogs.understanding.no_value import is_cued, tells_kind
from dialogs.understanding.prose import Prose, told_in
from dialogs.understanding.prose_fields import chosen_option, is_source, is_unit_field
from dialogs.understanding.prose_names import tells_source, title_in, unit_in, without_lead
from dialogs.understanding.prose_pieces import PHONE
from dialogs.understanding.putting_off import in_passing
from dialogs.understanding.situation import Situation
from knowledge.form import Field
from knowledge.search.answer import Answer
from knowledge.text.question_form import Asks, asks

_FEW = 5  # clauses; who says more tells a story, which is confirmed as a whole
_NAME_AND_PHONE = 2  # parts of a contact that tells no unit
_EARLY = 4  # characters before the name of a field that begins a statement of it
_LASTING = re.compile(
    r"至今|现在|目前|(?:开始|启动|上线|办|做|搞)(?:的|了|起)?(?:$|[,，])|起(?:$|[,，至到])|[-~至到].*\d"
)
_FULL = 4  # characters of a name that begins a statement without 是 or 叫
_NEAR = 12  # characters at whose end 名字 still begins a statement
_BARE = r"\A{ah}(?:{whose})?M{about}(?:{copula})?[:,\s]{0,2}(?P<new>\S.*)\Z"
_STATED = re.compile(r"[叫是为:写填有靠]|来自|[《“「\"]|单位[^,]{3}|本|我")
_FIGURES = re.compile(r"[\d一二三四五六七八九十百千万两]{1,12}")
_SEVERAL = 2  # figures of parts
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千万]")
_SURE = 0.85  # likelihood of the notice's answer from which words ask rather than tell
_QUOTED = re.compile(r"[《“「\"]")
_OWN = r"\A{ah}(?:{whose})?M(?:{about})(?:嘛|呢|啊|哈|呀|么)?[,:\s]{0,2}(?:{named})[:,\s]{0,2}(?P<new>.{2,80})\Z"


def own_statement(text: str, plain: str, cut: list[SpokenClause], at: Situation) -> str:
    """Give the value of a statement that names the field asked for: 那个项目名称就叫… → …; empty where it is none."""
    asked = at.asked
    if asked is None or not kind_of(asked).takes_words or kind_of(asked).roomy or len(plain) > LONGEST:
        return ""
    text = without_closing(text, particles=False)
    plain, cut = folded(text), [clause for clause in cut if clause.start < len(text)]
    named = [(each.start, each.end) for each in at.mentions(plain) if each.whole and asked.key in each.keys]
    nouns = "{title_noun}" if is_unit_field(asked) else "{title_noun}|{work_noun}"
    noun = frame(nouns).search(plain[:_NEAR]) if kind_of(asked).titled else None
    for start, end in [*named, *([noun.span()] if noun else [])]:
        shape = plain[:start] + FIELD + plain[end:]
        bare = end - start >= _FULL and frame(r"\A{ah}M[:,]?(?P<new>.{2,80})\Z").match(shape)
        match = frame(_OWN).match(shape) or bare
        begin = folded(text).find(match["new"], start) if match else -1
        if begin >= 0 and not any(clause.start > begin and not in_passing(clause) for clause in cut):
            value = frame("{settles}").sub("", text[begin:].strip())
            return value if at.fits(asked, value) else ""
    return ""


def bare_figure(one: Field, text: str, at: Situation) -> str:
    """Give a figure without the name of its field before it, 人力这块 5名医生 → 5名医生; the words themselves else."""
    plain = folded(text.strip())
    if not kind_of(one).numbered or kind_of(one).assents or len(plain) > LONGEST:
        return text
    for mention in at.mentions(plain):
        own = set(mention.keys) == {one.key} and mention.part is None and mention.start <= _EARLY
        shape = plain[: mention.start] + FIELD + plain[mention.end :]
        match = frame(_BARE).match(shape) if own else None
        value = text.strip()[-len(match["new"]) :] if match else ""
        if value and value != text.strip() and at.fits(one, value):
            return value
    return text


def whole_contact(text: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read who is asked for, told in several clauses: 某局推荐我们的，联系人张科长，电话…."""
    asked = at.asked
    if asked is None or not kind_of(asked).people or at.holds(asked.key) or not 1 < len(cut) <= _FEW:
        return ()
    if not PHONE.search(text) or any(frame("{change}|{fault}").search(clause.plain) for clause in cut):
        return ()
    prose = told_in(text, cut, at)
    rest = [number for number in range(len(cut)) if number not in prose.used and not in_passing(cut[number])]
    alone = list(prose.found) == [asked.key] and not (rest or prose.questions) and len(asked.parts) > _NAME_AND_PHONE
    return (Give(field=asked.key, text=prose.found[asked.key]),) if alone else ()


def for_other_fields(text: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read a message all of whose clauses tell of fields, one of them not the one asked for; else empty."""
    asked = at.asked
    if len(cut) > _FEW or asks(text) is not Asks.NO:
        return ()
    if asked is None:
        return _unasked(text, cut, at)
    if counted := _counted_instead(text, asked, at):
        return counted
    if not _may_tell_others(text, cut, asked, at):
        return ()
    prose = told_in(text, cut, at)
    found, used = _with_silent(prose, text, cut, at)
    others = {key: words for key, words in found.items() if key != asked.key}
    silent = any(number not in used and not in_passing(cut[number]) for number in range(len(cut)))
    own = kind_of(asked).takes_words or at.fits(asked, text)
    if not others or not _tells_others(found, others, asked, prose) or (silent and own):
        return ()
    return (Propose(found=found, left=prose.left()),) if silent else _given(found, at, prose.left())


def _counted_instead(text: str, asked: Field, at: Situation) -> tuple[Act, ...]:
    """Read 志愿者126 专职2个 where a source of money is asked: figures for the next field that takes them."""
    if not is_source(asked, at.pack.form) or tells_source(text) or len(_FIGURES.findall(text)) < _SEVERAL:
        return ()
    fields = at.pack.form.fields
    if any(tells_kind(one, folded(text)) for one in fields):
        return ()
    behind = [one for one in fields[fields.index(asked) + 1 :] if "parts" in one.allows and not at.holds(one.key)]
    return tuple(Propose(found={one.key: text}) for one in behind[:1] if at.fits(one, text))


def _unasked(text: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read facts told while nothing is asked, at the menu or the review: 我们单位是…, 项目叫…."""
    if any(frame("{change}|{fault}").search(clause.plain) for clause in cut):
        return ()
    prose = told_in(text, cut, at)
    silent = any(number not in prose.used and not in_passing(cut[number]) for number in range(len(cut)))
    if silent or not prose.found or not all(_is_told(at.pack.fields[key], cut, at) for key in prose.found):
        return ()
    asked = at.find(text)
    if isinstance(asked, Answer) and asked.score >= _SURE:
        return ()  # 项目类别都有那些 asks, by a slip of the pen
    return _given(prose.found, at, prose.left())


def _is_told(one: Field, cut: list[SpokenClause], at: Situation) -> bool:
    """Tell whether words are plainly a field's: by its name, or by what leads in to a unit or a title."""
    if kind_of(one).takes_words and not any(_STATED.search(clause.plain) for clause in cut):
        return False  # 项目条件 asks, in two words
    if kind_of(one).optioned and not any(chosen_option(one, clause.plain) for clause in cut):
        return False
    if is_unit_field(one):
        return any(unit_in(clause.plain) and without_lead(clause.plain) != clause.plain for clause in cut)
    titled = kind_of(one).titled and any(title_in(clause.plain, ()) for clause in cut)
    return titled or _is_theirs(one, cut, at)


def _given(found: dict[str, str], at: Situation, left: tuple[str, ...]) -> tuple[Act, ...]:
    """Give what was found; where a field holds something already, it is confirmed first."""
    if any(at.holds(key) for key in found if at.asked is None or key != at.asked.key):
        return (Propose(found=found, left=left),)
    return tuple(Give(field=one.key, text=found[one.key]) for one in at.pack.form.fields if one.key in found)


def _may_tell_others(text: str, cut: list[SpokenClause], asked: Field, at: Situation) -> bool:
    """Tell whether an answer holds any sign of another field; most hold none, and need no further reading."""
    listed = is_source(asked, at.pack.form) and tells_source(text)  # 财政资金20万元，社会捐赠15万元
    if kind_of(asked).several_messages or kind_of(asked).roomy or listed:
        return False
    if kind_of(asked).people or not at.fits(asked, text) or PHONE.search(text):
        return True
    others = [one for one in at.pack.form.fields if one.key != asked.key]
    for clause in cut:
        named = any(each.whole and set(each.keys) != {asked.key} for each in at.mentions(clause.plain))
        led = any(clause.plain.startswith(lead) for one in others for lead in one.lead_ins)
        if named or led or any(is_cued(one, clause.plain, but=asked) for one in others):
            return True
    if not (_FIGURE.search(folded(text)) or any(at.mentions(clause.plain) for clause in cut)):
        return False  # neither a figure nor a name of any field
    counted = kind_of(asked).numbered and any(is_cued(asked, clause.plain) for clause in cut)
    return not counted and any(_is_theirs(one, cut, at) for one in others)


def for_postponed(text: str, at: Situation) -> tuple[Act, ...]:
    """Read a bare figure the field asked for does not take, for the only field put off that does."""
    asked = at.asked
    if asked is None or at.fits(asked, text) or len(text) > _EARLY * _EARLY:
        return ()
    late = [one for one in at.pack.form.fields if one.key in at.draft.postponed and not at.holds(one.key)]
    fitting = [one for one in late if kind_of(one).numbered and at.fits(one, text)]
    return (Give(field=fitting[0].key, text=text),) if len(fitting) == 1 else ()


def _tells_others(found: dict[str, str], others: dict[str, str], asked: Field, prose: Prose) -> bool:
    at = prose.at
    if asked.key not in found:
        return _are_theirs(others, asked, prose, at)
    plain_answer = at.fits(asked, prose.text)  # 专职3人，志愿者60人 is one answer
    return not plain_answer or all(_is_apart(at.pack.fields[key], asked, prose.cut, at) for key in others)


def _is_apart(one: Field, asked: Field, cut: list[SpokenClause], at: Situation) -> bool:
    """Tell whether a clause is another field's by its name, or by a unit the field asked for does not have.

    A clause without a figure that tells where money comes from is the source's: 队员自己凑的，差不多13万5.
    """
    if is_source(one, at.pack.form) and kind_of(asked).shaped:
        return any(tells_source(clause.plain) and not _FIGURE.search(clause.plain) for clause in cut)
    return _is_named(one, cut, at) or any(is_cued(one, clause.plain, but=asked) for clause in cut)


def _with_silent(prose: Prose, text: str, cut: list[SpokenClause], at: Situation) -> tuple[dict[str, str], set[int]]:
    """Give what was found, and the clauses that told it.

    A clause that tells nothing by itself is joined to the figure before: …开始的，现在还在做.
    """
    found, used = dict(prose.found), set(prose.used)
    for number in range(1, len(cut)):
        before = text[cut[number - 1].start : cut[number - 1].end]
        key = next((key for key, words in found.items() if words.endswith(before) or before.endswith(words)), None)
        if number in used or key is None or not kind_of(at.pack.fields[key]).shaped:
            continue
        joined = text[text.find(found[key]) : cut[number].end]
        if at.fits(at.pack.fields[key], joined):
            found[key] = joined
            used.add(number)
    return found, used


def _are_theirs(others: dict[str, str], asked: Field, prose: Prose, at: Situation) -> bool:
    """Tell whether the words are the others': the field asked for does not take them, or they are plainly theirs."""
    kind, text, cut = kind_of(asked), prose.text, prose.cut
    if kind.people and at.missing(asked, text) < max(1, len(asked.parts)):
        with_unit = {key for number in range(len(prose.pieces)) for key in prose.units_person(number)}
        return any(key in with_unit or _is_named(at.pack.fields[key], cut, at) for key in others)
    people = any(kind_of(at.pack.fields[key]).people for key in others) and PHONE.search(text) is not None
    if not kind.takes_words and (not at.fits(asked, text) or (people and not kind.people)):
        return True
    if kind.numbered:
        cued = any(is_cued(asked, clause.plain) or _is_named(asked, cut, at) for clause in cut)
        return not cued and all(_is_theirs(at.pack.fields[key], cut, at) for key in others)
    return all(_is_theirs(at.pack.fields[key], cut, at) for key in others)


def _is_named(one: Field, cut: list[SpokenClause], at: Situation) -> bool:
    """Tell whether a clause begins with the field's name, or with words that lead in to its value: 项目叫…."""
    led = any(clause.plain.startswith(lead) for clause in cut for lead in one.lead_ins if len(lead) > 1)
    return led or any(
        one.key in each.keys and each.whole and each.part is None and each.start <= _EARLY
        for clause in cut
        for each in at.mentions(clause.plain)
    )


def _is_theirs(one: Field, cut: list[SpokenClause], at: Situation) -> bool:
    if _is_named(one, cut, at):
        return True
    for clause in cut:
        figured = kind_of(one).numbered and not _QUOTED.search(clause.plain)
        if figured and (is_cued(one, clause.plain) or (kind_of(one).dated and _LASTING.search(clause.plain))):
            return True
    return kind_of(one).people and any(PHONE.search(clause.plain) for clause in cut)
