"""`shenbao stats`: how questions fare and how far applications are."""

from bot.office.statistics import stats
from bot.store.store import Store
from knowledge.pack import NoticePack


async def figures(database: str, pack: NoticePack) -> str:
    """Read and write the figures of a pack.

    Raises:
        StoreError: the database cannot be read.
    """
    store = await Store.open(database)
    try:
        counts = await store.question_counts(pack.id)
        stored, filed = await store.progress(pack.id)
    finally:
        await store.close()
    return stats(pack, counts, stored, filed)
