"""A name within what was said around it, and a name said again."""

import pytest

from dialogs.fields.said_names import said_name
from knowledge.pack import NoticePack
from knowledge.text.divisions import first_place, place_names

AROUND = [
    ("那个，单位就写合肥市庐阳区晨光助学会就中", "合肥市庐阳区晨光助学会"),
    ("咱们中心全名是蚌埠市固镇县浍河志愿服务中心", "蚌埠市固镇县浍河志愿服务中心"),
    ("兹有池州市石台县牯牛降护林队", "池州市石台县牯牛降护林队"),
    ("我是休宁县齐云山救援队的，想申报", "休宁县齐云山救援队"),
    ("枞阳县白荡湖渔民之家服务社……说岔了，枞阳县白荡湖渔民之家服务站才是", "枞阳县白荡湖渔民之家服务站"),
]
WHOLE = [
    "中共合肥市委网络安全和信息化委员会办公室",
    "中国共产主义青年团合肥市蜀山区委员会",
    "（合肥市）蜀山区协会",
    "合肥市第一中学 合肥市第二中学",
    "岳西县民政局主管的大别山护林队",
    "合肥市蜀山区社会组织联合会（公章）",
    "晨光助学会",
]


@pytest.mark.parametrize(("said", "name"), AROUND)
def test_a_unit_is_found_within_what_is_said_around_it(pack: NoticePack, said: str, name: str) -> None:
    """It begins with its place and ends as units do."""
    assert said_name(pack.fields["unit_name"], said) == name


@pytest.mark.parametrize("name", WHOLE)
def test_words_that_belong_to_a_name_stay(pack: NoticePack, name: str) -> None:
    """What stands before the place may be part of it, and of two names none is dropped."""
    assert said_name(pack.fields["unit_name"], name) == name


def test_a_name_said_again_is_the_one_meant(pack: NoticePack) -> None:
    """Between the two stand words about the slip; a list of names alike is no slip."""
    field = pack.fields["project_name"]
    assert said_name(field, "一锅暖粥云厨坊 打错 是厨房 一锅暖粥云厨房") == "一锅暖粥云厨房"
    assert said_name(field, "“春风送暖” 春风送书 系列活动") == "“春风送暖” 春风送书 系列活动"
    assert said_name(field, "云上课堂一期，云上课堂二期，云上课堂三期") == "云上课堂一期，云上课堂二期，云上课堂三期"


def test_places_of_all_levels_are_known() -> None:
    """One within the other is one place; a word that only sounds like one is none."""
    assert {"安徽省", "合肥市", "岳西县", "浦东新区", "阿坝藏族羌族自治州"} <= place_names()
    assert first_place("地址在安徽省合肥市蜀山区") == (3, 12)
    assert first_place("创新县域") is None
