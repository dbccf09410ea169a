"""Events and replies come back from storage as they were."""

from hypothesis import given
from hypothesis import strategies as st

from bot.store.codec import pack, unpack
from dialogs.protocol import Button, Choice, Command, Edited, File, Reply, Text, Upload
from knowledge.notice import Citation

WORDS = st.text(st.characters(), max_size=20)  # lone surrogates and control characters too
EVENTS = st.one_of(
    st.builds(Text, text=WORDS, message=st.none() | st.integers()),
    st.builds(Choice, id=WORDS),
    st.builds(Upload, name=WORDS, content=st.binary()),
    st.builds(Edited, text=WORDS, message=st.integers()),
    st.builds(Command, name=WORDS, argument=WORDS),
)
REPLIES = st.builds(
    Reply,
    text=WORDS,
    choices=st.lists(st.builds(Button, id=WORDS, label=WORDS), max_size=2).map(tuple),
    citations=st.lists(st.builds(Citation, clause=WORDS, quote=WORDS), max_size=2).map(tuple),
    files=st.lists(st.builds(File, name=WORDS, content=st.binary()), max_size=2).map(tuple),
)


@given(EVENTS | REPLIES)
def test_every_event_and_reply_comes_back_as_it_was_stored(model):
    """Any characters, any bytes: the text is storable anywhere, and nothing is lost."""
    blobs: dict[str, bytes] = {}
    text = pack(model, blobs)
    text.encode()
    assert "\0" not in text
    assert type(model).model_validate(unpack(text, blobs.__getitem__)) == model
