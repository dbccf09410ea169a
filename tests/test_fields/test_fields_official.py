"""What a cell holds: official wording, in the unit and format the form wants, whatever was typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.fields.official_dates import period_like, point_like
from dialogs.fields.outcome import Outcome
from dialogs.fields.validate import validate
from knowledge.form import Field
from knowledge.loading.pack_folder import PACKS, load_pack

PACK = load_pack(PACKS / "anhui-2024")  # for the facts that rules name; the fields here are no call's
TODAY = date(2025, 6, 9)


def a_field(kind: str, **more: object) -> Field:
    return Field.model_validate(
        {"key": "a", "label": "某一栏", "kind": kind, "prompt": "请填写。", "example": "例", **more}
    )


def judged(field: Field, text: str) -> Outcome:
    return validate(field, text, PACK, TODAY)


def printed(field: Field, text: str) -> str:
    outcome = judged(field, text)
    assert outcome.kind != "reject", outcome.message
    return outcome.display if outcome.printed is None else outcome.printed


@pytest.mark.parametrize(
    ("kind", "units", "style", "text", "shown"),
    [
        ("money", [], {}, "也就两三万块钱吧", "2万至3万元"),
        ("money", [], {}, "七万五", "7.5万元"),
        ("money", [], {}, "4万整", "4万元"),
        ("money", [], {}, "八千六百块", "8600元"),
        ("money", [], {}, "¥63,500", "6.35万元"),
        ("money", [], {}, "一亿二千万", "1.2亿元"),
        ("money", [], {}, "财政拨款50万元，自筹36.5万元，合计86.5万元", "财政拨款50万元，自筹36.5万元，合计86.5万元"),
        ("money", [], {"unit": "万元", "decimals": 2, "bare": True}, "86万5", "86.50"),
        ("money", [], {"unit": "万元", "decimals": 2, "bare": True}, "约32000元", "3.20"),
        ("money", [], {"unit": "元", "bare": True}, "3.2万元", "32000"),
        ("money", [], {"unit": "元", "decimals": 2}, "3.2万", "32000.00元"),
        ("count", ["次", "人次", "播放"], {}, "70w多", "约70万次"),
        ("count", ["次", "人次", "播放"], {}, "几个平台加起来70多万播放吧", "约70万次"),
        ("count", ["人", "名", "志愿者"], {}, "三四百人", "300至400人"),
        ("count", ["人", "名", "志愿者"], {}, "86个志愿者", "86名志愿者"),
        ("count", ["人", "名"], {"bare": True}, "5200多人吧", "5200"),
        ("count", ["人次"], {"unit": "万人次", "decimals": 1, "bare": True}, "12600人次", "1.3"),
        ("count", [], {}, "86", "86"),
        ("count", [], {}, "142次", "142次"),
        ("count", ["小时"], {"bare": True}, "6,830小时", "6830"),
    ],
)
def test_a_number_is_printed_as_the_form_wants_it(
    kind: str, units: list[str], style: dict[str, object], text: str, shown: str
) -> None:
    """In official wording; in the cell's unit and decimals; bare where the unit is printed; never a unit of our own."""
    assert printed(a_field(kind, units=units, print=style), text) == shown


def test_a_number_the_cell_cuts_short_is_pointed_out() -> None:
    """27,503元 in 万元 with two decimals loses three yuan: the applicant is told."""
    outcome = judged(a_field("money", print={"unit": "万元", "decimals": 2, "bare": True}), "27503元")
    assert outcome.printed == "2.75"
    assert "2.7503" in str(outcome.message)


@pytest.mark.parametrize(
    ("kind", "style", "text", "shown"),
    [
        ("date", "", "今天", "2025年6月9日"),
        ("date", "1985.03.05", "2025年6月9日", "2025.06.09"),
        ("date", "1985/3/5", "2025年6月9日", "2025/6/9"),
        ("date", "二〇二五年四月二十八日", "2025年6月19日", "二〇二五年六月十九日"),
        ("period", "2022.03—2023.06", "2024年9月到2025年3月", "2024.09—2025.03"),
        ("period", "2022.03—2023.06", "去年9月到现在", "2024.09—至今"),
        ("period", "2022年3月至今", "2024.9至今", "2024年9月至今"),
    ],
)
def test_a_date_is_printed_like_the_forms_example(kind: str, style: str, text: str, shown: str) -> None:
    """`print: "1985.03.05"` shows separators and whether months have two figures."""
    assert printed(a_field(kind, print=style), text) == shown


