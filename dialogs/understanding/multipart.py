"""What goes on with the answer before: a paragraph of a long text, an item of a list, the word that all is sent."""

import re

from dialogs.fields.chatter import without_emoji
from dialogs.fields.lead_in import addition
from dialogs.fields.registry import kind_of
from dialogs.session import Draft
from dialogs.understanding.acts import Act, AddItem, Collect, Continue, Doubtful, Finish, PlaceText, Plain
from dialogs.understanding.clauses import MARKS, clauses, folded
from dialogs.understanding.evidence_words import says_video
from dialogs.understanding.frames import FIELD, LONGEST, frame
from dialogs.understanding.situation import Situation
from dialogs.understanding.small_talk import is_assent
from dialogs.understanding.speech_acts import clause_acts
from knowledge.form import Field
from knowledge.pack import NoticePack
from knowledge.text.question_form import Asks, asks

_ANNOUNCED = re.compile(r"[^，。：:]{1,8}[：:]")  # 补充一段：
_BESIDES = re.compile(r"[别其]|就|完|齐|以上|全")  # 没有别的了 says that something was given
_LISTED = re.compile(r"\s*(?:\d{4}年|\d{1,2}[.、)）]|[《“①-⑳])")  # so begin the items of a list
_LINKS = re.compile(r"(?:\s{0,9}https?://\S{1,500}+\s{0,9}){1,20}")
_PROSE = 80  # characters: a shorter line after a long text is an answer of its own
_ANNOUNCEMENT = 40  # characters of words that announce parts
_TIMES = (4, 12, 36)  # how often a text is said, to see whether it was refused for being short
_BEGINNING = 8  # characters by which a text sent anew is known
_MORE = 20  # characters, once the applicant has said that it goes on


def going_on(text: str, at: Situation) -> tuple[Act, ...]:
    """Read what goes on with the answer before: a paragraph, an item; empty when the words are meant otherwise."""
    if told := _of_refused_text(text, at):
        return told
    if more := _added(text, at):
        return (Continue(text=more),)
    before = at.pack.fields.get(str(at.draft.growing))
    if before is not None and before.key in at.draft.values and at.pending is None:
        if _is_finished(before, text, at):
            return (Finish(field=before.key),)
        if _is_one_more(before, text, at):
            return (AddItem(field=before.key, text=_item(text)),)
        if kind_of(before).several_messages and _goes_on(text, at):
            return (Continue(text=_item(text) if _ANNOUNCED.match(text) else text),)
    asked = at.asked
    unplaced = asked is not None and kind_of(asked).itemised and last_long_text(at.pack, at.draft) is not None
    return (PlaceText(text=text),) if unplaced and _is_prose(asked, text, _PROSE) else ()


def announced_parts(text: str, at: Situation) -> tuple[Act, ...]:
    """Read 简介我分几条发: the text or list named, or asked for, is collected from the messages that follow."""
    cut = clauses(text) if len(text) <= _ANNOUNCEMENT else []
    plain = folded(text).strip(MARKS) if cut else ""
    said = frame("{in_parts}").search(plain)
    alone = frame("{parted}").search(plain) if said is None else None
    said = said or alone
    if said is None or asks(plain[: said.start()] + plain[said.end() :]) is Asks.YES:
        return ()
    named = [at.pack.fields[key] for clause in cut for each in at.mentions(clause.plain) for key in each.keys]
    fields = [one for one in [*named, *([at.asked] if at.asked and not alone else [])] if may_be_collected(one)]
    return (Collect(field=fields[0].key),) if fields and at.draft.applies(fields[0]) else ()


def may_be_collected(one: Field) -> bool:
    """Tell whether a field takes its value in several messages: a text, a list, links."""
    kind = kind_of(one)
    return kind.several_messages or kind.itemised or kind.links


def collected(text: str, acts: tuple[Act, ...], at: Situation) -> tuple[Act, ...]:
    """Read a further part of what is being collected; empty where nothing is, or the words mean something else.

    `acts` are what the words mean otherwise.
    """
    asked = at.asked
    if asked is None or at.draft.collecting != asked.key or at.pending is not None:
        return ()
    held = at.holds(asked.key)
    if held and _is_finished(asked, text, at):
        return (Finish(field=asked.key),)
    if not all(isinstance(act, Plain | Doubtful) for act in acts):
        return acts
    if kind_of(asked).several_messages:
        return (Continue(text=text),)
    return (AddItem(field=asked.key, text=_item(text)),) if held else acts


def _of_refused_text(text: str, at: Situation) -> tuple[Act, ...]:
    """Read the next paragraph of a text that was too short by itself, or that no more comes of it."""
    asked = at.asked
    refused = at.draft.refused.get(asked.key) if asked is not None else None
    if asked is None or refused is None or not refused.text or not kind_of(asked).several_messages or at.pending:
        return ()
    if at.holds(asked.key) or at.fits(asked, text):
        return ()
    if _says_finished(asked, "".join(clause.plain for clause in clauses(text)), at):
        return (Finish(field=asked.key),)
    anew = text.strip().startswith(refused.text.strip()[:_BEGINNING])
    longer = len(refused.text) >= _MORE and not anew and _is_prose(asked, text, _MORE, ending=False)
    return (Continue(text=text),) if longer and _is_too_short(asked, refused.text, at) else ()


def _is_too_short(one: Field, words: str, at: Situation) -> bool:
    """Tell whether a text would be taken if only there were more of it."""
    return any(at.takes(one, words * times) for times in _TIMES)


