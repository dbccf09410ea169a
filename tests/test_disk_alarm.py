"""The alarm on free space: told once when it runs low, again after a while, and when it is over."""

import asyncio
from pathlib import Path

from bot.disk_alarm import LEAST_FREE, MEGABYTE, disk_alarm, free_bytes


async def told(folder: Path, frees: list[int], again: float) -> list[str]:
    """Give what staff are told while the disk has these many bytes, one look after the other."""
    news: list[str] = []
    left, seen = iter(frees), asyncio.Event()

    def free(_: Path) -> int:
        try:
            return next(left)
        except StopIteration:
            seen.set()
            raise FileNotFoundError from None

    async def tell(words: str) -> None:
        news.append(words)

    async with disk_alarm(folder, tell, free=free, every=0.0, again=again):
        await seen.wait()
    return news


async def test_staff_are_told_when_space_runs_low_and_when_there_is_enough_again(tmp_path: Path) -> None:
    """Once each, with the megabytes that are left."""
    assert free_bytes(tmp_path) > 0
    low, well = LEAST_FREE - MEGABYTE, LEAST_FREE + MEGABYTE
    news = await told(tmp_path, [well, low, low, low, well, well, low], again=3600)
    assert [words[:5] for words in news] == ["【请处理】", "磁盘空间已", "【请处理】"]
    assert "499 MB" in news[0]


async def test_an_alarm_that_goes_on_is_told_again(tmp_path: Path) -> None:
    """At each look here, for the pause is nothing."""
    assert len(await told(tmp_path, [0, 0, 0], again=0.0)) == 3
