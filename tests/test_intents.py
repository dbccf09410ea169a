"""Commands in words: what is one, what only looks like one; the tables are in `intent_cases.yaml`."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understanding.commands import command_of, contract_name
from knowledge.form import Form
from knowledge.loading.pack_folder import PACKS
from knowledge.loading.yaml_file import load_yaml

FORM = load_yaml(PACKS / "anhui-2024" / "form.yaml", Form)
CASES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("intent_cases.yaml").read_text(encoding="utf-8"))
CONTRACT = {"start", "back", "edit", "cancel", "skip", "preview", "help", "greet", "thanks", "status"}


def cases() -> list[object]:
    return [
        pytest.param(None if name == "none" else name, text, id=f"{name}-{text}")
        for name, texts in CASES.items()
        for text in texts
    ]


@pytest.mark.parametrize(("name", "text"), cases())
def test_hears_what_is_wished(name: str | None, text: str):
    """A message is the command a person would take it for, or none."""
    intent = command_of(text, FORM)
    assert (intent and contract_name(intent)) == name


def test_table_covers_the_contract():
    """Each of the ten intents of the contract stands in the table, and so do messages that are none."""
    assert CASES.keys() == CONTRACT | {"none"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("继续填报", "resume"),
        ("重新开始", "restart"),
        ("删除我的资料", "delete"),
        ("把我的信息都删掉", "delete"),
        ("再填一份", "new"),
        ("我的申报", "list"),
        ("我要咨询", "consult"),
        ("先看看自己符不符合", "eligible"),
        ("帮我看看我们够不够条件", "eligible"),
    ],
)
def test_tells_apart_what_the_contract_joins(text: str, name: str):
    """Inside, wishes are finer than in the contract: resuming is not starting over."""
    intent = command_of(text, FORM)
    assert intent
    assert intent.name == name


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("修改起止时间", "period"),
        ("我想改一下项目名成", "project_name"),  # a homophone
        ("投入资金填错了", "funds"),
        ("想把推荐单位联系人改一下", "contact_recommender"),
        ("/edit category", "category"),
        ("/edit unit_name", "unit_name"),
        ("/修改 备案号", "registration_no"),
        ("修改第四项", "period"),
        ("改 16", "description"),
        ("資金來源寫錯了", "funds_source"),
        ("那个受益人数不对，改一下", "beneficiaries"),
        ("起止时问填错了", "period"),  # a look-alike
        ("刚才那个填错了", None),
        ("电话填错了", None),  # two fields hold a phone
        ("修改", None),
    ],
)
def test_edit_names_its_field(text: str, field: str | None):
    """The field may be named by label, alias, key or number, misspelt too; named vaguely, the applicant chooses."""
    intent = command_of(text, FORM)
    assert intent
    assert (intent.name, intent.field) == ("edit", field)


def test_edit_may_bring_the_new_value():
    """Field and new value can come in one sentence; the value keeps its own spelling."""
    intent = command_of("把项目名称改成《云端 A+ 課堂》", FORM)
    assert intent
    assert (intent.field, intent.value) == ("project_name", "《云端 A+ 課堂》")


def test_unknown_field_makes_no_edit():
    """Changing something the form does not know is not a command but a text like any other."""
    assert command_of("修改烦恼", FORM) is None


@pytest.mark.parametrize("text", ["/back", "/BACK", "／back", "/back@shenbao_bot", " /上一步 ", "/返回"])
def test_slash_commands_in_either_case_and_language(text: str):
    """A slash makes no difference to the words behind it."""
    intent = command_of(text, FORM)
    assert intent
    assert intent.name == "back"


def test_few_words_heard_only_are_not_sure():
    """Two syllables that only sound like a command leave room for the field; spelt right, they do not."""
    heard, spelt = command_of("玉兰", FORM), command_of("预览", FORM)
    assert heard
    assert spelt
    assert (heard.name, heard.sure) == ("preview", False)
    assert (spelt.name, spelt.sure) == ("preview", True)


PIECES = [
    "我",
    "想",
    "先",
    "再",
    "要",
    "不填",
    "了",
    "上一步",
    "跳过",
    "修改",
    "项目名称",
    "吧",
    "谢谢",
    "，",
    "取消",
    "能",
    "吗",
]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_any_text_is_heard_without_complaint(text: str):
    """Whatever is typed, it is a known command or none, and an edit names a field of the form or none."""
    intent = command_of(text, FORM)
    assert intent is None or intent.name == "edit" or intent.field is None
    assert intent is None or intent.field in {None, *(field.key for field in FORM.fields)}
