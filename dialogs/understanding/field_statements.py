"""A statement of one field by its name, whatever is asked for: 受益人数写12000, 负责人是卢静怡, 我叫王小梅.

A verb of filling in (写, 登记成, 按…算) tells that the value is meant for the form, also where the field holds another;
a mere 是 or 叫 gives a value where none is held, and is asked about where one is.
"""

from collections.abc import Iterator

from dialogs.fields.registry import kind_of
from dialogs.fields.unit_names import ends_like_unit, parted_title
from dialogs.understanding.acts import Act, Give, KeepPart, Propose
from dialogs.understanding.clauses import SpokenClause, folded
from dialogs.understanding.frames import FIELD, LONGEST, frame
from dialogs.understanding.mentions import Mention
from dialogs.understanding.prose_fields import chosen_option
from dialogs.understanding.prose_names import unit_in
from dialogs.understanding.prose_pieces import PHONE
from dialogs.understanding.putting_off import in_passing
from dialogs.understanding.situation import Situation
from dialogs.understanding.small_talk import is_small_talk
from knowledge.form import Field
from knowledge.text.person_names import is_person
from knowledge.text.question_form import Asks, asks

_FEW = 2  # clauses that tell who speaks
_EARLY = 8  # characters before a field's name that begins a statement
_TELLING = 4  # characters of a piece of a name that names its field
_LEAST = 2  # characters of a name
_NOT_MEANT = r"{fault}|{change}|{not_old}|{really}"  # corrections have a grammar of their own
_SUBJECT = r"\A{ah}(?:{whose})?M{about}(?:嘛|呢|啊|哈|呀|么)?[,:\s]{0,2}"
_STATED = (
    (True, _SUBJECT + r"{reckoned}{end}\Z"),
    (True, _SUBJECT + r"{written}[:,\s]{0,2}(?P<new>.{1,120})\Z"),
    (False, _SUBJECT + r"(?:{named}|{copula}|在)[:,\s]{0,2}(?P<new>.{1,120})\Z"),
)


def statement(text: str, plain: str, cut: list[SpokenClause], at: Situation) -> tuple[Act, ...]:
    """Read a message that is one statement of a field that is not asked for; empty where it is none."""
    if len(plain) > LONGEST or asks(text) is Asks.YES or at.pending is not None:
        return ()
    told = [clause for clause in cut if not (in_passing(clause) or is_small_talk(clause.plain))]
    told = [_joined(told, folded(text))] if told and not any(clause.mark for clause in told[:-1]) else told
    if len(told) != 1:
        return _introduced(told, text, at)
    return _by_name(told[0], text, at) or _belonging(told[0], text, at) or _introduced(told, text, at)


def _joined(told: list[SpokenClause], plain: str) -> SpokenClause:
    """Take clauses parted by nothing but blanks for one: 受益人数填 9800."""
    begin, end = told[0].start, told[-1].end
    return told[0] if len(told) == 1 else SpokenClause(begin, end, plain[begin:end], told[-1].mark)


def _by_name(clause: SpokenClause, text: str, at: Situation) -> tuple[Act, ...]:
    for mention in at.mentions(clause.plain):
        if mention.start > _EARLY or mention.by_person or _is_asked(mention, at):
            continue
        shape = clause.plain[: mention.start] + FIELD + clause.plain[mention.end :]
        if frame(_NOT_MEANT).search(shape) is not None:
            return ()
        for firm, template in _STATED:
            match = frame(template).match(shape)
            if match is None:
                continue
            group = "by" if "by" in match.groupdict() else "new"
            shift = clause.start + mention.end - mention.start - 1  # the name stands as one character
            words = text[match.start(group) + shift : match.end(group) + shift].strip()
            key = next((one.key for one in _takers(mention, words, at, firm=firm)), None)
            if key is not None:
                return (Give(field=key, text=words),) if firm or not at.holds(key) else (Propose(found={key: words}),)
    return ()


