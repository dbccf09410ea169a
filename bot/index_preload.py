"""Behind the greeting: the search is ready before the first question comes; its sentence vectors, if wished, later.

Vectors (setting `SHENBAO_MEANING`, extra `meaning`) understand a few paraphrases more and cost seconds of computing
and 160 MB; measured in `tests/benchmarks/retrieval.py`. Until they are there, and without the extra, the search goes
by words and sounds alone.
"""

from threading import Thread

from dialogs.pack_cache import finder_of
from knowledge.pack import NoticePack
from knowledge.search.finder import Finder


def preload_behind(pack: NoticePack, *, meaning: bool = False) -> Thread:
    """Prepare a pack's search in the background; never holds up the end of the program."""
    thread = Thread(target=_warm, args=(finder_of(pack), pack, meaning), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(finder: Finder, pack: NoticePack, meaning: bool) -> None:  # noqa: FBT001 - called by the thread only
    finder.find(pack.title, today=pack.sample_day)
    if not meaning:
        return
    from knowledge.search.vectors import load_encoder  # noqa: PLC0415 - 32 MB of weights, only where wished

    encoder = load_encoder()
    if encoder is not None:
        finder.learn(encoder)
