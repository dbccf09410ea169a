"""Durable storage: nothing lost, nothing twice, any worker."""

from bot.store.outbox import LOAN_SECONDS
from bot.store.store import Store
from bot.store.store_errors import StoreError
from bot.store.turns import MAX_TRIES, Result, TurnTx

__all__ = ["LOAN_SECONDS", "MAX_TRIES", "Result", "Store", "StoreError", "TurnTx"]
