"""`shenbao submissions [--xlsx FILE]`: the applications handed in, a line each, or as a sheet."""

from pathlib import Path

from bot.clock import shown_time
from bot.messages import say
from bot.office.application_table import application_workbook, status_text
from bot.output_files import save
from bot.store.store import Store
from knowledge.pack import NoticePack


async def submissions(database: str, pack: NoticePack, xlsx: Path | None) -> str:
    """Read the applications of a pack, and write them.

    Raises:
        StoreError: the database cannot be read.
        StartupError: the sheet cannot be written.
    """
    store = await Store.open(database)
    try:
        listed = await store.office.applications(pack.id)
    finally:
        await store.close()
    if xlsx is not None:
        return say("submissions.written", path=save(xlsx.parent, xlsx.name, application_workbook(pack, listed)))
    lines = [
        say(
            "submissions.line",
            number=one.number,
            status=status_text(one),
            at=shown_time(one.submitted_at),
            about=" · ".join(filter(None, one.identity.values())),
        )
        for one in listed
    ]
    return "\n".join(lines) or say("submissions.none")
