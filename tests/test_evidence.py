"""Evidence in the conversation: collected, paired, listed, taken out, packed (四.2)."""

import io
import zipfile
from hashlib import sha256

import pytest

from dialogs.engine import turn
from dialogs.evidence import LARGEST_ALL, MOST
from dialogs.protocol import Choice, Moment, Upload
from dialogs.session import EvidenceFile
from knowledge.pack import NoticePack
from tests.applicant import Applicant
from tests.application import BLOCK, LINKS, STORY
from tests.drawing import drawn


@pytest.fixture
def applicant(pack: NoticePack) -> Applicant:
    """Somebody who is asked for the media links."""
    applicant = Applicant(pack)
    for text in (BLOCK, STORY, "跳过"):
        applicant.type(text)
    assert applicant.at == "media_links"
    return applicant


def send(applicant: Applicant, number: int, caption: str = "", **more: object) -> str:
    applicant.sent += 1
    content = drawn(number, **more)  # type: ignore[arg-type]
    return applicant.put(Upload(name="photo-7.jpg", content=content, message=applicant.sent, caption=caption))


def links_shown(applicant: Applicant) -> list[str | None]:
    return [kept.link for kept in applicant.session.draft.evidence]


def to_the_document(applicant: Applicant) -> None:
    applicant.press("确认无误")
    applicant.press("同意")
    assert applicant.at == "done"


def packed(applicant: Applicant, *pictures: bytes) -> zipfile.ZipFile:
    """Press the button as the shell does: again with the files the core asks for."""
    button = next(b for reply in applicant.replies for b in reply.choices if "打包" in b.label)
    held = {sha256(content).hexdigest(): content for content in pictures}
    asked = turn(applicant.session, Choice(id=button.id), applicant.pack, Moment(today=applicant.today))
    moment = Moment(today=applicant.today, files={digest: held[digest] for digest in asked.wanted if digest in held})
    made = turn(applicant.session, Choice(id=button.id), applicant.pack, moment)
    return zipfile.ZipFile(io.BytesIO(made.replies[0].files[0].content))


def test_screenshots_sent_with_the_links_find_their_links(applicant: Applicant):
    """As many as there are links, in their order."""
    assert "配成一对" in send(applicant, 1)
    send(applicant, 2)
    applicant.type("\n".join(LINKS))
    assert links_shown(applicant) == list(LINKS)
    assert "报道截图2份" in applicant.said
    assert "还缺清晰截图" not in applicant.said


@pytest.mark.parametrize("caption", ["第2条", "链接2的截图", "第二篇报道", LINKS[1], "example.com/news/2 截图"])
def test_a_caption_names_the_report(applicant: Applicant, caption: str):
    """By number or by address."""
    applicant.type("\n".join(LINKS))
    assert f"配给这篇报道：{LINKS[1]}" in send(applicant, 1, caption)
    assert links_shown(applicant) == [LINKS[1]]


def test_a_picture_that_may_be_a_screenshot_is_asked_about_once(applicant: Applicant):
    """One question, two buttons; then the review goes on."""
    applicant.type(LINKS[0])
    assert "是这篇报道的截图吗" in send(applicant, 1)
    applicant.press("不是报道截图")
    assert links_shown(applicant) == [None]
    assert "接着核对" in applicant.said
    applicant.press("辅证材料")
    assert "截图吗" not in applicant.said


def test_of_several_reports_the_applicant_points_at_one(applicant: Applicant):
    """A tap, or its number typed."""
    applicant.type("\n".join(LINKS))
    send(applicant, 1)
    applicant.type("2")
    assert links_shown(applicant) == [LINKS[1]]


def test_a_picture_is_called_by_its_number_whatever_is_paired(applicant: Applicant):
    """The second picture stays the second when the first has found its report."""
    applicant.type("\n".join(LINKS))
    assert "第1张图片是哪篇报道的截图" in send(applicant, 1)
    send(applicant, 2)
    applicant.type("1")
    assert f"第2张图片是这篇报道的截图吗？\n{LINKS[1]}" in applicant.said


def test_a_picture_before_any_link_is_evidence_and_no_question(pack: NoticePack):
    """In the middle of the form the same field is asked again, and nothing else."""
    applicant = Applicant(pack)
    applicant.type("开始填表")
    assert "图片收到了" in send(applicant, 1, "活动现场")
    assert applicant.at == "unit_name"
    assert [kept.name for kept in applicant.session.draft.evidence] == ["活动现场.jpg"]


def test_a_report_without_its_screenshot_is_named_with_the_clause(applicant: Applicant):
    """At the review and under the document."""
    applicant.type("\n".join(LINKS))
    assert f"有 2 篇报道还缺清晰截图：{LINKS[0]}、{LINKS[1]}" in applicant.said
    assert "四.2" in {citation.clause for reply in applicant.replies for citation in reply.citations}
    to_the_document(applicant)
    assert "还缺清晰截图" in applicant.said


def test_a_changed_link_frees_its_screenshot(applicant: Applicant):
    """What no longer stands in the form needs no picture, and the new link does."""
    applicant.type(LINKS[0])
    send(applicant, 1, "第1条")
    applicant.type("修改有关媒体报道链接")
    applicant.type(LINKS[1])
    assert f"还缺清晰截图：{LINKS[1]}" in applicant.said


