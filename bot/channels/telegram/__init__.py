"""The messenger: Telegram updates in, replies out. Knows no form and no wording of the notice."""

import os

# The library's own switch to its future: times are `timedelta`, without a deprecation warning per use.
os.environ.setdefault("PTB_TIMEDELTA", "true")
