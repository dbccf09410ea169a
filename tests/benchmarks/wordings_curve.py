"""How right and how false answers are, by how many wordings an entry has, with the shared library and without.

`python -m tests.benchmarks.wordings_curve` cuts the shipped pack down to so many wordings an entry (its open entries
too, so that only the wordings differ) and asks the blind sets.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml

from knowledge.loading.pack_folder import PACKS, load_pack
from knowledge.pack import NoticePack
from knowledge.search.answer import Answer
from knowledge.search.finder import Finder

BLIND = Path(__file__).parents[1] / "blind"
TODAY = date(2024, 2, 1)
SIZES = (2, 5, 10, 30, None)


def cut_down(pack: NoticePack, size: int | None) -> NoticePack:
    """Give the pack with at most `size` wordings an entry; all of them for None."""
    entries = tuple(
        entry
        if size is None
        else entry.model_copy(update={"variants": entry.variants[:size], "keywords": entry.keywords[:0]})
        for entry in pack.faq.entries
    )
    return replace(pack, faq=pack.faq.model_copy(update={"entries": entries}))


def measure(finder: Finder) -> tuple[float, float]:
    """Give the share of blind questions answered rightly, and of open ones answered at all."""
    sets = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(BLIND.glob("*.yaml"))]
    right = [
        isinstance(found := finder.find(row["q"], today=TODAY), Answer) and bool({*row["entries"]} & {*found.entries})
        for one in sets
        for row in one["answered"]
    ]
    false = [isinstance(finder.find(question, today=TODAY), Answer) for one in sets for question in one["open"]]
    return sum(right) / len(right), sum(false) / len(false)


def main() -> None:
    """Print the curve."""
    pack = load_pack(PACKS / "anhui-2024")
    print(f"{'wordings':>10}{'library: right':>16}{'false':>8}{'alone: right':>16}{'false':>8}")
    for size in SIZES:
        cut = cut_down(pack, size)
        alone = Finder.of(cut)
        alone.__dict__["entries"] = cut.faq.entries
        shared, own = measure(Finder.of(cut)), measure(alone)
        print(f"{size or 'all':>10}{shared[0]:16.3f}{shared[1]:8.3f}{own[0]:16.3f}{own[1]:8.3f}")


if __name__ == "__main__":
    main()
