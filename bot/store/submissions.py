"""SQL for finished applications: what counts for the quota and the once-only rule (四.1)."""

import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, distinct, func, or_, select
from sqlalchemy.dialects.postgresql import insert  # SQLite reads the same ON CONFLICT

from bot.store.schema import submissions
from dialogs.holdings import Holdings

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


@dataclass(frozen=True, slots=True)
class Filed:
    """A finished application as it counts for the quota; `draft` tells one applicant's applications apart."""

    draft: int
    pack_id: str
    project_name: str
    recommender: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What to count: of which pack, beside which draft of which conversation."""

    pack_id: str
    project_name: str
    recommender: str
    key: str
    draft: int


def folded(name: str) -> str:
    """Return a name as it is compared: without width, case, spaces, quotes and book-title marks."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def file(connection: Connection, key: str, filed: Filed, at: int) -> None:
    """Remember a finished application; made again, it replaces itself."""
    connection.execute(
        _FILE,
        {
            "key": key,
            "draft": filed.draft,
            "pack_id": filed.pack_id,
            "project": folded(filed.project_name),
            "recommender": folded(filed.recommender),
            "unit_name": filed.unit_name,
            "at": at,
        },
    )


def holdings(connection: Connection, sought: Sought) -> Holdings:
    """Count what is held beside the draft at hand: the same project, and other projects of its recommender."""
    same = {
        "of_pack": sought.pack_id,
        "own_key": sought.key,
        "own_draft": sought.draft,
        "of_project": folded(sought.project_name),
    }
    return Holdings(
        same_project=connection.execute(_SAME, same).scalar_one(),
        from_recommender=connection.execute(_FROM, {**same, "of_recommender": folded(sought.recommender)}).scalar_one(),
    )