def test_what_an_example_asks_and_the_value_lacks_is_left_out() -> None:
    """A month has no day; a year has no month."""
    assert point_like("1985-03-05", "2011-12") == "2011-12"
    assert point_like("1985年03月05日", "2011") == "2011年"
    assert period_like("", "2011-12", None) == "2011年12月至今"


@pytest.mark.parametrize("kind", ["text", "list", "links", "count", "money", "date", "name"])
def test_none_is_printed_as_the_form_wants_it(kind: str) -> None:
    """无 at an optional field leaves the cell empty, or prints what `empty` says, in every kind."""
    assert printed(a_field(kind, optional=True), "没有") == ""
    assert printed(a_field(kind, optional=True, empty="无"), "无") == "无"


SAYINGS = {
    "count": st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "约", "大概有", "嗯，也就", "我们一共有", "累计", "超过"]),
        st.one_of(
            st.integers(1, 10**9).map(str), st.sampled_from(["三百", "两万五", "一百二十万", "1.2亿", "7千", "三四百"])
        ),
        st.sampled_from(["", "多", "余", "人", "人左右", "来号人", "人次", "名志愿者", "+"]),
        st.sampled_from(["", "吧", "。", "，就这些", "😊", "（含线上）"]),
    ),
    "money": st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "约", "大概花了", "也就", "共投入", "自筹", "¥"]),
        st.one_of(
            st.decimals(1, 10**9, places=2).map(str), st.sampled_from(["三十来万", "七万五", "1.2亿", "两三万", "8600"])
        ),
        st.sampled_from(["元", "块钱", "万元", "万", "元整"]),
        st.sampled_from(["", "吧", "。", "左右", "，谢谢"]),
    ),
    "date": st.dates(date(1990, 1, 1), date(2060, 1, 1)).map(lambda day: day.strftime("%Y.%m.%d")),
    "period": st.builds(
        "{}年{}月{}{}".format,
        st.integers(2000, 2024),
        st.integers(1, 12),
        st.sampled_from(["起", "开始，", "15日", ""]),
        st.sampled_from(["至今", "一直到现在吧", "-2026年12月", "到2026年底"]),
    ),
    "name": st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "嗯，", "哦我们叫，", "就叫", "那个，"]),
        st.sampled_from(["星火课堂", "“星火”课堂", "一起来读书吧", "白鹭市图书馆", "哈尔滨冰雪课堂❤️"]),
        st.sampled_from(["", "吧", "，就这个", "哈", "，谢谢😊", "。"]),
    ),
    "contact": st.builds(
        "{}{}{}".format,
        st.sampled_from(["王小雅", "联系人：王小雅主任 ", "嗯，王小雅，秘书长，", "Ann Lee "]),
        st.sampled_from(["13800000555", "电话0551-65550555转8", "13800000555/0551-65550555"]),
        st.sampled_from(["", "，微信同号", " wang@example.com", "，传真0551-65550556", "，谢谢"]),
    ),
    "text": st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "嗯，", "就是 "]),
        st.sampled_from(["企业捐赠", "主要是自己出的，还有一点捐款", "财政补助100%"]),
        st.sampled_from(["", "吧", "，没别的了", "😊", "。"]),
    ),
    "list": st.sampled_from(["有的，2022年市级优秀\n2023年省级十佳，没了", "优秀奖！谢谢", "1.优秀奖\n2.十佳"]),
    "links": st.sampled_from(["报道见 https://a.com/1，标题《某某》", "www.a.com/b", "看这个http://a.cn/x。"]),
    "long_text": st.text("我们帮助山区老人看病，。\n ", min_size=12, max_size=60),
    "registration_no": st.sampled_from(["白民社备〔2021〕第16号，就这个", "5134 0000 mja0 0001 6h", "NO.20210016。"]),
    "choice": st.sampled_from(["甲类吧", "第二个", "乙"]),
    "boolean": st.sampled_from(["是的", "没有呢", "有了"]),
}
CHOICES = {"choice": ["甲类", "乙类"], "boolean": ["是", "否"]}


@pytest.mark.parametrize("kind", SAYINGS)
@given(data=st.data())
def test_what_is_shown_is_understood_as_the_same(kind: str, data: st.DataObject) -> None:
    """Official wording is stable: judging what was shown gives the same value, shown the same."""
    options = [{"label": label} for label in CHOICES.get(kind, [])]
    field = a_field(kind, units=["人", "人次", "志愿者"] if kind == "count" else [], choices=options)
    first = judged(field, data.draw(SAYINGS[kind]))
    if first.kind == "reject" or not first.display:
        return
    again = judged(field, first.display)
    assert again.kind != "reject", (first, again)
    assert (again.value, again.display, again.approx) == (first.value, first.display, first.approx)
