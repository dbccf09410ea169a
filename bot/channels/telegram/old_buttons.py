"""Takes the buttons of answered questions away, so that nobody answers again by a tap while scrolling.

Which message carries buttons that are still to be taken away stands in `channel_marks`, under the conversation's
address: any worker that sends the next reply does it. What serves on (`dialogs.buttons`: `lasting`) stays. The call is
one nobody waits for: a button left over says itself what it would replace, or that it is over.
"""

import json
from collections.abc import Sequence

from telegram.ext import ExtBot

from bot.channels.telegram.background_calls import BackgroundCalls
from bot.channels.telegram.layout import keyboard
from bot.store.sessions import address
from bot.store.storage_key import StorageKey
from bot.store.store import Store
from dialogs.buttons import is_lasting
from dialogs.protocol import Button

MOST = 4  # messages of one conversation whose buttons wait to be taken away


class OldButtons:
    """Remembers which messages carry buttons that go once their question is answered."""

    def __init__(self, bot: ExtBot[int], store: Store, background: BackgroundCalls) -> None:
        """Change messages through `bot`, remember them in `store`."""
        self._bot, self._store, self._background = bot, store, background

    async def replaced(self, key: StorageKey, message: int | None, choices: Sequence[Button], *, aside: bool) -> None:
        """Note a reply that was sent, and take away what is over by it.

        Args:
            key: the conversation.
            message: the number of the message its buttons stand under, if it has any.
            choices: its buttons.
            aside: whether what was asked before is open still.

        Raises:
            StoreError: the database failed.
        """
        name = address(key)
        marks = await self._store.marks([name])
        before: dict[str, list[list[str]]] = json.loads(marks.get(name, "{}"))
        after = before.copy() if aside else {}
        passing = message is not None and not all(is_lasting(one.id) for one in choices)
        if passing:
            after[str(message)] = [[one.id, one.label] for one in choices if is_lasting(one.id)]
        if after != before:
            kept = dict(list(after.items())[-MOST:])
            await self._store.mark({name: json.dumps(kept, ensure_ascii=False) if kept else None})
        for number, left in before.items():
            if number not in after:
                self._take_away(key.chat_id, int(number), [Button(id=id_, label=label) for id_, label in left])

    def _take_away(self, chat: int, message: int, left: Sequence[Button]) -> None:
        markup = keyboard(left) if left else None
        self._background.do(self._bot.edit_message_reply_markup(chat, message, reply_markup=markup))
