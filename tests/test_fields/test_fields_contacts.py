"""Who can be reached how."""

import pytest

from tests.test_fields.conftest import Answer

WANG = {"name": "王小雅", "phone": "13800000555"}
PEOPLE = {
    "王小雅 13800000555": WANG,
    "王小雅13800000555": WANG,
    "13800000555王小雅": WANG,
    "王小雅，138 0000 0555。": WANG,
    "王小雅：138-0000-0555": WANG,
    "王小雅（13800000555）": WANG,
    "王小雅😊１３８０００００５５５": WANG,
    "王小雅 +86 138-0000-0555": WANG,
    "王小雅 1 3 8 0 0 0 0 0 5 5 5": WANG,
    "王小雅/13800000555": WANG,
    "联系人：王小雅，电话：13800000555": WANG,
    "联系人王小雅电话13800000555": WANG,
    "电话：13800000555\n姓名：王小雅": WANG,
    "我是王小雅，电话是13800000555": WANG,
    "王小雅的电话是13800000555": WANG,
    "王小雅（办公室主任）13800000555": WANG,
    "王小雅主任 13800000555": WANG,
    "王小雅 13800000555 微信同号": WANG,
    "王小雅 13800000555 邮箱 wang@example.com": WANG,
    "宣传科 王小雅 13800000555": WANG,
    "白鹭市图书馆王小雅13800000555": WANG,
    "申报单位：王小雅 13800000555": WANG,
    "传真0551-65550555 王小雅 13800000555": WANG,
    "王小雅 13800000555 / 0551-65550555": WANG,
    "李 敏 0551 65550555": {"name": "李敏", "phone": "0551-65550555"},
    "李敏(0551)65550555": {"name": "李敏", "phone": "0551-65550555"},
    "李敏 0551—65550555转801": {"name": "李敏", "phone": "0551-65550555转801"},
    "李敏 0551-65550555-802": {"name": "李敏", "phone": "0551-65550555-802"},
    "李敏 021-65550555 分机12": {"name": "李敏", "phone": "021-65550555转12"},
    "李敏 +86 551 65550555": {"name": "李敏", "phone": "0551-65550555"},
    "李敏 4008000555": {"name": "李敏", "phone": "400-800-0555"},
    "Ann Lee 13800000555": {"name": "Ann Lee", "phone": "13800000555"},
    "古丽·艾山 13800000555": {"name": "古丽·艾山", "phone": "13800000555"},
    "诸葛小亮13800000555": {"name": "诸葛小亮", "phone": "13800000555"},
    "王主任 13800000555": {"name": "王主任", "phone": "13800000555"},
}


@pytest.mark.parametrize(("text", "value"), PEOPLE.items())
def test_name_and_phone_are_found_in_any_order(answer: Answer, text: str, value: dict[str, str]) -> None:
    """Labels, titles, units, other addresses and every separator aside."""
    outcome = answer("contact_applicant", text)
    assert outcome.kind == "accept"
    assert outcome.value == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("王小雅", "电话号码"),
        ("王小雅 wang@example.com", "电话号码"),
        ("13800000555", "联系人姓名"),
        ("电话13800000555", "联系人姓名"),
        ("王小雅 1380000055", "10 位"),
        ("王小雅 138000005555", "12 位"),
        ("王小雅 12800000555", "号段"),
        ("王小雅 138****0555", "打了码"),
        ("王小雅 138xxxx0555", "打了码"),
        ("王小雅 0551-655505555", "不是完整"),
        ("联系人：", "姓名和电话"),
        ("？", "姓名和电话"),
        ("待定", "必填"),
    ],
)
def test_what_is_missing_or_wrong_is_named(answer: Answer, text: str, said: str) -> None:
    """The digits are counted, the missing part is called by its name."""
    outcome = answer("contact_applicant", text)
    assert outcome.kind == "reject"
    assert said in outcome.message


def test_a_landline_without_area_code_is_asked_back(answer: Answer) -> None:
    """It may be meant so, but the province has many area codes."""
    outcome = answer("contact_applicant", "李敏 65550555")
    assert (outcome.kind, outcome.value["phone"]) == ("warn", "65550555")
    assert "0551-65550555" in outcome.message  # the area code of the field's own example


