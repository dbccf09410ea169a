"""The revisions, oldest first; `bot.store.upgrade.HEAD` names the newest."""