@pytest.mark.parametrize(("look", "words"), [({"width": 300, "height": 200}, "偏小"), ({"blur": 14}, "不太清楚")])
def test_a_poor_picture_is_kept_and_doubted(applicant: Applicant, look: dict[str, int], words: str):
    """图片、视频要求清晰度高、质量好: the applicant may have nothing better."""
    said = send(applicant, 1, **look)
    assert words in said
    assert "清晰度高、质量好" in said
    assert len(applicant.session.draft.evidence) == 1


def test_the_same_picture_is_kept_once(applicant: Applicant):
    """Sent again it is recognised."""
    send(applicant, 1)
    assert "已经收到" in send(applicant, 1)
    assert len(applicant.session.draft.evidence) == 1


@pytest.mark.parametrize("held", [[1] * MOST, [LARGEST_ALL]])
def test_there_is_an_end_to_what_is_kept(applicant: Applicant, held: list[int]):
    """Neither number nor size grows without limit; the refusal names both."""
    kept = tuple(EvidenceFile(digest=str(number), name="a.jpg", size=size) for number, size in enumerate(held))
    draft = applicant.session.draft.model_copy(update={"evidence": kept})
    applicant.session = applicant.session.model_copy(update={"drafts": {draft.id: draft}})
    said = send(applicant, 1)
    assert f"上限（{MOST} 份、{LARGEST_ALL // 1024 // 1024} MB）" in said
    assert applicant.session.draft.evidence == kept


def test_what_was_sent_can_be_taken_out_again(applicant: Applicant):
    """From the list, by its number."""
    send(applicant, 1)
    applicant.type("无")
    applicant.press("辅证材料（1份）")
    applicant.press("删掉第1份")
    assert "删掉了" in applicant.said
    assert applicant.session.draft.evidence == ()


@pytest.mark.parametrize("words", ["https://v.example.com/7", "项目短视频 https://v.example.com/7"])
def test_the_address_of_a_video_is_kept_for_the_mail(applicant: Applicant, words: str):
    """Outside the fields nobody else could want it."""
    applicant.type("无")
    applicant.type(words)
    applicant.press("视频等")
    assert applicant.session.draft.addresses == ("https://v.example.com/7",)
    assert applicant.at == "review"


def test_a_further_link_goes_on_with_the_links(applicant: Applicant):
    """Links may come one by one."""
    applicant.type(LINKS[0])
    applicant.type(LINKS[1])
    assert applicant.session.draft.values["media_links"].value == list(LINKS)


def test_an_address_may_still_become_a_media_link(applicant: Applicant):
    """Of an address that comes out of the blue it is asked where it belongs; it is added to those that are there."""
    applicant.type(LINKS[0])
    applicant.type("修改受益人数")
    applicant.type("5000人")
    applicant.type(LINKS[1])
    applicant.press("加到")
    assert applicant.session.draft.values["media_links"].value == list(LINKS)


def test_a_question_with_an_address_in_it_stays_a_question(applicant: Applicant):
    """It is answered from the notice."""
    applicant.type("无")
    applicant.type("https://v.example.com/7 这个视频要提交吗？")
    assert applicant.session.draft.addresses == ()
    assert "记到哪里" not in applicant.said


def test_a_video_file_is_refused_with_a_way_out(applicant: Applicant):
    """Its address travels instead."""
    assert "把视频的网址发给我" in applicant.upload("现场.mp4", b"\0\0\0\x18ftypmp42")


def test_the_kit_holds_what_was_sent(applicant: Applicant):
    """The core asks for the bytes by digest, gets them, and packs them under speaking names."""
    send(applicant, 1)
    applicant.type(LINKS[0])
    to_the_document(applicant)
    name = applicant.files[0].name
    with packed(applicant, drawn(1)) as package:
        assert package.namelist() == [name, "报道截图1.jpg", "报送清单.txt", "邮件草稿.eml"]
        assert package.read("报道截图1.jpg") == drawn(1)


def test_a_file_the_shell_lost_does_not_keep_the_rest_back(applicant: Applicant):
    """The kit is made of what is there."""
    send(applicant, 1)
    applicant.type("无")
    to_the_document(applicant)
    with packed(applicant) as package:
        assert len(package.namelist()) == 3


def test_a_changed_application_is_packed_only_when_it_is_finished_again(applicant: Applicant):
    """An old button does not hand over a form nobody has agreed to."""
    applicant.type("无")
    to_the_document(applicant)
    old = next(b for reply in applicant.replies for b in reply.choices if "打包" in b.label)
    applicant.type("修改投入资金")
    applicant.type("15万元")
    applicant.put(Choice(id=old.id))
    assert "还没有重新生成" in applicant.said
    assert not applicant.files


def test_everything_is_forgotten_with_the_rest(applicant: Applicant):
    """删除我的资料 leaves nothing in the session; the shell erases the bytes."""
    send(applicant, 1)
    applicant.type("删除我的资料")
    applicant.press("全部删除")
    assert applicant.last.erase
    assert applicant.session.draft.evidence == ()
