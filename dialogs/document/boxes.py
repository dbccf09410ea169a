"""Boxes and ticks, in every way people and programs draw them."""

import re
from collections.abc import Iterable

ON = "☑☒■√✓✔✅🗹▣⊠🗷✗✘❎◼⬛▪●"
OFF = "□☐▢◻⬜◽▫○◯"
_TICK, _BOX = ON[0], OFF[0]

# Symbol fonts: what these codes show in them (Word and WPS insert boxes this way).
_SYMBOLS = {
    "wingdings": {0x6E: _TICK, 0xFC: _TICK, 0xFD: _TICK, 0xFE: _TICK, 0x6F: _BOX, 0x71: _BOX, 0x72: _BOX, 0xA8: _BOX},
    "wingdings 2": {0x50: _TICK, 0x52: _TICK, 0x53: _TICK, 0x54: _TICK, 0xA2: _TICK, 0x2A: _BOX, 0xA3: _BOX},
}


def from_symbol_font(font: str, text: str) -> str:
    """Give text set in a symbol font as the boxes it shows; text in any other font stays as it is."""
    symbols = _SYMBOLS.get(font.lower(), {})
    return "".join(symbols.get(ord(each) & 0xFF, each) for each in text) if symbols else text


def ticked(text: str, options: Iterable[str]) -> list[str] | None:
    """Name the options ticked in text such as `是 ■ 否 □`; `None` when it holds more than options and boxes.

    A box belongs to the option before it, or after it if the text starts with a box. An option that stands
    alone, with neither box nor rival, counts as chosen: the others were deleted.
    """
    names = sorted(options, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, names), f"[{ON}{OFF}]"]))
    tokens = pattern.findall(text)
    if re.sub(r"[\s()（）\[\]【】、,，;；/\ufe0e\ufe0f]", "", pattern.sub("", text)):
        return None
    present = [token for token in tokens if token in names]
    if len(present) == len(tokens) == 1:
        return present
    return _with_ticks(tokens, set(names))


def _with_ticks(tokens: list[str], names: set[str]) -> list[str]:
    box_first = bool(tokens) and tokens[0] not in names
    chosen, name = [], None
    for token in reversed(tokens) if box_first else tokens:
        if token in names:
            name = token
        elif token in ON and name is not None and name not in chosen:
            chosen.append(name)
    return chosen[::-1] if box_first else chosen
