"""Numbers in a question: 「六个」「2千5百字」「超过5个」."""

import re
from collections.abc import Sequence

_DIGITS = "0-9零〇一二两三四五六七八九十百千万"
_OVER = ("超过", "超", "多于", "大于", "不止")
_NOT_OVER = ("不超过", "没超过", "未超过", "不能超过", "不得超过", "别超过", "不超")


def number(words: str) -> int | None:
    """Read a whole number in digits or Chinese numerals; None when it is not one (「几」「千」)."""
    import cn2an  # noqa: PLC0415 - costs 0.1 s, needed only where a number stands

    try:
        return int(cn2an.cn2an(words, "smart"))
    except (ValueError, LookupError):  # it trips over mixtures such as 廿0
        return None


def amount(text: str, units: Sequence[str]) -> tuple[int, str] | None:
    """Find the last number before one of `units` in simplified text: (how many, as written with its unit).

    「超过5个」 counts as 6. A bound such as 「不超过5个」 is nobody's wish and gives None.
    """
    unit = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    over = "|".join(_OVER)
    pattern = rf"(?P<before>[不没未得能别]{{0,2}}(?:{over})?)(?P<words>[{_DIGITS}]+)(?:[多来几]|左右)?(?P<unit>{unit})"
    for match in reversed(list(re.finditer(pattern, text))):
        before, value = match["before"], number(match["words"])
        if value is None or before in _NOT_OVER:
            continue
        more = before in _OVER
        return value + more, ("超过" if more else "") + f"{value}{match['unit']}"
    return None
