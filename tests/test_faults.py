"""Trouble between the lines of a script: the applicant gets the same answers as without it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ANSWERS = ("开始填表", "皖西茶乡协会", "2024年2月1日", "云上茶园", "2021年3月至今", "共同富裕", "约300人")


def _console(folder, *lines):
    """Run a script in the JSON console; gives the line that came back for each, the greeting first."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "console", "--json"]
    done = subprocess.run(
        [*command, "--today", "2024-02-01", "--data", str(folder), "--out", str(folder / "out")],
        input="".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines),
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert "Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _texts(*words):
    return [{"text": word} for word in words]


def _said(lines):
    return [reply["text"] for line in lines for reply in line["replies"]]


def test_the_applicant_does_not_notice_any_trouble(tmp_path):
    """Restarts, duplicates, swapped arrivals and a slow database: every word said is the same."""
    calm = _console(tmp_path / "calm", *_texts(*ANSWERS))
    trouble = [
        {"fault": "duplicate"},
        *_texts(ANSWERS[0]),
        {"fault": "restart"},
        *_texts(ANSWERS[1]),
        {"fault": "reorder"},
        *_texts(*ANSWERS[2:4]),
        {"fault": "slow"},
        *_texts(ANSWERS[4]),
        {"fault": "reorder"},
        {"fault": "duplicate"},
        *_texts(*ANSWERS[5:]),
    ]
    stormy = _console(tmp_path / "stormy", *trouble)
    assert _said(stormy) == _said(calm)
    assert stormy[-1]["progress"] == calm[-1]["progress"]
    assert (stormy[-1]["field"], len(stormy)) == (calm[-1]["field"], len(trouble) + 1)


def test_a_fault_is_answered_by_where_we_stand(tmp_path):
    """One line out for a fault, too: nothing said, the field and the progress unchanged."""
    lines = _console(tmp_path, *_texts(*ANSWERS[:3]), {"fault": "restart"})
    assert lines[-1] == {**lines[-2], "replies": []}


def test_two_swapped_events_are_handled_in_the_order_they_were_sent(tmp_path):
    """The first line stays without reply while its event is on its way; the second line brings both."""
    lines = _console(tmp_path, *_texts(ANSWERS[0]), {"fault": "reorder"}, *_texts(*ANSWERS[1:3]))
    assert lines[3]["replies"] == []
    assert lines[3]["field"] == "unit_name"
    assert [len(lines[4]["replies"]) >= 2, lines[4]["field"]] == [True, "project_name"]


def test_what_is_on_its_way_when_the_script_ends_is_not_lost(tmp_path):
    """An event held back by `reorder` is handled at the end; the next run goes on behind it."""
    _console(tmp_path, *_texts(ANSWERS[0]), {"fault": "reorder"}, *_texts(ANSWERS[1]))
    (greeting,) = _console(tmp_path)
    assert greeting["field"] == "fill_date"


def test_an_unknown_fault_is_told(tmp_path):
    """The script's author reads which faults there are."""
    lines = _console(tmp_path, {"fault": "flood"})
    assert "restart、duplicate、reorder、slow" in lines[-1]["replies"][0]["text"]
