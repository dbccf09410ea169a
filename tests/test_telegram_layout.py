"""How replies look on a phone: text cut to size, buttons in rows, files with captions."""

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.layout import CAPTION_LIMIT, TEXT_LIMIT, bold_labels, keyboard, lay_out
from bot.channels.text_pieces import split_text
from bot.channels.text_pieces import utf16_units as length
from dialogs.protocol import Button, File, Reply

WORDS = st.text(st.sampled_from("字符，。 \n\n😀𠮷a"), max_size=400)


def _labels(markup):
    return [[button.text for button in row] for row in markup.inline_keyboard]


def _buttons(*labels):
    return [Button(id=f"id-{number}", label=label) for number, label in enumerate(labels)]


@given(WORDS, st.integers(4, 60))
def test_cut_text_fits_and_loses_nothing(text, limit):
    """Every piece fits, none is blank, and together they hold every character but blanks at the cuts."""
    pieces = split_text(text, limit, length)
    assert all(0 < length(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_long_text_is_cut_between_paragraphs():
    """A cut falls between paragraphs as long as one fits."""
    first, second = "甲" * 3000, "乙" * 3000
    assert split_text(f"{first}\n\n{second}", TEXT_LIMIT, length) == [first, second]


def test_paragraph_too_long_is_cut_after_a_sentence():
    """A paragraph longer than a message is cut behind a full stop."""
    pieces = split_text("这是一句话。" * 1000, TEXT_LIMIT, length)
    assert len(pieces) == 2
    assert all(piece.endswith("。") for piece in pieces)


def test_emoji_count_twice():
    """The server counts UTF-16 units: 4,096 emoji take two messages."""
    assert [len(piece) for piece in split_text("😀" * TEXT_LIMIT, TEXT_LIMIT, length)] == [TEXT_LIMIT // 2] * 2


def test_buttons_sit_under_the_last_part():
    """The keyboard of a split reply is where the reader ends."""
    parts = lay_out(Reply(text="长。" * 5000, choices=tuple(_buttons("好"))))
    assert len(parts) == 3
    assert [part.keyboard is not None for part in parts] == [False, False, True]


def test_short_labels_share_a_row_and_long_ones_stand_alone():
    """Two short labels side by side, a long one on its own row, in the order given."""
    labels = ["是", "否", "互联网+共同富裕（推动经济发展、促进群众增收）", "跳过这一项", "保留原来的"]
    assert _labels(keyboard(_buttons(*labels))) == [["是", "否"], [labels[2]], ["跳过这一项", "保留原来的"]]


def test_file_carries_the_words_as_caption():
    """A document comes with its words as caption and the buttons below, in one message."""
    file = File(name="表.docx", content=b"x")
    (part,) = lay_out(Reply(text="推荐表已生成。", files=(file,), choices=tuple(_buttons("修改"))))
    assert (part.text, part.file, _labels(part.keyboard)) == ("推荐表已生成。", file, [["修改"]])


def test_words_beyond_a_caption_follow_the_file():
    """What a caption cannot hold comes after the file, cut between lines, buttons last."""
    lines = [f"{number}. 接下来要做的一件事" for number in range(200)]
    parts = lay_out(
        Reply(text="\n".join(lines), files=(File(name="表.docx", content=b"x"),), choices=(*_buttons("好"),))
    )
    assert [part.file is not None for part in parts] == [True, False]
    assert length(parts[0].text) <= CAPTION_LIMIT
    assert f"{parts[0].text}\n{parts[1].text}".splitlines() == lines
    assert parts[1].keyboard is not None


def test_several_files_are_several_messages():
    """Each file is sent; the first has the words, the last the buttons."""
    files = (File(name="a.docx", content=b"x"), File(name="b.zip", content=b"y"))
    parts = lay_out(Reply(text="两个文件", files=files, choices=(*_buttons("好"),)))
    assert [(part.text, part.file) for part in parts] == [("两个文件", files[0]), ("", files[1])]
    assert parts[1].keyboard is not None


def test_empty_reply_is_no_message():
    """A reply of blanks sends nothing: the server would refuse it for ever."""
    assert lay_out(Reply(text=" \n ")) == []


def _bold(text, *labels):
    """Give what is shown bold, as a phone cuts it: by UTF-16 code units."""
    units = text.encode("utf-16-le")
    return [
        units[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le") for one in bold_labels(text, labels)
    ]


def test_labels_are_bold_where_they_stand_as_labels():
    """At the head of a line and behind its bar; a word of the same name in a sentence is not."""
    text = "😀\n✓ 项目名称：微课\n\n第5项，共18项｜类别（选填）\n类别怎么选？请看项目名称：\n⚠ 资金：3万元\n· 项目名称"
    assert _bold(text, "项目名称", "类别", "资金") == ["项目名称", "类别", "资金"]


@given(WORDS, st.lists(st.text(st.sampled_from("字符a😀"), min_size=1, max_size=3), max_size=3))
def test_bold_stretches_lie_within_the_text(text, labels):
    """Whatever an applicant wrote, no stretch begins or ends outside, and each is one of the labels."""
    assert set(_bold(text, *labels)) <= set(labels)
