"""`make fuzz`: every hostile text at every place, at 1k, 4k, 20k (`--full`: 200k); a table of what is too slow.

`--place WORDS` and `--text WORDS` narrow it down; exit 1 when anything was found.
"""

import argparse
import resource
import sys
from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.fuzz.hostile import Generator, generators
from tests.fuzz.measure import Offence, fault_in, timed, where
from tests.fuzz.places import Place, places

SIZES = (1000, 4000, 20_000)
FULL = 200_000
MEMORY = 4 * 1024**3  # bytes: a text that makes a turn take more is found as a failure, not by the machine


def offences(place: Place, texts: dict[str, Generator], sizes: tuple[int, ...]) -> Iterator[Offence]:
    """Go through what is wrong at a place."""
    place.sent(place.prepared("你好"))  # indexes and templates are made once
    for name, generator in texts.items():
        times: dict[int, float] = {}
        for size in sizes:
            made = place.prepared(generator(size))
            try:
                times[size] = timed(place.sent, made, size)
            except Exception as error:  # noqa: BLE001 - whatever is raised is what we look for
                yield Offence(place.name, name, times, f"raises {type(error).__name__}: {str(error)[:60]}", "")
                break
            if fault := fault_in(times):
                yield Offence(place.name, name, times, fault, where(place.sent, made, times[size]))
                break


def main() -> int:
    """Measure, print, and say by the exit status whether anything was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--place", default="")
    parser.add_argument("--text", default="")
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    texts = {name: each for name, each in generators().items() if given.text in name}
    chosen = [place for place in places() if given.place in place.name]
    sizes = (*SIZES, FULL) if given.full else SIZES
    found = [each for place in track(chosen, "places") for each in offences(place, texts, sizes)]
    show(found, len(chosen), len(texts))
    return 1 if found else 0


def show(found: list[Offence], places_: int, texts: int) -> None:
    """Print the offences, those of one line of code together."""
    console = Console(width=180)
    table = Table("where", "found", "for example", "text", "what", "seconds by size")
    times_seen = Counter(each.where for each in found)
    for line, count in times_seen.most_common():
        worst = max(
            (each for each in found if each.where == line), key=lambda each: max(each.times.values(), default=0)
        )
        seconds = "  ".join(f"{size}: {took:.3f}" for size, took in worst.times.items())
        table.add_row(line or "?", str(count), worst.place, worst.text, worst.fault, seconds)
    console.print(table)
    console.print(f"{texts} texts at {places_} places: {len(found)} are too slow or fail, in {len(times_seen)} lines.")


if __name__ == "__main__":
    sys.exit(main())
