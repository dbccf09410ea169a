"""A short selection of the hostile texts (`make fuzz`: all, with times): turns end, none fails, nothing is lost."""

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.protocol import Turn
from tests.fuzz.hostile import generators
from tests.fuzz.measure import stopped
from tests.fuzz.places import places

TEXTS = generators()
PLACES = {place.name: place for place in places()}
TYPED = [name for name, place in PLACES.items() if place.is_field]
BLOCKS = [name for name in TEXTS if name.startswith("labels by")]  # what such a block names goes to many fields
SIZE = 2000  # characters
LONG = 20.0  # seconds of work: a turn that takes so much does not end


def test_there_are_texts_enough() -> None:
    """Each differs from every other, and has the size asked for."""
    made = {generator(SIZE) for generator in TEXTS.values()}
    assert len(made) == len(TEXTS) >= 150
    assert {len(text) for text in made} == {SIZE}


@given(st.sampled_from(sorted(PLACES)), st.sampled_from(sorted(TEXTS)))
@settings(max_examples=50)
def test_a_hostile_text_is_answered_wherever_it_is_sent(where: str, which: str) -> None:
    """Whatever it is: the turn ends, and something is said."""
    outcome = sent(where, which)
    if isinstance(outcome, Turn):
        assert outcome.replies
        assert all(reply.text.strip() for reply in outcome.replies)


@given(st.sampled_from(TYPED), st.sampled_from(sorted({*TEXTS} - {*BLOCKS})))
@settings(max_examples=50)
def test_a_hostile_text_typed_for_a_field_is_kept(where: str, which: str) -> None:
    """Taken, doubted or refused, its words stand in the session as they were typed; a question goes to the office."""
    outcome = sent(where, which)
    begins = TEXTS[which](SIZE).strip()[:50]
    held = [*strings(outcome.session.model_dump()), said(outcome)]
    kept = any(begins in each for each in held)
    cells = re.split(r"[\s,，、;；]+", begins)  # a table takes cell by cell
    shared_out = all(any(word in each for each in held) for word in cells)
    assert kept or shared_out or outcome.asked is not None


def sent(where: str, which: str) -> Any:
    """Send a text to a place."""
    place, made = PLACES[where], PLACES[where].prepared(TEXTS[which](SIZE))
    return stopped(LONG, lambda: place.sent(made))


def said(outcome: Turn) -> str:
    """Give all that was said."""
    return "\n".join(reply.text for reply in outcome.replies)


def strings(value: Any) -> Iterator[str]:
    """Go through all texts in a dumped model."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple | set) else ():
        yield from strings(part)
