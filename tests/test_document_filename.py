"""The document's name (四.2: 项目+推荐单位+联系人+联系方式)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.document.file_name import file_name
from tests.document_samples import PATTERN, filed, submission

RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}
names = st.text(max_size=120) | st.sampled_from(
    ["CON", "nul.txt", "..", "a..", ".b", "👨‍👩‍👧‍👦" * 30, "长" * 100, "a\r\nb", "/"]
)


def test_the_four_parts_stand_in_the_order_of_the_clause():
    """项目, 推荐单位, 联系人 and 联系方式 are joined by +, nothing else."""
    assert file_name(filed("银龄课堂"), PATTERN) == "银龄课堂+中共淮南市委网信办+吴越+0554-2600001.docx"


def test_characters_windows_refuses_become_their_wide_twins():
    """A reader still sees the mark; the file system sees an ordinary character."""
    assert file_name(filed('A/B\\C:D*E?"F"<G>|H'), PATTERN).startswith("A／B＼C：D＊E？＂F＂＜G＞｜H+")


def test_a_plus_within_the_project_stays():
    """The categories themselves are called 互联网+…, so a project may be, too."""
    assert file_name(filed("互联网+助学"), PATTERN).startswith("互联网+助学+中共")


def test_only_the_project_gives_way_when_the_name_is_too_long():
    """255 bytes are 83 hanzi: the other three parts stay whole, and the cut shows."""
    name = file_name(filed("公益" * 60), PATTERN)
    assert name.endswith("公益…+中共淮南市委网信办+吴越+0554-2600001.docx") or "…+中共淮南市委网信办+" in name
    assert 250 <= len(name.encode()) <= 255


def test_a_unit_too_long_for_any_name_gives_way_after_the_project():
    """The project keeps a readable beginning, and contact and phone stay whole."""
    name = file_name(filed("公益" * 60, unit="联合" * 60), PATTERN)
    assert re.fullmatch(r"(公益){10}公?…\+(联合)+联?…\+吴越\+0554-2600001\.docx", name)
    assert len(name.encode()) <= 255


@pytest.mark.parametrize("seen", ["👨‍👩‍👧‍👦", "🇨🇳", "👩🏽‍🏫", "e\u0301", "❤️", "🏴\U000e0067\U000e0062\U000e007f"])
@pytest.mark.parametrize("offset", range(6))
def test_no_visible_character_is_cut_in_half(seen: str, offset: int):
    """However the limit falls, the project part is a run of whole characters."""
    project = file_name(filed("x" * offset + seen * 90), PATTERN).partition("…+")[0]
    assert re.fullmatch(f"x{{{offset}}}({re.escape(seen)})+", project)


@pytest.mark.parametrize("device", ["CON", "nul", "COM1.报告", "Aux .x"])
def test_a_name_windows_keeps_for_a_device_is_set_apart(device: str):
    """Windows opens the device, whatever follows the first dot."""
    assert file_name(filed(device), "{project_name}") == f"_{device}.docx"


def test_a_part_that_is_missing_is_left_empty():
    """A draft without recommender still gets a file."""
    assert file_name(submission({}), PATTERN) == "+++.docx"


def test_a_name_with_nothing_in_it_falls_back_to_the_pack():
    """A file must be called something."""
    assert file_name(submission({}), "{project_name}") == "anhui-2024.docx"


@given(names, names, names, names)
def test_every_name_is_safe_everywhere(project: str, unit: str, name: str, phone: str):
    """No separator, no control or invisible direction mark, no `..`, no device, 255 bytes at most."""
    made = file_name(filed(project, unit, name, phone), PATTERN)
    assert len(made.encode()) <= 255
    assert made.endswith(".docx")
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]|\.\.', made)
    assert made.partition(".")[0].strip().upper() not in RESERVED
    assert made == made.strip()
    assert not made.startswith(".")
