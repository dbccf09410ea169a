"""How characters sound, loosely: toneless pinyin with the pairs people confuse made one."""

import re
from functools import cache

_LOOSE = (("zh", "z"), ("ch", "c"), ("sh", "s"))


@cache
def sound(token: str) -> str:
    """Give the loose sound of one character; Latin words and numbers sound like themselves.

    zh/z, ch/c, sh/s and final n/ng are one (邮厢→邮箱, 铺证→辅证 stays apart: other vowels).
    """
    if token.isascii():
        return token
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - costs 0.1 s, needed at the first question only

    syllable = lazy_pinyin(token, style=Style.NORMAL)[0]
    for strict, loose in _LOOSE:
        if syllable.startswith(strict):
            syllable = loose + syllable[2:]
    return re.sub(r"ng$", "n", syllable)
