"""Button ids: typed, short, ASCII, the same for ever: a button lives as long as the message it stands under."""

from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import buttons as press
from dialogs.protocol import Button

EVERY_ID_OF_TODAY = {
    "start": press.Start(),
    "consult": press.Consult(),
    "eligible": press.CheckEligibility(),
    "new": press.NewApplication(),
    "list": press.ListApplications(),
    "open:2": press.OpenApplication(2),
    "suggest:deadline": press.Suggest("deadline"),
    "remind:off": press.Remind("off"),
    "check:online:unsure": press.AnswerCheck("online", "unsure"),
    "confirm:7": press.Confirm(7),
    "redo:7": press.Redo(7),
    "answer:7": press.TakeAsAnswer(7),
    "question:7": press.TakeAsQuestion(7),
    "append:7": press.Append(7),
    "restart:7": press.Restart(7),
    "erase:7": press.Erase(7),
    "no:7": press.NeverMind(7),
    "import:7:ticked": press.Import(7, "ticked"),
    "tick:7:some_field": press.Tick(7, "some_field"),
    "shot:7:0": press.MatchReport(7, 0),
    "shot:7:no": press.MatchReport(7, "no"),
    "address:7:media": press.PlaceAddress(7, "media"),
    "evidence:1": press.ShowEvidence(1),
    "drop:1:0123456789ab": press.DropEvidence(1, "0123456789ab"),
    "kit:1": press.PackUp(1),
    "wrong:deadline": press.WrongAnswer("deadline"),
    "office": press.WriteToOffice(),
    "askoffice": press.AskOffice(),
    "nooffice": press.WriteNothing(),
    "handin:1": press.HandIn(1),
    "takeback:1": press.TakeBack(1),
    "takeback:1:yes": press.TakeBack(1, "yes"),
    "pages:1": press.ShowPages(1),
    "reviewed:1": press.Reviewed(1),
    "choose:1": press.ChooseField(1),
    "leave:1": press.Leave(1),
    "offer:1:fill_date:0:5d": press.TakeOffer(1, "fill_date", 0, "5d"),
    "forget:2": press.DropApplication(2),
    "reuse:2:unit_name": press.Reuse(2, "unit_name"),
    "import:7:another": press.Import(7, "another"),
    "value:1:some_field:0": press.PickChoice(1, "some_field", 0),
    "value:1:some_field:3:89abcdef": press.PickChoice(1, "some_field", 3, "89abcdef"),
    "ticked:1:some_field": press.TakeTicked(1, "some_field"),
    "skip:1:some_field": press.Skip(1, "some_field"),
    "later:1:some_field": press.LeaveOpen(1, "some_field"),
    "keep:1:some_field": press.Keep(1, "some_field"),
    "decline:1:some_field": press.Decline(1, "some_field"),
    "edit:1:some_field": press.Edit(1, "some_field"),
    "apart:1:some_field": press.SetApart(1, "some_field"),
    "together:1:some_field": press.SetTogether(1, "some_field"),
    "advise:1:some_field": press.Advise(1, "some_field"),
    "rowsdone:1:some_field": press.FinishRows(1, "some_field"),
    "rowmore:1:some_field": press.AddRow(1, "some_field"),
    "rowedit:1:some_field:2": press.ChangeRow(1, "some_field", 2),
    "rowdrop:1:some_field:2": press.DropRow(1, "some_field", 2),
}


@pytest.mark.parametrize("id_", EVERY_ID_OF_TODAY)
def test_an_old_button_still_means_what_it_meant(id_: str) -> None:
    """The ids stored in conversations are read, and written, exactly as before."""
    assert press.decode(id_) == EVERY_ID_OF_TODAY[id_]
    assert press.encode(EVERY_ID_OF_TODAY[id_]) == id_


def test_every_verb_is_in_the_list_of_ids() -> None:
    """A new verb is added to the list above, so that it is never changed unawares."""
    assert {type(action) for action in EVERY_ID_OF_TODAY.values()} == set(press.VERBS.values())


NUMBERS = st.integers(0, 10**6)
MARKS = st.from_regex(r"\A[a-f][0-9a-f]{0,7}\Z")
WORDS = st.from_regex(r"\A[a-z][a-z_0-9]{0,31}\Z")


def _argument(kind: object) -> st.SearchStrategy[object]:
    if kind in {int, str}:
        return NUMBERS if kind is int else WORDS
    return st.sampled_from([each for each in get_args(kind) if isinstance(each, str)] or [*get_args(get_args(kind)[1])])


@given(st.data())
def test_what_is_written_is_read_back(data: st.DataObject) -> None:
    """Whatever the arguments, the id is short ASCII and gives the same action again."""
    kind = data.draw(st.sampled_from(list(press.VERBS.values())))
    action = kind(*(data.draw(MARKS if each.name == "mark" else _argument(each.type)) for each in fields(kind)))
    id_ = press.encode(action)
    assert press.decode(id_) == action
    assert id_.isascii()
    assert len(id_) <= press.LONGEST_ID


@given(st.text(max_size=80))
def test_a_made_up_id_is_no_action(text: str) -> None:
    """Never an error, whatever a client sends; what is read is a known action."""
    action = press.decode(text)
    assert action is None or type(action) in press.VERBS.values()


@pytest.mark.parametrize(
    "id_", ["", ":", "confirm", "confirm:x", "start:1", "edit:1", "import:7:everything", "value:1:f:x"]
)
def test_an_id_with_missing_or_wrong_arguments_is_no_action(id_: str) -> None:
    """Its button is answered as one that means nothing any more."""
    assert press.decode(id_) is None


@pytest.mark.parametrize("entry", ["截止", "a:b", "x" * 60])
def test_an_argument_no_messenger_could_carry_is_refused_when_the_button_is_made(entry: str) -> None:
    """Ids of FAQ entries and keys of fields are staff's: `check` holds them short, and here nothing slips through."""
    with pytest.raises(ValueError, match="button id"):
        press.button(press.Suggest(entry), "x")


def test_a_button_is_its_id_and_its_label() -> None:
    """`button` makes what a reply offers."""
    assert press.button(press.Skip(1, "f"), "跳过") == Button(id="skip:1:f", label="跳过")
