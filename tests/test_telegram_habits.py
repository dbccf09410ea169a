"""What thumbs do to a messenger: double taps, old buttons, albums, words under pictures."""

import pytest

from dialogs.protocol import Choice, Text, Upload
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.drawing import drawn

PICTURE = drawn(1)
STORY = "点亮一盏灯，照亮一条路。" * 20


@pytest.fixture
def applicant(pack: NoticePack) -> Applicant:
    """Somebody who is asked for the category, the fifth field."""
    applicant = Applicant(pack)
    for text in ("开始填表", "皖北助农协会", "2024年2月1日", "一根网线助春耕", "2021年3月至今"):
        applicant.type(text)
    assert applicant.at == "category"
    return applicant


def _tap(applicant: Applicant, label: str, message: int = 900) -> tuple[str, Choice]:
    """Tap a button as a messenger reports it: with the number of the message it stands under."""
    button = next(b for reply in applicant.replies for b in reply.choices if label in b.label)
    tap = Choice(id=button.id, message=message)
    return applicant.put(tap), tap


def _picture(applicant: Applicant, *, album: str | None = None, caption: str = "", content: bytes = PICTURE) -> str:
    return _file(applicant, "photo-1.jpg", content, album=album, caption=caption)


def _file(applicant: Applicant, name: str, content: bytes, *, album: str | None = None, caption: str = "") -> str:
    applicant.sent += 1
    upload = Upload(name=name, content=content, message=applicant.sent, album=album, caption=caption)
    return applicant.put(upload)


def test_two_taps_on_one_button_are_one(applicant: Applicant):
    """The second tap changes nothing and says nothing: its answer is the last thing on the screen."""
    _, tap = _tap(applicant, "教育发展")
    session = applicant.session
    assert applicant.put(tap) == ""
    assert applicant.session == session
    assert applicant.at == "participants"


def test_the_same_button_counts_again_after_a_word_in_between(applicant: Applicant):
    """A button pressed anew later is answered: it does what it says, or says why not."""
    _, tap = _tap(applicant, "教育发展")
    applicant.type("什么时候截止？")
    assert "已经是" in applicant.put(tap)


def test_an_old_button_does_what_it_says(applicant: Applicant):
    """The category is chosen anew on a message of long ago, what it replaces is named; the conversation goes on."""
    old = next(b for reply in applicant.replies for b in reply.choices if "共同富裕" in b.label)
    _tap(applicant, "教育发展")
    applicant.type("约260人")
    assert "（原来是“互联网+教育发展”）" in applicant.put(Choice(id=old.id, message=900))
    assert applicant.session.draft.values["category"].display == old.label
    assert applicant.at == "beneficiaries"


def test_a_decision_already_taken_is_not_taken_again(applicant: Applicant):
    """A press on a decision of the past explains itself and changes no answer."""
    values = applicant.session.draft.values
    assert "已经处理过" in applicant.put(Choice(id="confirm:1", message=3))
    assert applicant.session.draft.values == values


def test_a_typed_number_still_finds_its_button_after_a_silent_tap(applicant: Applicant):
    """What the second tap leaves on the screen can still be chosen by typing."""
    applicant.type("删除我的资料")
    _, tap = _tap(applicant, "不删除")
    offered = applicant.session.offered
    applicant.put(tap)
    assert applicant.session.offered == offered


def test_an_album_is_one_event(applicant: Applicant):
    """Five pictures sent together get one answer."""
    said = [_picture(applicant, album="a1", content=drawn(number)) for number in range(5)]
    assert "图片收到了" in said[0]
    assert said[1:] == [""] * 4


def test_every_album_is_answered(applicant: Applicant):
    """A second album is an event of its own, and so is a picture alone."""
    albums = ("a1", "a2", None, None)
    said = [_picture(applicant, album=album, content=drawn(number)) for number, album in enumerate(albums)]
    assert all("图片收到了" in words for words in said)


def test_nothing_in_an_album_is_passed_over(applicant: Applicant):
    """A file of another kind between the pictures is answered once, too, and a readable one is read."""
    _picture(applicant, album="a1")
    assert "PDF" in _file(applicant, "证明.pdf", b"%PDF-1.7", album="a1")
    assert _file(applicant, "证明二.pdf", b"%PDF-1.7", album="a1") == ""
    assert "填到" in _file(applicant, "简介.txt", STORY.encode(), album="a1")


def test_a_question_under_a_picture_is_answered(applicant: Applicant):
    """Words under a picture that ask something are a question like any other; the picture is acknowledged."""
    said = _picture(applicant, caption="什么时候截止？")
    assert "图片收到了" in said
    assert "2024年2月19日" in said
    assert applicant.at == "category"


def test_words_under_a_picture_that_could_be_the_answer_are_asked_about(applicant: Applicant):
    """They go into the form only when the applicant says so."""
    _tap(applicant, "教育发展")
    for answer in ("约260人", "8600人", "800万次", "12万元"):
        applicant.type(answer)
    assert applicant.at == "funds_source"
    said = _picture(applicant, caption="社会捐赠")
    assert "附言“社会捐赠”要填入" in said
    assert "funds_source" not in applicant.session.draft.values
    applicant.press("填入")
    assert applicant.session.draft.values["funds_source"].text == "社会捐赠"


def test_words_that_only_describe_a_picture_stay_out_of_the_form(applicant: Applicant):
    """What the field cannot be is no answer."""
    before = applicant.session.draft.values
    assert "附言" not in _picture(applicant, caption="活动现场")
    assert applicant.session.draft.values == before


def test_a_labelled_line_under_a_picture_is_taken(applicant: Applicant):
    """`栏目：内容` means what it says wherever it stands."""
    _picture(applicant, caption="项目名称：春耕云课堂")
    assert applicant.session.draft.values["project_name"].text.endswith("春耕云课堂")


def test_a_file_that_is_read_is_not_taken_over_by_its_caption(applicant: Applicant):
    """A remark under a text file is a remark; the question what the text is for still stands."""
    _file(applicant, "简介.txt", STORY.encode(), caption="请查收")
    pending = applicant.session.pending
    assert pending is not None
    assert pending.text == STORY


def test_forwarded_words_are_asked_about_before_they_are_stored(pack: NoticePack) -> None:
    """What somebody else wrote fills a field only when the applicant says so; a forwarded question is answered."""
    applicant = Applicant(pack)
    applicant.type("开始填表")
    assert "2月19日" in applicant.put(Text(text="什么时候截止？", message=50, forwarded=True))
    assert "转发" in applicant.put(Text(text="皖北助农协会", message=51, forwarded=True))
    assert "unit_name" not in applicant.session.draft.values
    applicant.press("填入")
    assert applicant.session.draft.values["unit_name"].text == "皖北助农协会"
