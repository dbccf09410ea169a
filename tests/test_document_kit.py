"""The submission kit: the form, the evidence, a checklist and an e-mail draft in one zip."""

import email
import io
import zipfile
from email.message import EmailMessage
from email.policy import default

from dialogs.document.file_name import file_name
from dialogs.document.package import MAILED, PackagedFile, checklist, package
from dialogs.message_texts import say
from dialogs.protocol import File
from dialogs.submission import Entry, Submission
from knowledge.loading.pack_folder import load_pack
from tests.document_samples import PACK, filed, filled, submission

CHECKLIST, DRAFT = say("package.checklist_name"), say("package.draft_name")

NOTICE = load_pack(PACK)
LINKS = ["https://example.org/a/1", "https://example.org/a/2"]
SHOT = PackagedFile(file=File(name="报道截图.png", content=b"\x89PNG 1"), link=LINKS[0])


def application() -> Submission:
    links = Entry(value=LINKS, display="\n".join(LINKS))
    entries = submission().entries | filed("银龄课堂").entries | {"media_links": links}
    return submission().model_copy(update={"entries": entries})


def form() -> File:
    return File(name=file_name(application(), NOTICE.form.filename), content=filled(application()))


def unpacked(*evidence: PackagedFile) -> dict[str, bytes]:
    made = package(application(), NOTICE, form(), evidence).file
    with zipfile.ZipFile(io.BytesIO(made.content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def draft(*evidence: PackagedFile) -> EmailMessage:
    message = email.message_from_bytes(unpacked(*evidence)[DRAFT], policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_kit_is_named_like_the_form_and_holds_everything():
    """四.2: 项目+推荐单位+联系人+联系方式."""
    made = package(application(), NOTICE, form(), [SHOT]).file
    assert made.name == "银龄课堂+中共淮南市委网信办+吴越+0554-2600001.zip"
    assert list(unpacked(SHOT)) == [form().name, "报道截图.png", CHECKLIST, DRAFT]
    assert unpacked(SHOT)[form().name] == form().content


def test_the_draft_goes_to_the_notices_address_with_the_demanded_name():
    """Address, subject and attachments are set; only sending is left."""
    message = draft(SHOT)
    assert message["To"] == "ahwxb2020@126.com"
    assert message["Subject"] == "银龄课堂+中共淮南市委网信办+吴越+0554-2600001"
    attached = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    assert attached == {form().name: form().content, "报道截图.png": SHOT.file.content}
    assert message["X-Unsent"] == "1"
    body = message.get_body()
    assert body is not None
    assert "请查收" in body.get_content()


def test_the_draft_is_a_letter():
    """To the office, about which project of whom, whom to call, with a numbered list of what is attached."""
    body = draft(SHOT).get_body()
    assert body is not None
    lines = body.get_content().splitlines()
    assert lines[:3] == ["网络社会工作处：", "您好！", f"现报送《{NOTICE.form.title}》及相关材料，请查收。"]
    assert "项目名称：银龄课堂" in lines
    assert any("0554-2600001" in line for line in lines)
    assert [f"1. {form().name}", "2. 报道截图.png"] == lines[lines.index("附件：") + 1 :][:2]


def test_the_checklist_says_whose_it_is():
    """Somebody with five applications on the desk must not mix them up."""
    lines = list(checklist(application(), NOTICE))
    assert lines[1:3] == ["项目名称：银龄课堂", "申报单位全称：淮南市田家庵区晨光志愿服务中心"]


def test_what_is_not_finished_is_left_to_do():
    """（待补充） in a text is found before the office finds it."""
    entries = application().entries | {"honors": Entry(value=None, display="2023年市级奖项（待补充证书号）")}
    unfinished = application().model_copy(update={"entries": entries})
    assert any("“（待补充证书号）”补上" in line for line in checklist(unfinished, NOTICE))
    assert not any("补上，重新" in line for line in checklist(application(), NOTICE))


def test_what_is_done_and_what_is_left_is_listed_with_its_clause():
    """Every line under 还要办理 says where the notice demands it."""
    lines = list(checklist(application(), NOTICE, [SHOT]))
    left = lines[lines.index("二、还要办理") + 1 :]
    assert "[√] 辅证材料 1 份，已放进压缩包（四.2）" in lines
    assert len(left) == 1 + len(NOTICE.form.afterwards)
    assert all(line.startswith("[  ] ") and line.endswith("）") for line in left)
    assert any("公章" in line for line in left)


def test_a_report_without_its_screenshot_is_listed():
    """四.2: 媒体报道需同时提供清晰截图和网址链接."""
    assert f"[  ] 补一张这篇报道的清晰截图：{LINKS[1]}（四.2）" in list(checklist(application(), NOTICE, [SHOT]))
    left = [line for line in checklist(application(), NOTICE, [SHOT]) if line.startswith("[  ]")]
    assert not any(LINKS[0] in line for line in left)


def test_windows_notepad_shows_the_checklist():
    """UTF-8 with its mark, CRLF."""
    content = unpacked()[CHECKLIST]
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content


def test_two_files_of_one_name_are_both_kept():
    """Phones call every picture image.png."""
    other = PackagedFile(file=File(name="报道截图.png", content=b"\x89PNG 2"))
    files = unpacked(SHOT, other)
    assert (files["报道截图.png"], files["报道截图（2）.png"]) == (b"\x89PNG 1", b"\x89PNG 2")


def test_a_name_somebody_sent_cannot_leave_the_zip():
    """No folder, no device, no overwriting of the checklist."""
    evil = [
        PackagedFile(file=File(name=name, content=b"x")) for name in ("../../a:b.png", "..\\c.png", CHECKLIST, "/", "")
    ]
    assert list(unpacked(*evil)) == [
        form().name,
        "a：b.png",
        "c.png",
        "报送清单（2）.txt",
        "文件",
        "文件（2）",
        CHECKLIST,
        DRAFT,
    ]


def test_the_same_submission_makes_the_same_kit():
    """No clock, no random boundary."""
    assert package(application(), NOTICE, form(), [SHOT]) == package(application(), NOTICE, form(), [SHOT])


def test_what_there_is_no_room_for_is_named_instead():
    """A messenger takes 50 MB: the form goes first, then evidence in order, as long as it fits."""
    large = PackagedFile(file=File(name="全景.png", content=b"\x89PNG" + b"0" * 5000))
    made = package(application(), NOTICE, form(), [large, SHOT], room=len(form().content) + 1000)
    assert made.left_out == ("全景.png",)
    assert made.names == (form().name, "报道截图.png", CHECKLIST, DRAFT)
    with zipfile.ZipFile(io.BytesIO(made.file.content)) as zipped:
        assert "[  ] 这份材料太大，没有放进压缩包，请自己附上：全景.png（四.2）" in zipped.read(CHECKLIST).decode()


def test_a_draft_too_heavy_for_mail_servers_only_names_what_to_add():
    """The zip has the files; the draft would be refused on its way."""
    heavy = PackagedFile(file=File(name="航拍.jpg", content=bytes(MAILED)))
    message = draft(heavy)
    body = message.get_body()
    assert [part.get_filename() for part in message.iter_attachments()] == [form().name]
    assert body is not None
    assert "请发送前从压缩包里添加：\r\n航拍.jpg" in body.get_content()


def test_addresses_of_videos_are_in_the_checklist_and_the_mail():
    """四.2 asks for videos, too; they travel as addresses."""
    address = "https://v.example.com/7"
    made = package(application(), NOTICE, form(), addresses=[address])
    with zipfile.ZipFile(io.BytesIO(made.file.content)) as zipped:
        assert f"网址：{address}" in zipped.read(CHECKLIST).decode()
        message = email.message_from_bytes(zipped.read(DRAFT), policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body()
    assert body is not None
    assert address in body.get_content()
