"""字数 as Word counts it: each hanzi or full-width mark one, each run of Latin letters or digits one."""

import re

_ONE = re.compile(
    r"[\u3001-\u303f\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    r"\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6"
    r"\U00020000-\U000323af“”‘’—…·\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
    r"|[0-9A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+"
)


def count_words(text: str) -> int:
    """Count the 字数 of a text."""
    return sum(1 for _ in _ONE.finditer(text))


def end_of(text: str, limit: int) -> int:
    """Give the position just behind the `limit`-th word; the text's length when it has fewer."""
    for count, match in enumerate(_ONE.finditer(text), 1):
        if count == limit:
            return match.end()
    return len(text)
