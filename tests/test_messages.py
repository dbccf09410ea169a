"""What applicants read stands in one file, by room and meaning; a pack may say any of it in its own words."""

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from bot.messages import texts
from bot.packs import lint, ready_pack
from dialogs.message_texts import WORDS_OF_PACK, Messages, say, shared_texts
from knowledge.facts import Facts
from knowledge.loading.messages_file import MESSAGES
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack
from knowledge.problems import PackError
from tests.applicant import Applicant
from tests.house import ROOT

DIALOGS = ROOT / "dialogs"
TEXTS = {"dialogs": shared_texts, "bot": texts}  # room → its texts by key
KEY = re.compile(r"[a-z_]+\.[a-z_]+")
REQUIRED_FACTS = {"deadline"}  # `load_pack` and the greeting need it of every notice


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the shipped pack, for staff to edit."""
    return Path(shutil.copytree(PACKS / "anhui-2024", tmp_path / "anhui-2024"))


def test_a_sentence_is_filled_from_its_parts_the_form_and_the_facts(pack: NoticePack) -> None:
    """`{form_name}` is what form.yaml calls the form, `{contact}` and `{deadline}` come from the notice."""
    messages = Messages(replace(pack, messages={"menu.hello": "{form_name}｜{contact}｜{deadline}｜{name}"}))
    department, phone = pack.facts.shown("contact_department"), pack.facts.shown("contact_phone")
    said = messages.say("menu.hello", name="{deadline}")
    assert said == f"推荐表｜{department} {pack.facts.shown('contact_name')} {phone}｜2024年2月19日｜{{deadline}}"


def test_a_form_without_a_short_name_is_called_by_the_shared_word(pack: NoticePack) -> None:
    """A new call need not say what its form is called, nor whom to call."""
    plain = replace(
        pack,
        facts=Facts({"deadline": pack.facts.date("deadline")}),
        form=pack.form.model_copy(update={"short_name": "", "fields": pack.form.fields[:3]}),
    )
    messages = Messages(replace(plain, messages={"menu.ok": "{form_name}、{consent}、{contact}"}))
    assert messages.say("menu.ok") == "申报表、声明、通知上写明的联系人"


def test_an_unknown_sentence_or_name_is_an_error_at_once(pack: NoticePack) -> None:
    """Never an empty line, never braces in front of an applicant."""
    with pytest.raises(KeyError):
        Messages(pack).say("menu.nothing_like_it")
    with pytest.raises(KeyError):
        say("menu.days_left")


def test_a_pack_says_it_in_its_own_words(folder: Path) -> None:
    """A sentence in the pack's messages.yaml takes the place of the shared one; the others stay."""
    (folder / MESSAGES).write_text("start:\n  first: 好，咱们填{form_name}。\n", encoding="utf-8")
    applicant = Applicant(ready_pack(folder))
    applicant.type("开始填表")
    assert applicant.said.startswith("好，咱们填推荐表。")
    assert load_pack(folder).version != load_pack(PACKS / "anhui-2024").version


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("menu:\n  ok: 好。\n  okay: 好。\n", 3, "没有“menu.okay”这句话"),
        ("menu:\n  ok: 好。\nstart:\n  first: 还有{days}天。\n", 4, "没有的名字 days"),
        ("menu:\n  ok: [好]\n", 2, "ok 应是一段文字"),
    ],
)
def test_check_names_file_and_line_of_what_nobody_would_say(folder: Path, text: str, line: int, reason: str) -> None:
    """A sentence that does not exist, a name nobody fills in, something that is no sentence: told, and not live."""
    (folder / MESSAGES).write_text(text, encoding="utf-8")
    told = [str(problem) for problem in lint(folder)]
    assert any(each.startswith(f"{MESSAGES}:{line}: ") and reason in each for each in told), told
    with pytest.raises(PackError):
        ready_pack(folder)


def _calls(room: str) -> Iterator[tuple[str, ast.Call]]:
    """Give every call in a room that says a sentence by its literal key."""
    for path in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in {"words", "tell", "say", "UploadError"}:
                key = next((each for each in node.args[:1] if isinstance(each, ast.Constant)), None)
                if key is not None and KEY.fullmatch(str(key.value)):
                    yield str(key.value), node


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _names_in(room: str, text: str) -> set[str]:
    """Give the names a text has in braces; the shell's texts are filled by `str.format`."""
    return {*Facts.names_in(text)} if room == "dialogs" else {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("room", TEXTS)
def test_every_sentence_said_exists_and_gets_the_parts_it_names(room: str) -> None:
    """No key of a slip of the pen; no name that only some packs could fill in."""
    known = {*WORDS_OF_PACK, *REQUIRED_FACTS} if room == "dialogs" else set()
    for key, call in _calls(room):
        assert key in TEXTS[room](), key
        given = {each.arg for each in call.keywords}
        if None not in given:  # **parts: known only when it runs
            assert _names_in(room, TEXTS[room]()[key]) <= known | given, key


@pytest.mark.parametrize("room", TEXTS)
def test_every_sentence_of_the_file_is_said_somewhere(room: str) -> None:
    """What nobody says is deleted."""
    files = (path for ending in ("py", "html") for path in sorted((ROOT / room).rglob(f"*.{ending}")))
    source = "\n".join(path.read_text(encoding="utf-8") for path in files).replace("'", '"')
    groups = set(re.findall(r'f"([a-z_]+)\.\{|say\("([a-z_]+)\." \+', source))
    groups = {name for pair in groups for name in pair}
    unsaid = [key for key in TEXTS[room]() if f'"{key}"' not in source and key.partition(".")[0] not in groups]
    assert unsaid == []


def test_no_sentence_stands_in_code() -> None:
    """Texts are in messages.yaml: no string of the handlers, views and the like holds a run of Chinese words."""
    run = re.compile(r"[\u4e00-\u9fff]{2}")
    rooms = [*DIALOGS.glob("*.py"), *(DIALOGS / "handlers").glob("*.py"), *(DIALOGS / "views").glob("*.py")]
    for path in rooms:
        if path.name == "multipart_text.py":  # its words go to the lexicon when reading becomes acts
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                assert not run.search(node.value), f"{path.name}:{node.lineno}: {node.value}"
