"""`shenbao unanswered [--yaml]`: what was asked in vain, by topic, or as entries to paste into the FAQ."""

from datetime import date

from bot.office.open_topics import survey
from bot.office.unanswered_report import as_message, as_yaml
from bot.store.store import Store
from knowledge.pack import NoticePack


async def unanswered(database: str, pack: NoticePack, today: date, *, yaml: bool) -> str:
    """Read the open questions of a pack and write them.

    Raises:
        StoreError: the database cannot be read.
    """
    store = await Store.open(database)
    try:
        found = survey(await store.open_questions(pack.id), pack, today)
    finally:
        await store.close()
    return as_yaml(found, pack) if yaml else as_message(found, pack, shown=len(found.topics))