def test_a_second_number_goes_to_the_document(answer: Answer) -> None:
    """The value keeps the first."""
    outcome = answer("contact_applicant", "李敏 13800000555，0551-65550555")
    assert outcome.display == "李敏 13800000555 / 0551-65550555"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王小雅（办公室主任）13800000555", "王小雅 13800000555（办公室主任）"),
        ("王小雅秘书长 13800000555", "王小雅 13800000555（秘书长）"),
        ("王小雅 13800000555 微信同号", "王小雅 13800000555（微信同号）"),
        ("王小雅 13800000555 邮箱 wang@example.com", "王小雅 13800000555（wang@example.com）"),
        ("传真0551-65550555 王小雅 13800000555", "王小雅 13800000555（传真0551-65550555）"),
        ("王小雅 13800000555 QQ 23456789", "王小雅 13800000555（QQ23456789）"),
        (
            "王小雅秘书长，手机13800000555（微信同号），座机0551-65550555，邮箱a.b@example.com",
            "王小雅 13800000555 / 0551-65550555（秘书长、微信同号、a.b@example.com）",
        ),
    ],
)
def test_everything_given_with_a_contact_is_kept(answer: Answer, text: str, shown: str) -> None:
    """A title, 微信同号, an address, a second phone, a fax: all stand behind the phone, and the value stays plain."""
    outcome = answer("contact_applicant", text)
    assert outcome.kind == "accept"
    assert outcome.value == WANG
    assert outcome.display == shown


def test_a_second_person_is_not_lost(answer: Answer) -> None:
    """The document keeps the applicant's words then."""
    text = "李敏 13800000555，王强 13800000556"
    assert answer("contact_applicant", text).display == text


OFFICE = {"unit": "白鹭市委网信办", "name": "周子扬", "phone": "13800000666"}
RECOMMENDERS = {
    "白鹭市委网信办的周子扬13800000666": OFFICE,
    "手机13800000666 联系人周子扬 单位白鹭市委网信办": OFFICE,
    "| 推荐单位 | 白鹭市委网信办 | 周子扬 | 13800000666 |": OFFICE,
    "白鹭市委网信办 周子扬 13800000666": OFFICE,
    "推荐单位：白鹭市委网信办，周子扬，13800000666": OFFICE,
    "推荐单位：白鹭市委网信办　联系人：周子扬　联系方式：13800000666": OFFICE,
    "单位：白鹭市委网信办\n联系人：周子扬\n电话：13800000666": OFFICE,
    "白鹭市委网信办周子扬13800000666": OFFICE,
    "周子扬（白鹭市委网信办）13800000666": OFFICE,
    "13800000666 周子扬 白鹭市委网信办": OFFICE,
    "白鹭市委网信办-周子扬-13800000666": OFFICE,
    "白鹭市委网信办+周子扬+13800000666": OFFICE,
    "由白鹭市委网信办推荐，联系人周子扬13800000666": OFFICE,
    "推荐单位：白鹭市委网信办（公章） 联系人：周子扬 13800000666": OFFICE,
    "白鹭市委网信办 周子扬 科长 13800000666": OFFICE,
    "白鹭市民政局、诸葛小亮、0553-5550666。": {"unit": "白鹭市民政局", "name": "诸葛小亮", "phone": "0553-5550666"},
    "安徽省 教育厅 周子扬 13800000666": OFFICE | {"unit": "安徽省教育厅"},
    "新浪 周子扬 13800000666": OFFICE | {"unit": "新浪"},
    "白鹭科技（合肥）有限公司 周子扬 13800000666": OFFICE | {"unit": "白鹭科技（合肥）有限公司"},
    "白鹭市“五老”协会 周子扬 13800000666": OFFICE | {"unit": "白鹭市“五老”协会"},
}


@pytest.mark.parametrize(("text", "value"), RECOMMENDERS.items())
def test_the_recommender_has_a_unit_a_name_and_a_phone(answer: Answer, text: str, value: dict[str, str]) -> None:
    """Any order, labels or none, marks or none."""
    outcome = answer("contact_recommender", text)
    assert outcome.kind == "accept"
    assert outcome.value == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("白鹭市委网信办 周子扬", "还缺电话号码"),
        ("白鹭市委网信办 13800000666", "还缺联系人姓名"),
        ("周子扬 13800000666", "还缺单位名称"),
        ("推荐单位：周子扬 13800000666", "还缺单位名称"),
        ("白鹭市委网信办", "还缺联系人姓名、电话号码"),
        ("白鹭市委网信办 周子扬 1380000066", "10 位"),
        ("无", "单位推荐"),
        ("", "空着"),
    ],
)
def test_the_missing_part_of_a_recommender_is_named(answer: Answer, text: str, said: str) -> None:
    """So that only that part has to be added."""
    outcome = answer("contact_recommender", text)
    assert outcome.kind == "reject"
    assert said in outcome.message