def _belonging(clause: SpokenClause, text: str, at: Situation) -> tuple[Act, ...]:
    """Read 我们属于社会帮扶类的: an option of a field that is not asked for, by the verb of belonging to it."""
    if at.asked is not None and (kind_of(at.asked).roomy or kind_of(at.asked).optioned):
        return ()
    match = frame(r"\A{ah}(?:{whose})?(?:项目|活动|单位)?{belongs_to}(?P<new>.{2,24})\Z").match(clause.plain[:LONGEST])
    words = text[clause.start + match.start("new") : clause.start + match.end("new")] if match else ""
    for one in at.pack.form.fields if words else ():
        if kind_of(one).optioned and chosen_option(one, folded(words)) and at.fits(one, words):
            return (Give(field=one.key, text=words),) if not at.holds(one.key) else (Propose(found={one.key: words}),)
    return ()


def _is_asked(mention: Mention, at: Situation) -> bool:
    """Tell whether the field asked for is named, or a part of the contact that is."""
    asked = at.asked
    return asked is not None and (asked.key in mention.keys or (kind_of(asked).people and mention.part is not None))


def _takers(mention: Mention, words: str, at: Situation, *, firm: bool) -> Iterator[Field]:
    """Give the fields meant that take the words, those for people first where the words are a person's name.

    A piece of a name is enough where a name of somebody, an option or a figure follows; a text that is asked for holds
    statements of its own, unless they tell that they are meant for the form.
    """
    person = is_person(parted_title(words)[0])
    size = mention.end - mention.start
    roomy = at.asked is not None and kind_of(at.asked).roomy
    fields = [at.pack.fields[key] for key in mention.keys]
    for one in sorted(fields, key=lambda each: person is kind_of(each).takes_words):
        wordy = kind_of(one).takes_words
        named = mention.whole or (firm and size >= _TELLING) or (person and not wordy and len(words) >= _LEAST)
        meant = named and not kind_of(one).roomy and mention.part is None and at.draft.applies(one)
        if not meant or (roomy and (wordy or not firm)) or (wordy and _is_another(one, words)):
            continue
        if at.fits(one, words):
            yield one


def _is_another(one: Field, words: str) -> bool:
    """Tell whether the name of a unit is told where none is asked for, or the other way round."""
    return kind_of(one).titled and bool(unit_in(one.example)) is not (bool(unit_in(words)) or ends_like_unit(words))


def _introduced(told: list[SpokenClause], text: str, at: Situation) -> tuple[Act, ...]:
    """Read 我叫金小满，是联系人: who speaks, for the field of his role, or the first that asks for somebody."""
    asked = at.asked
    busy = asked is not None and (kind_of(asked).people or kind_of(asked).roomy)
    if busy or PHONE.search(text) or not 0 < len(told) <= _FEW:
        return ()
    match = frame(r"\A{ah}{introduces}(?P<new>.{2,8}?){end}\Z").match(told[0].plain[:LONGEST])
    words = text[told[0].start + match.start("new") : told[0].start + match.end("new")] if match else ""
    if not is_person(parted_title(words)[0]) or (asked is not None and _asks_for_somebody(asked, words, at)):
        return ()
    roles = [key for clause in told[1:] for each in at.mentions(clause.plain) for key in each.keys]
    if len(told) > 1 and not roles:
        return ()
    fields = [one for one in at.pack.form.fields if not at.holds(one.key) and at.draft.applies(one)]
    fields = [one for one in fields if one.key in roles] if roles else fields
    people = [one for one in fields if _asks_for_somebody(one, words, at)]
    if len(people) == 1 or (people and roles):
        return (Give(field=people[0].key, text=words),)
    if people:
        return (Propose(found={people[0].key: words}),)
    contact = next((one for one in sorted(fields, key=lambda each: len(each.parts)) if kind_of(one).people), None)
    return (KeepPart(field=contact.key, text=words),) if contact else ()


def _asks_for_somebody(one: Field, words: str, at: Situation) -> bool:
    kind = kind_of(one)
    return not (kind.takes_words or kind.optioned or kind.people) and at.fits(one, words)