def _added(text: str, at: Situation) -> str:
    """Give what is to be put behind the long text held: 再加一句：… right behind it, or said of it by its name."""
    long_text = last_long_text(at.pack, at.draft) if at.pending is None else None
    more = addition(long_text.names, text) if long_text else ""
    lead = folded(text[: len(text) - len(more)]) if more else ""
    spoken = [each.keys for each in at.mentions(lead)] if lead else []
    own = long_text is not None and (at.draft.growing == long_text.key or any(long_text.key in keys for keys in spoken))
    return more if own and all(long_text is None or long_text.key in keys for keys in spoken) else ""


def last_long_text(pack: NoticePack, draft: Draft) -> Field | None:
    """Give the last field of long text that holds one."""
    fields = [one for one in pack.form.fields if kind_of(one).several_messages and one.key in draft.values]
    return fields[-1] if fields else None


def _goes_on(text: str, at: Situation) -> bool:
    """Tell whether words are the next paragraph rather than the answer to the field asked for."""
    asked = at.asked
    if _corrects_another(text, at):
        return False
    if asked is None or kind_of(asked).itemised:
        return _is_prose(asked, text, _MORE, ending=False)
    return not at.takes(asked, text) and not kind_of(asked).people and _is_prose(asked, text, _MORE, ending=False)


def _corrects_another(text: str, at: Situation) -> bool:
    """Tell whether words begin by saying that a field held by another name is wrong: 联系人姓名有个别字，…."""
    first = next(iter(clauses(text)), None)
    if first is None or len(first.plain) > LONGEST:
        return False
    named = any(at.holds(key) and key != at.draft.growing for each in at.mentions(first.plain) for key in each.keys)
    return named and frame("(?:{fault}|{become}|{arrow})").search(first.plain) is not None


def _is_finished(before: Field, text: str, at: Situation) -> bool:
    """Tell whether the words say that nothing more comes.

    没有了 may also be the answer that there is none, unless something was put behind the first part already.
    """
    plain = folded(without_emoji(text)).strip(MARKS)
    said = [clause.plain for clause in clauses(text)] or [plain]
    ends = [_says_finished(before, each, at) for each in said]
    apart = any(ends) and all(end or is_assent(each) for end, each in zip(ends, said, strict=True))
    if not (apart or _says_finished(before, "".join(said), at)):
        return False
    asked = at.asked
    if asked is None or at.draft.values[before.key].message is None or _BESIDES.search(plain):
        return not is_assent(plain)
    return not at.says_none(asked, text) and not is_assent(plain)


def _says_finished(before: Field, plain: str, at: Situation) -> bool:
    """Tell whether words of ending cover a clause, 没有其他链接了; the text or list before may be named in it."""
    for mention in reversed([each for each in at.mentions(plain) if before.key in each.keys]):
        plain = plain[: mention.start] + FIELD + plain[mention.end :]
    for sign in before.signs:
        plain = plain.replace(sign, FIELD)
    return "finish" in clause_acts(plain.replace(" ", ""))


def _is_one_more(before: Field, text: str, at: Situation) -> bool:
    """Tell whether the words are a further item of the list before, which the field asked does not take."""
    if kind_of(before).several_messages:
        return False
    begun = frame(r"\A{one_more}").match(folded(text).strip())
    held = at.draft.values[before.key]
    alike = kind_of(before).itemised and _is_alike(before, text, at)
    bare_link = kind_of(before).links and "http" in text and bool(held.value) and not says_video(text)
    if not (begun or bare_link or alike):
        return False
    asked = at.asked
    further = bare_link and asked is not None and not kind_of(asked).links and _LINKS.fullmatch(text) is not None
    taken = asked is not None and at.takes(asked, text) and not further
    fits = at.takes(before, _item(text))
    return fits and (not taken or (begun is not None and asked is not None and kind_of(asked).assents))


def _is_alike(before: Field, text: str, at: Situation) -> bool:
    """Tell whether a line that the field asked for does not take looks like the item before: 2022年…优秀案例."""
    asked, words = at.asked, text.strip()
    if asked is None or len(words) > _PROSE or "http" in words or asks(words) is not Asks.NO:
        return False
    if any(each.whole and before.key not in each.keys for each in at.mentions(words)):
        return False
    signed = any(sign in words for sign in before.signs)
    return signed or (words[:1].isdigit() and at.draft.values[before.key].text.strip()[:1].isdigit())


def _item(text: str) -> str:
    stripped = text.strip()
    begun = frame(r"\A{one_more}").match(folded(stripped))
    return stripped[begun.end() :] if begun else stripped


def _puts_right(text: str) -> bool:
    """Tell whether words begin with a wish to change something: 把推荐单位换成…."""
    return frame(r"\A{ah}(?:把|将)[^,，。]{1,12}?{become}").match(folded(text)[:LONGEST]) is not None


def _is_prose(field: Field | None, text: str, least: int, *, ending: bool = True) -> bool:
    """Tell running text from an answer to a list field, which has links or words of its own."""
    flows = not ending and text.rstrip().endswith("。") and "，" in text
    own = field is not None and not flows and any(sign in text for sign in field.signs)
    items = re.split("[；;\n]", text.strip("；;\n"))
    own = own or (field is not None and "。" not in text and all(map(_LISTED.match, items)))
    marks = "。" if ending else "。，；"
    if not ending and field is not None and _puts_right(text):
        return False
    return len(text) >= least and any(mark in text for mark in marks) and not own and "http" not in text
