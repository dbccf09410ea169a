"""What a Telegram update means: which event of the applicant, which refusal."""

import pytest
from telegram import Update

from bot.channels.telegram.update_reading import read
from bot.messages import say
from bot.store.updates import RemoteFile
from dialogs.protocol import Choice, Command, Edited, Text, Unreadable

LIMIT = 20 * 1024 * 1024
ANN = {"id": 7, "is_bot": False, "first_name": "安"}


def _message(**content):
    return {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "from": ANN, **content}


def _read(kind="message", limit=LIMIT, **content):
    body = content if kind == "callback_query" else _message(**content)
    return read(Update.de_json({"update_id": 3, kind: body}, None), limit)


def _document(name="表.docx", size=10):
    return {"file_id": "f", "file_unique_id": "u", "file_name": name, "file_size": size}


def test_text_keeps_its_words_and_number():
    """A typed message becomes Text, untouched, with the message's number."""
    assert _read(text=" 你好\n世界 ").part == Text(text=" 你好\n世界 ", message=5)


@pytest.mark.parametrize(
    ("typed", "name", "argument"),
    [
        ("/start", "start", ""),
        ("/Back", "back", ""),
        ("/edit 项目名称", "edit", "项目名称"),
        ("/help@shenbao_bot", "help", ""),
        ("/edit\n起止时间\n资金", "edit", "起止时间\n资金"),
    ],
)
def test_slash_commands_are_recognised(typed, name, argument):
    """A command is lower-cased, freed of the bot's name, its argument kept."""
    assert _read(text=typed).part == Command(name=name, argument=argument, message=5)


def test_what_is_passed_on_is_marked_and_commands_nothing():
    """Somebody else's words are not the applicant's own."""
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "某人"}
    assert _read(text="/delete", forward_origin=origin).part == Text(text="/delete", message=5, forwarded=True)


@pytest.mark.parametrize("typed", ["/", "/取消", "1/2", "见 /start", "//start", "/opt/file.txt"])
def test_other_slashes_are_plain_text(typed):
    """A slash in an answer is no command."""
    assert _read(text=typed).part == Text(text=typed, message=5)


def test_button_press_names_its_message():
    """A press becomes Choice with the button's id and the number of the message it stands under."""
    press = _read(
        "callback_query", id="q", chat_instance="1", data="value:1", message=_message(text="?"), **{"from": ANN}
    )
    assert press.part == Choice(id="value:1", message=5)
    assert press.query == "q"


def test_press_under_a_message_too_old_to_show_still_counts():
    """The server hides messages older than two days, but says which one was pressed."""
    hidden = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private"}}
    press = _read("callback_query", id="q", chat_instance="1", data="x", message=hidden, **{"from": ANN})
    assert press.part == Choice(id="x", message=5)


def test_edit_corrects_the_message_it_changes():
    """A changed message becomes Edited with the number of the original."""
    assert _read("edited_message", text="改过").part == Edited(text="改过", message=5)


def test_edited_file_is_asked_for_again():
    """A changed file cannot be told from a changed caption, so it is asked for again, not dropped."""
    assert _read("edited_message", document=_document()).refusal == say("telegram_says.edited_file")


def test_edited_caption_corrects_what_it_had_answered():
    """New words under a file are an edit like any other; whether the file changed too cannot be seen."""
    edited = _read("edited_message", document=_document(), caption="改过的附言")
    assert (edited.part, edited.refusal) == (Edited(text="改过的附言", message=5), say("telegram_says.edited_file"))


def test_document_is_to_be_fetched():
    """A document gives the address of the file, its name and size."""
    assert _read(document=_document(size=10)).part == RemoteFile(reference="f", name="表.docx", size=10, message=5)


@pytest.mark.parametrize(
    ("given", "kept"), [("../../etc/x.docx", "x.docx"), ("C:\\表\\y.txt", "y.txt"), (None, "file-5")]
)
def test_file_name_has_no_path(given, kept):
    """Only the last part of a file name is kept; a nameless file gets one."""
    assert _read(document=_document(given)).part.name == kept


def test_photo_is_taken_in_its_largest_size():
    """Of a photo's sizes the last and largest is fetched, named as a picture."""
    sizes = [_document() | {"file_id": name, "width": 9, "height": 9, "file_size": 9} for name in ("small", "large")]
    assert _read(photo=sizes).part == RemoteFile(reference="large", name="photo-5.jpg", size=9, message=5)


def test_words_under_a_file_stay_with_it():
    """A caption comes with its file, and so does the number of the album it is part of."""
    attachment = _read(document=_document(), caption="这是简介", media_group_id="a1").part
    told = {"caption": "这是简介", "album": "a1"}
    assert attachment == RemoteFile(reference="f", name="表.docx", size=10, message=5, **told)


def test_file_too_large_is_refused_before_it_is_fetched():
    """A file over the limit is named, with its size and the limit; its caption is kept."""
    incoming = _read(document=_document("大.zip", 30 * 1024 * 1024), caption="请看")
    assert "大.zip" in incoming.refusal
    assert "30.0 MB" in incoming.refusal
    assert "20 MB" in incoming.refusal
    assert incoming.part == Text(text="请看", message=5)


def test_shared_contact_is_a_name_and_a_phone():
    """A contact card is the answer a clerk would have typed: name and number."""
    card = {"phone_number": "055162606335", "first_name": "三", "last_name": "张"}
    assert _read(contact=card).part == Text(text="张三 055162606335", message=5)


def test_what_cannot_be_read_is_an_event_of_its_own():
    """Spoken words are no answer; the core says so and puts again what was asked (`Unreadable`)."""
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 3}
    incoming = _read(voice=voice)
    assert (incoming.part, incoming.refusal) == (Unreadable(what="voice", message=5), None)


def test_group_hears_only_the_refusal():
    """In a group nothing is taken in, whatever was sent."""
    incoming = _read(text="我的电话是…", chat={"id": -9, "type": "group", "title": "群"})
    assert (incoming.part, incoming.refusal) == (None, say("telegram_says.group"))


def test_service_notes_mean_nothing():
    """A note such as a pinned message is no act of an applicant."""
    assert _read(pinned_message=_message(text="x")) is None
    assert read(Update(1), LIMIT) is None
