"""A file is read in a process of its own: what hangs, eats memory or dies there harms nobody, and is told politely."""

import asyncio
import multiprocessing
import os
import time
from datetime import date
from typing import Any

import pytest

from bot.upload_process import UploadProcess
from dialogs.engine import new_session, turn
from dialogs.protocol import Moment, Upload
from knowledge.loading.pack_folder import PACKS, load_pack

MOMENT = Moment(today=date(2024, 2, 5))
UPLOAD = Upload(name="简介.txt", content="活动每年举办一次，参与的人逐年增加。".encode(), message=1)


def _hangs(*_: Any) -> Any:
    while True:
        time.sleep(1)


def _dies(*_: Any) -> Any:
    os._exit(11)


def _eats(*_: Any) -> Any:
    return bytearray(4 * 1024**3)


def _raises(*_: Any) -> Any:
    raise ValueError("a mistake of ours")


async def _taken(process: UploadProcess) -> Any:
    pack = load_pack(PACKS / "anhui-2024")
    return await process(new_session(pack), UPLOAD, pack, MOMENT)


async def test_the_outcome_is_that_of_a_turn_taken_here():
    """Nothing is lost on the way there and back."""
    pack = load_pack(PACKS / "anhui-2024")
    moment, done = await _taken(UploadProcess())
    assert done == turn(new_session(pack), UPLOAD, pack, MOMENT)
    assert not moment.unreadable


@pytest.mark.parametrize("reader", [_hangs, _dies, _eats])
async def test_a_reader_that_does_not_end_well_is_told_of_and_the_conversation_goes_on(reader: Any):
    """Hung, dead or out of memory: the applicant reads what to send instead, and the journal knows why."""
    moment, done = await _taken(UploadProcess(reader, seconds=5.0))
    assert moment.unreadable
    assert "没有读完" in done.replies[0].text


async def test_a_file_is_read_where_no_process_can_be_forked(monkeypatch: pytest.MonkeyPatch):
    """Windows knows no fork server: a new process takes longer, and gives the same."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    pack = load_pack(PACKS / "anhui-2024")
    _, done = await _taken(UploadProcess(seconds=30.0))
    assert done == turn(new_session(pack), UPLOAD, pack, MOMENT)


async def test_while_a_file_is_read_others_are_answered():
    """The process that answers everybody only waits."""
    reading = asyncio.create_task(_taken(UploadProcess(_hangs, seconds=2.0)))
    rounds = 0
    while not reading.done():
        await asyncio.sleep(0.01)
        rounds += 1
    assert rounds > 10


async def test_a_mistake_of_ours_is_raised_here():
    """An error is counted as a failed try, as in any turn."""
    with pytest.raises(ValueError, match="a mistake of ours"):
        await _taken(UploadProcess(_raises))
