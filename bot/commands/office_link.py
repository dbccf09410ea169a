"""`shenbao office-link`: a link to the office's page for one person, used once; and the end of all of theirs."""

from typing import Literal

from bot.channels.web.identity import DEFAULT_PORT, installed_secret
from bot.errors import StartupError
from bot.messages import say
from bot.office.pages.sign_in import LINK_HOURS, LONGEST_NAME, SignIn
from bot.settings import Settings
from bot.store.store import Store


async def give_link(settings: Settings, name: str, role: Literal["read", "edit"]) -> str:
    """Make a link and say for whom it is.

    Raises:
        StartupError: no name is given, there is no database yet, the secret cannot be kept.
        StoreError: the database cannot be written.
    """
    if not name:
        raise StartupError(say("office_link.no_name"))
    if len(name) > LONGEST_NAME:
        raise StartupError(say("office_link.long_name", most=LONGEST_NAME))
    store = await Store.open(settings.filled_database)
    try:
        token = await SignIn(store.office, installed_secret(settings)).give_link(name, role)
    finally:
        await store.close()
    head = say("office_link.made", name=name, role=say(f"desk_roles.{role}"), hours=LINK_HOURS)
    return f"{head}\n{_address(settings)}/office/enter?link={token}"


async def end_links(settings: Settings, name: str) -> str:
    """End all links of one person, and whatever they opened, and say how many.

    Raises:
        StartupError: no name is given, there is no database yet.
        StoreError: the database cannot be written.
    """
    if not name:
        raise StartupError(say("office_link.no_name"))
    store = await Store.open(settings.filled_database)
    try:
        number = await store.office.end_all(name)
    finally:
        await store.close()
    return say("office_link.ended", name=name, number=number)


def _address(settings: Settings) -> str:
    """Give where the page is: as the world sees it, or else on this machine."""
    port = DEFAULT_PORT if settings.web_port is None else settings.web_port
    return settings.public_url or f"http://{settings.web_host}:{port}"
