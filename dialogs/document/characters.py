r"""Which characters a Word document can hold, and what becomes of the others.

Kept: every character XML 1.0 allows. Line ends of all kinds (`\r\n`, `\r`, vertical tab, form feed, NEL,
U+2028, U+2029) become `\n`. Removed, because XML has no way to write them: other control characters,
surrogates that stand alone, U+FFFE and U+FFFF.
"""

import re

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Give `text` as the document will hold it: one kind of line end, no character XML cannot carry."""
    return _IMPOSSIBLE.sub("", _LINE_END.sub("\n", text))
