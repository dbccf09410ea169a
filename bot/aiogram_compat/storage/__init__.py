"""Storages and event isolations; modules and names as in aiogram's `fsm.storage`."""
