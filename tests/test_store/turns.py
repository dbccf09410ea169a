"""Turns as the tests of the store take them: an update's text is added to the session and repeated as the reply."""

from bot.store.storage_key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result
from bot.store.updates import Inbound
from dialogs.protocol import ExistingSubmissions, FiledSubmission, Lookup, Reply, Text

ANNA, BO = StorageKey(1, 9876543, 9876543), StorageKey(1, 20, 20)
PACK = "anhui-2024"


class Clock:
    """A clock the test sets."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def update(key: StorageKey, text: str, position: int = 0) -> Inbound:
    return Inbound(f"{key.chat_id}-{text}", key, Text(text=text), position)


async def turn(store: Store, key: StorageKey, **extra: object) -> str | None:
    """Handle one update: its text is added to the session and repeated as the reply."""
    async with store.turn(key) as tx:
        if tx is None:
            return None
        text = tx.inbound.event.text
        said = [*tx.data.get("said", []), text]
        tx.save(Result("Form:name", {"said": said}, [Reply(text=text)], **extra))
    return text


async def failing_turn(store: Store, error: Exception, *, last: bool = False) -> None:
    """Handle one update up to the end, then fail."""
    async with store.turn(ANNA) as tx:
        assert tx.last_try == last
        tx.save(Result("Form:name", {"said": ["wrong"]}, [Reply(text="wrong")]))
        raise error


async def said(store: Store, key: StorageKey) -> list[str]:
    return (await store.session(key))[1].get("said", [])


def filed(draft: str, project: str, recommender: str = "省网信办", pack: str = PACK) -> FiledSubmission:
    identity = {"project": project, "recommender": recommender, "applicant": "甲"}
    return FiledSubmission(draft=draft, pack_id=pack, identity=identity)


def beside(filed: FiledSubmission) -> Lookup:
    """Ask what is held beside an application: the same project, others of its recommender."""
    return Lookup(filed=filed, same=("project",), quota=("recommender",))


def held(same: int, recommended: int) -> ExistingSubmissions:
    return ExistingSubmissions(same=same, quota={"recommender": recommended})
