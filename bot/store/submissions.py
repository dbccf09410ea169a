"""SQL for finished applications: what counts for the quota and the once-only rule (四.1)."""

import unicodedata

from sqlalchemy import Connection, and_, bindparam, distinct, func, or_, select
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same ON CONFLICT

from bot.store.schema import submissions
from dialogs.protocol import ExistingSubmissions, FiledSubmission, Lookup

_insert = insert(submissions)
_FILE = _insert.on_conflict_do_update(
    index_elements=["key", "draft"],
    set_={name: _insert.excluded[name] for name in ("pack_id", "project", "recommender", "unit_name", "at")},
)
_OTHERS = and_(
    submissions.c.pack_id == bindparam("of_pack"),
    or_(submissions.c.key != bindparam("own_key"), submissions.c.draft != bindparam("own_draft")),
)
_SAME = (
    select(func.count())
    .select_from(submissions)
    .where(_OTHERS, submissions.c.project == bindparam("of_project"), submissions.c.project != "")
)
_FROM = select(func.count(distinct(submissions.c.project))).where(
    _OTHERS,
    submissions.c.recommender == bindparam("of_recommender"),
    submissions.c.recommender != "",
    submissions.c.project != bindparam("of_project"),
)


def folded(name: str) -> str:
    """Return a name as it is compared: without width, case, spaces, quotes and book-title marks."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def file(connection: Connection, key: str, filed: FiledSubmission, at: int) -> None:
    """Remember a finished application; made again, it replaces itself."""
    connection.execute(
        _FILE,
        {
            "key": key,
            "draft": filed.draft,
            "pack_id": filed.pack_id,
            "project": folded(filed.identity.get("project", "")),
            "recommender": folded(filed.identity.get("recommender", "")),
            "unit_name": filed.identity.get("applicant", ""),
            "at": at,
        },
    )


def holdings(connection: Connection, key: str, lookup: Lookup) -> ExistingSubmissions:
    """Count what is held beside a draft of this conversation: the same project, others of its recommender."""
    filed = lookup.filed
    same = {
        "of_pack": filed.pack_id,
        "own_key": key,
        "own_draft": filed.draft,
        "of_project": folded(filed.identity.get("project", "")),
    }
    recommended = {**same, "of_recommender": folded(filed.identity.get("recommender", ""))}
    return ExistingSubmissions(
        same=connection.execute(_SAME, same).scalar_one() if lookup.same else 0,
        quota=dict.fromkeys(lookup.quota, connection.execute(_FROM, recommended).scalar_one()),
    )
