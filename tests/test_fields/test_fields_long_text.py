"""The description: kept as it is, counted as Word counts, watched for personal data."""

import pytest

from dialogs.fields.private_data import find_private
from knowledge.text.word_count import count_words, end_of
from tests.test_fields.conftest import Answer

WHOLE = (
    "项目的目标是帮助山区孩子，依托直播平台开设课程。累计服务1.2万人次，话题阅读量3000万。"
    "例如小荷学会了剪辑，用短视频介绍家乡。"
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("公益", 2),
        ("公益，项目。", 6),
        ("“公益”——行动", 8),
        ("covid 19", 2),
        ("2023年共3200人次", 6),
        ("café au lait", 3),
        ("AB公益CD", 4),
        ("  公 益\n\n项目\t", 4),
        ("😀", 0),
        ("𠮷野家", 3),
        ("〇一々", 3),
        ("x<5 & y", 3),
        ("（一）", 3),
    ],
)
def test_words_are_counted_as_word_counts_them(text: str, count: int) -> None:
    """A hanzi or a full-width mark is one, a run of Latin letters or digits is one, the rest is none."""
    assert count_words(text) == count


def test_the_place_where_the_limit_falls_is_known() -> None:
    """So that the applicant knows where to begin cutting."""
    assert "公益abc项目"[: end_of("公益abc项目", 3)] == "公益abc"


def test_exactly_the_limit_is_allowed_one_more_is_not(answer: Answer) -> None:
    """总体字数控制在2000字以内 (四.2): the refusal gives the count, the excess and the place."""
    text = (WHOLE * 40)[:1990]
    text += "好" * (2000 - count_words(text))
    assert answer("description", text).kind == "accept"
    outcome = answer("description", text + "长亭外古道边")
    assert outcome.kind == "reject"
    assert outcome.clause == "四.2"
    for said in ("2006", "超出 6 字", "好好好"):
        assert said in outcome.message


def test_paragraphs_and_hard_characters_stay(answer: Answer) -> None:
    """Only line ends, control characters, a label with a colon and the blank around go."""
    text = "　　" + WHOLE + "\n\n<p>a & b</p> 𠮷\u200b{{x}}\n  缩进"
    outcome = answer("description", "\n \n项目简介及实施效果：\r\n" + text.replace("\n", "\r\n") + "\x00\ud800\n\n ")
    assert outcome.value == text.strip("　")


def test_a_heading_of_ones_own_stays(answer: Answer) -> None:
    """一、项目简介 is the applicant's structure, not our label."""
    text = f"一、项目简介\n{WHOLE}\n二、实施效果\n{WHOLE}"
    assert answer("description", text).value == text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("340000199001010016", "身份证号"),
        ("34000019900101001x", "身份证号"),
        ("３４００００１９９００１０１００１６", "身份证号"),
        ("13800000302", "手机号"),
        ("138-0000-0302", "手机号"),
        ("138 0000 0302", "手机号"),
        ("１３８０００００３０２", "手机号"),
        ("+86 13800000302", "手机号"),
        ("4111 1111 1111 1111", "银行卡号"),
    ],
)
def test_personal_data_is_doubted_and_pointed_at_without_repeating_it(answer: Answer, data: str, what: str) -> None:
    """相关材料应做好脱敏脱密处理 (四.2)."""
    outcome = answer("description", WHOLE + f"受助人小荷的{data}可回访。")
    assert outcome.kind == "warn"
    assert outcome.clause == "四.2"
    assert what in outcome.message
    assert "小荷的" in outcome.message
    assert data not in outcome.message


@pytest.mark.parametrize(
    "text",
    [
        "138****0302",
        "3400001990****0016",
        "阅读量13800000302次",
        "https://a.example.org/13800000302.html",
        "2.13800000302",
        "编号2021000012345678",
    ],
)
def test_masked_and_counted_numbers_are_no_personal_data(text: str) -> None:
    """Numbers of views, addresses, decimals and masked numbers pass."""
    assert find_private(text) == []


def test_an_account_number_is_known_by_the_word_before_it() -> None:
    """Also where the check digit does not fit."""
    assert [one.what for one in find_private("银行卡号：6222020200123456789")] == ["银行卡号"]


def test_missing_parts_are_hinted_at(answer: Answer) -> None:
    """The form asks for goals, contents, effects, influence and cases; a hint does not stop anybody."""
    outcome = answer("description", "我们开展了很多课程，孩子们非常喜欢。" * 4)
    assert outcome.kind == "accept"
    assert "具体案例" in outcome.message
    assert "主要内容" not in outcome.message.split("：")[-1]


@pytest.mark.parametrize(
    "text", ["", " \n ", "？", "。。。", "😀😀", "12345", "无", "待补充", "见附件", "要写多少字吗？"]
)
def test_what_is_no_text_is_refused(answer: Answer, text: str) -> None:
    """Blank, marks, emoji, figures, later, questions."""
    assert answer("description", text).kind == "reject"
