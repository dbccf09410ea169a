"""The one step from a message to its acts; it changes nothing and answers nothing.

Theory of operation. Readings are tried from the surest to the loosest: a button chosen by words, rows of the table
asked for, a bare value, an answer that tells of fields behind it, labelled lines, what goes on with the answer before;
then the clauses (`reader`); at last the message as a whole (`routing`), which is always something.
"""

import re

from dialogs.fields.registry import kind_of
from dialogs.understanding.acts import (
    Act,
    Choose,
    DenyAnswer,
    Describe,
    Fill,
    Give,
    GiveRows,
    KeepAddress,
    Labelled,
    OfferText,
)
from dialogs.understanding.bare_answers import is_bare_answer
from dialogs.understanding.button_matching import chosen_button
from dialogs.understanding.clauses import folded
from dialogs.understanding.commands import command_of
from dialogs.understanding.denials import denial
from dialogs.understanding.evidence_words import tells_address
from dialogs.understanding.frames import LONGEST, frame
from dialogs.understanding.multipart import announced_parts, collected, going_on
from dialogs.understanding.paste_block import labelled_field, split_block
from dialogs.understanding.reader import more_told, read
from dialogs.understanding.routing import route
from dialogs.understanding.row_words import reads_rows
from dialogs.understanding.said_along import tells_more
from dialogs.understanding.situation import Situation
from dialogs.understanding.talk import by_sense
from knowledge.search.categories import fits
from knowledge.text.question_form import Asks, asks

_PARTED = re.compile(r"[:：\t|\n]")  # what parts a label from its text, or one line from the next
_TELLING = 4  # characters that tell what a project does
_LONGEST = 80  # characters of such a description
_PROSE = 40  # characters of a text that is rather one of the long texts


def understand(text: str, at: Situation) -> tuple[Act, ...]:
    """Give the acts of a message, never none; all texts in them are pieces of it. Never raises."""
    if _denies(text, at):
        return (DenyAnswer(),)
    if (button := chosen_button(text, at)) is not None:
        return (Choose(button=button),)
    if reads_rows(text, at):
        return (GiveRows(),)
    if is_bare_answer(text, at):
        return (route(text, at),)
    if at.asked is not None and at.draft.collecting == at.asked.key and at.pending is None:
        return collected(text, read(text, at) or (route(text, at),), at)
    return (
        announced_parts(text, at)
        or _telling_more(text, at)
        or _pasted(text, at)
        or going_on(text, at)
        or ((KeepAddress(),) if tells_address(text, at) else ())
        or read(text, at)
        or _misplaced(text, at)
        or (by_sense(route(text, at), text, at),)
    )


def _denies(text: str, at: Situation) -> bool:
    """Tell whether words say that the answer just given was beside the point; a mere 不是 may answer a field."""
    said = denial(text) if at.follows_answer else None
    return said is not None and (said == "explicit" or (at.asked is None and at.pending is None))


def _telling_more(text: str, at: Situation) -> tuple[Act, ...]:
    """Read an answer that tells of the fields behind it as well."""
    asked = at.asked
    if (
        asked is None
        or at.pending is not None
        or at.holds(asked.key)
        or frame("{arrow}").search(folded(text)[:LONGEST])
    ):
        return ()
    words = tells_more(at.pack, at.draft, asked, text, at.today)
    return () if words is None else (Give(field=asked.key, text=words, said=text),)


def _misplaced(text: str, at: Situation) -> tuple[Act, ...]:
    """Read what the field asked for does not take: what a project does, for its category; a text come too early."""
    asked, help_ = at.asked, at.pack.faq.category_help
    if asked is None or not len(text) >= _TELLING or kind_of(asked).takes_words or at.pending is not None:
        return ()
    if command_of(text, at.pack.form) or asks(text) is not Asks.NO or at.takes(asked, text):
        return ()
    if help_ is not None and help_.field == asked.key and len(text) <= _LONGEST:
        found = tuple(fit.category.label for fit in fits(text, help_))
        return (Describe(labels=found),) if found else ()
    texts = [one for one in at.pack.form.fields if kind_of(one).several_messages and not at.holds(one.key)]
    return (OfferText(text=text),) if texts and len(text) >= _PROSE and not kind_of(asked).people else ()


def _pasted(text: str, at: Situation) -> tuple[Act, ...]:
    """Read a block of labelled lines, or a single one for another field than the one asked for."""
    form, asked = at.pack.form, at.asked
    if not _PARTED.search(text):
        return ()  # most answers: no label is parted from anything
    if block := split_block(text, form):
        return more_told(block, text, at) or (Fill(found=dict(block.fields), left=block.leftover),)
    key = labelled_field(text, form, asked=asked.key if asked else None)
    return (Labelled(field=key, text=text),) if key and (asked is None or key != asked.key) else ()
