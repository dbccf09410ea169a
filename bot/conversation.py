"""One turn around the core: lock → load → turn → save. Sending is the dispatcher's."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.fsm.key import StorageKey
from bot.store.store import Store
from bot.store.turns import Result, TurnTx
from dialogs.engine import new_session, turn
from dialogs.session import Session
from dialogs.turn import Moment, Turn
from knowledge.pack import NoticePack


class Conversation:
    """Leads every conversation; holds nothing about any of them."""

    def __init__(self, store: Store, pack: Callable[[], NoticePack], today: Callable[[], date]) -> None:
        """Work on a store; `pack` gives the live pack, `today` the date of the moment."""
        self._store = store
        self._pack = pack
        self._today = today

    async def step(self, key: StorageKey) -> bool:
        """Handle the oldest waiting update of a conversation; False when none is waiting.

        Raises:
            StoreError: the database failed; nothing was changed.
        """
        async with self._store.turn(key) as tx:
            if tx is None:
                return False
            pack, moment = self._pack(), Moment(today=self._today())
            session = load_session(pack, tx.state, tx.data)
            result = turn(session, tx.inbound.event, pack, moment)
            if result.lookup is not None:
                moment = moment.model_copy(update={"holdings": await tx.holdings(result.lookup)})
                result = turn(session, tx.inbound.event, pack, moment)
            _save(tx, pack, moment, result)
        return True


def load_session(pack: NoticePack, state: str | None, data: dict[str, Any]) -> Session:
    """Make the session out of what is stored; a new one for somebody we have not met."""
    if state is None or not data:
        return new_session(pack)
    return Session.model_validate({**data, "state": state})


def dump_session(session: Session) -> dict[str, Any]:
    """Give what is stored beside the state."""
    return session.model_dump(mode="json", exclude={"state"}, exclude_defaults=True)


def _save(tx: TurnTx, pack: NoticePack, moment: Moment, result: Turn) -> None:
    tx.save(
        Result(
            state=result.session.state,
            data=dump_session(result.session),
            replies=result.replies,
            filed=[result.filed] if result.filed else [],
            pack_id=pack.id,
            pack_version=pack.version,
            inputs=moment.model_dump(mode="json"),
            erase=result.erase,
        )
    )
