"""Names, short texts, numbers in a register, honours."""

import pytest

from tests.test_fields.conftest import Answer

NAMES = {
    "unit_name": {
        "申报单位全称（公章）：白鹭市图书馆": "白鹭市图书馆",
        "【申报单位】白鹭市图书馆": "白鹭市图书馆",
        "1.单位名称 白鹭市图书馆": "白鹭市图书馆",
        "单位名称白鹭市图书馆": "白鹭市图书馆",
        "我们单位叫白鹭市图书馆": "白鹭市图书馆",
        "我们是白鹭市图书馆。": "白鹭市图书馆",
        "就写白鹭市图书馆吧": "白鹭市图书馆",
        "单位：白鹭市图书馆（公章）": "白鹭市图书馆",
        "白鹭市\u200b图书馆\ufeff": "白鹭市图书馆",
        "白鹭市\x07图书馆\n": "白鹭市图书馆",
        "ＡＢ白鹭传媒有限公司": "AB白鹭传媒有限公司",
        "白鹭市图书馆（白鹭市少年儿童图书馆）": "白鹭市图书馆（白鹭市少年儿童图书馆）",
    },
    "project_name": {
        "（3）项目名称 ：星火课堂": "星火课堂",
        "项目名称是星火课堂": "星火课堂",
        "我们的项目名称叫《谁来点灯？》": "谁来点灯？",
        "项目叫“星火课堂”": "星火课堂",
        "項目名稱：星火課堂": "星火課堂",
        "《星火课堂》": "《星火课堂》",
        "“星火”课堂": "“星火”课堂",
        "我们的节日·网上庙会": "我们的节日·网上庙会",
        "为爱出发": "为爱出发",
        "谁来陪我长大？": "谁来陪我长大？",
        "等你放学": "等你放学",
        "回头是岸普法行动": "回头是岸普法行动",
        "119网上安全课": "119网上安全课",
        "爱心❤️小屋": "爱心小屋",
        "哦我们叫，星火课堂，就这个": "星火课堂",
        "嗯嗯，那个，项目叫星火课堂[微笑]": "星火课堂",
        "星火课堂吧": "星火课堂",
        "一起来读书吧": "一起来读书吧",
        "哈尔滨冰雪课堂": "哈尔滨冰雪课堂",
    },
    "funds_source": {
        "资金来源:财政": "财政",
        "2.资金来源：会费、捐赠": "会费、捐赠",
        "  企业自筹 ": "企业自筹",
        "100%自筹": "100%自筹",
        "嗯，企业自筹吧": "企业自筹",
        "企业捐赠😊，没别的了，谢谢": "企业捐赠",
    },
}
CASES = [(field, text, value) for field, pairs in NAMES.items() for text, value in pairs.items()]


@pytest.mark.parametrize(("field", "text", "value"), CASES)
def test_labels_and_spoken_openings_go_the_name_stays(answer: Answer, field: str, text: str, value: str) -> None:
    """Punctuation and question marks that belong to the name stay; emoji and chatter go."""
    outcome = answer(field, text)
    assert outcome.kind == "accept"
    assert outcome.value == outcome.display == value


@pytest.mark.parametrize("field", ["unit_name", "project_name", "funds_source", "registration_no"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "？",
        "……",
        "😀",
        "\x00\x01",
        "12",
        "无",
        "待补充",
        "还没想好",
        "以后再说",
        "稍后告诉你",
        "不清楚",
        "<script>alert(1)</script>",
        "这一栏怎么填？",
        "要写全称吗？",
        "回头补",
        "好的",
        "没有名字",
    ],
)
def test_what_is_no_answer_is_refused_everywhere(answer: Answer, field: str, text: str) -> None:
    """Nothing, marks, later, questions and program text."""
    assert answer(field, text).kind == "reject"


@pytest.mark.parametrize(
    ("text", "said"),
    [("123456", "数字"), ("https://example.com", "网址"), ("哈哈哈哈", "不像"), ("白鹭市图书馆" * 20, "120 个字")],
)
def test_a_refused_name_is_told_why(answer: Answer, text: str, said: str) -> None:
    """Figures, an address, laughter, a pasted page."""
    outcome = answer("unit_name", text)
    assert outcome.kind == "reject"
    assert said in outcome.message


def test_a_rather_long_project_name_is_doubted(answer: Answer) -> None:
    """Between 60 and 100 characters it fits, badly."""
    assert answer("project_name", "长风破浪" * 18).kind == "warn"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("备案号：白民社备〔2021〕第16号", "白民社备〔2021〕第16号"),
        ("备案号是白民社备2021-16。", "白民社备2021-16"),
        ("NO.20210016", "NO.20210016"),
        ("第十二号", "第十二号"),
        ("5134 0000 mja0 0001 6h", "51340000MJA000016H"),
        ("统一社会信用代码：51340000MJA000016H", "51340000MJA000016H"),
    ],
)
def test_a_register_number_is_taken_in_any_format(answer: Answer, text: str, value: str) -> None:
    """A unified social credit code loses its blanks and gains capitals."""
    outcome = answer("registration_no", text)
    assert (outcome.kind, outcome.value) == ("accept", value)


@pytest.mark.parametrize("text", ["51340000MJA000016X", "51340000MJA000016", "51340000MJA000016HH"])
def test_a_credit_code_with_a_slip_is_doubted(answer: Answer, text: str) -> None:
    """The length and the check digit tell (GB 32100)."""
    assert answer("registration_no", text).kind == "warn"


def test_no_register_number_leads_back_to_the_question_before(answer: Answer) -> None:
    """Who has none chooses 否 there."""
    assert "“是否在民政部门备案”改为“否”" in answer("registration_no", "没有").message


@pytest.mark.parametrize("text", ["无", "没有获奖", "暂无", "/", "—", "从未获得荣誉", "荣誉：无", "跳过"])
def test_no_honours_is_an_answer(answer: Answer, text: str) -> None:
    """The cell stays empty."""
    outcome = answer("honors", text)
    assert (outcome.kind, outcome.value, outcome.display) == ("accept", None, "")


@pytest.mark.parametrize("text", ["2022年市级优秀案例\n2023年省级十佳", "无锡市优秀项目", "没有围墙的学校获优秀奖"])
def test_honours_are_kept_line_by_line(answer: Answer, text: str) -> None:
    """无锡 and 没有围墙 are no denial."""
    assert answer("honors", text).value == text


@pytest.mark.parametrize("text", ["待补充", "？", "😀", "123", "荣誉怎么填"])
def test_what_names_no_honour_is_refused(answer: Answer, text: str) -> None:
    """The refusal offers 无."""
    outcome = answer("honors", text)
    assert outcome.kind == "reject"
    assert "无" in outcome.message or "问题" in outcome.message
