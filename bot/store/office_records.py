"""SQL for the office's page: the links that let its people in, and who did what there."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from bot.store.schema import office_actions, office_links

SHOWN = 200  # actions looked back on

_OPEN = office_links.c.ended_at.is_(None)


@dataclass(frozen=True, slots=True)
class OfficeLink:
    """A link given to one person: `role` is read or edit; times are milliseconds since 1970, None: not yet."""

    id: str
    name: str
    role: str
    made_at: int
    entered_at: int | None


@dataclass(frozen=True, slots=True)
class OfficeAction:
    """What one person did on the page: to which application, entry or file (`subject`), and how (`detail`)."""

    id: int
    name: str
    action: str
    subject: str
    detail: str
    at: int


def give_link(connection: Connection, link: OfficeLink) -> None:
    """Remember a link that was given out."""
    row = {"id": link.id, "name": link.name, "role": link.role, "made_at": link.made_at}
    connection.execute(insert(office_links).values(row))


def link(connection: Connection, id_: str) -> OfficeLink | None:
    """Return a link that was given out and not ended."""
    row = connection.execute(select(office_links).where(office_links.c.id == id_, _OPEN)).one_or_none()
    return OfficeLink(row.id, row.name, row.role, row.made_at, row.entered_at) if row else None


def enter(connection: Connection, id_: str, since: int, at: int) -> bool:
    """Use a link made after `since`; False when it was used before, is too old, or was never given."""
    fresh = (office_links.c.id == id_, _OPEN, office_links.c.entered_at.is_(None), office_links.c.made_at > since)
    return connection.execute(update(office_links).where(*fresh).values(entered_at=at)).rowcount == 1


def end(connection: Connection, id_: str, at: int) -> None:
    """End what a link opened."""
    connection.execute(update(office_links).where(office_links.c.id == id_, _OPEN).values(ended_at=at))


def end_all(connection: Connection, name: str, at: int) -> int:
    """End every link of one person, and what they opened; gives how many there were."""
    return connection.execute(
        update(office_links).where(office_links.c.name == name, _OPEN).values(ended_at=at)
    ).rowcount


def note(connection: Connection, pack_id: str, action: OfficeAction) -> int:
    """Write down what was done, and give its number."""
    row = {"pack_id": pack_id, "name": action.name, "action": action.action, "subject": action.subject}
    row |= {"detail": action.detail}
    found = connection.execute(insert(office_actions).values(**row, at=action.at).returning(office_actions.c.id))
    return int(found.scalar_one())


def actions(
    connection: Connection, pack_id: str, names: tuple[str, ...] = (), subject: str | None = None
) -> list[OfficeAction]:
    """Return what was done, newest first: of certain kinds, to one thing."""
    wanted = select(office_actions).where(office_actions.c.pack_id == pack_id)
    if names:
        wanted = wanted.where(office_actions.c.action.in_(names))
    if subject is not None:
        wanted = wanted.where(office_actions.c.subject == subject)
    rows = connection.execute(wanted.order_by(office_actions.c.id.desc()).limit(SHOWN))
    return [OfficeAction(row.id, row.name, row.action, row.subject, row.detail, row.at) for row in rows]
