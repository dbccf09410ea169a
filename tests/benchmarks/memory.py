"""What one bot process holds on to: after thousands of mixed turns, and after its pack was edited again and again.

Run with `python -m tests.benchmarks.memory`; exits with 1 when memory grows. Resident megabytes, no collection forced.
"""

import sys
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from dialogs.engine import new_session, turn
from dialogs.pack_cache import finder_of
from dialogs.protocol import Moment, Text
from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack

TURNS, EDITS = 2_000, 50
TODAY = date(2024, 2, 5)
GROWTH = 1.15  # of memory in the second half, beside the end of the first
WORDS = (
    "开始填表",
    "合肥市护苗志愿者协会",
    "上一步",
    "跳过",
    "预览",
    "怎么交材料？",
    "受益人数1200",
    "不是1200，是1300",
)


def resident() -> int:
    """Give the megabytes this process has in memory."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // 1024


def mixed_turns(pack: NoticePack) -> list[int]:
    """Take turns, every question a new one; gives the memory after each tenth of them."""
    session, moment, held = new_session(pack), Moment(today=TODAY), []
    for number, words in enumerate(islice(cycle(WORDS), TURNS), 1):
        said = f"{words}{number}" if "？" in words else words
        session = turn(session if number % 100 else new_session(pack), Text(text=said), pack, moment).session
        if number % (TURNS // 10) == 0:
            held.append(resident())
    return held


def edits(pack: NoticePack) -> list[int]:
    """Have the pack edited, and asked a question after each edit; gives the memory after each tenth of the edits."""
    held = []
    for number in range(1, EDITS + 1):
        edited = replace(pack, version=f"edit-{number}")
        finder_of(edited).find("截止日期是哪天？", today=TODAY)
        turn(new_session(edited), Text(text="怎么交材料？"), edited, Moment(today=TODAY))
        if number % (EDITS // 10) == 0:
            held.append(resident())
    return held


def main() -> int:
    """Measure both; the exit status says whether memory grows."""
    pack = load_pack(PACKS / "anhui-2024")
    grows = False
    for name, held in ((f"{TURNS:,} turns", mixed_turns(pack)), (f"{EDITS} edits of the pack", edits(pack))):
        print(f"{name}, MB: {' '.join(map(str, held))}")
        grows |= held[-1] > held[len(held) // 2 - 1] * GROWTH
    return int(grows)


if __name__ == "__main__":
    sys.exit(main())
