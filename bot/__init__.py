"""The shell: messenger, console, storage, settings, command line. All I/O and the clock live here."""

import os

# Before anything reads pinyin: only single characters are read, and the phrases cost 0.1 s and 30 MB.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
