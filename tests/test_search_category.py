"""「我们做……，属于哪一类」."""

import pytest

from knowledge.search.categories import fits


@pytest.mark.parametrize(
    ("description", "label"),
    [
        ("我们开直播帮果农卖桃子", "互联网+共同富裕"),
        ("给大病家庭网上筹款", "互联网+社会帮扶"),
        ("暴雨时登记求救信息的在线表格，参与抗洪抢险", "互联网+应急救援"),
        ("给乡村小学生上线上英语课", "互联网+教育发展"),
        ("线上教唱黄梅戏", "互联网+文化传承"),
        ("线上教唱黄眉戏", "互联网+文化传承"),
        ("網絡認養樹苗，保護濕地", "其他类别"),
    ],
)
def test_the_description_decides(pack, description, label):
    """The category whose words the description uses comes first, homophones and traditional characters included."""
    assert fits(description, pack.faq.category_help)[0].category.label == label


def test_two_categories_are_offered_when_both_fit(pack):
    """Old people taught online: help for the old or education; the applicant chooses."""
    found = fits("在网上教独居老人上课", pack.faq.category_help)
    assert {fit.category.label for fit in found} == {"互联网+社会帮扶", "互联网+教育发展"}


def test_two_categories_called_by_name_are_the_two(pack):
    """「教育发展还是社会帮扶」: whatever the other words weigh, these two are between."""
    found = fits("教残疾人做网店的课，算教育发展还是共同富裕", pack.faq.category_help)
    assert [fit.category.label for fit in found] == ["互联网+共同富裕", "互联网+教育发展"]


def test_no_words_no_proposal(pack):
    """A description without any telling word gets no guess."""
    assert fits("我们的项目很好", pack.faq.category_help) == []


def test_every_category_of_the_form_can_be_proposed(pack):
    """The six boxes of the form are the six categories that have words."""
    labels = {category.label for category in pack.faq.category_help.categories}
    assert labels == {choice.label for choice in pack.fields["category"].choices}
