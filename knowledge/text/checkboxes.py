"""Boxes and ticks, in every way people and programs draw them: ☑, [x], （√）, symbol fonts."""

import re
from collections.abc import Iterable, Iterator

ON = "☑☒■√✓✔✅🗹▣⊠🗷✗✘❎◼⬛▪●◉"
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


_LIKE_A_BOX = "口"  # many type this character for a box
_TYPED_BOX = re.compile(
    rf"(?:^|(?<=[\s(（,，、;；:：{ON}{OFF}])){_LIKE_A_BOX}"
    r"(?=\s?[\u4e00-\u9fffA-Za-z\d])(?!\s?[径腔述号岸才味碑头语粮罩感音袋服令感])",
    re.MULTILINE,
)
_FEWEST_BOXES = 2


def typed_boxes(text: str) -> list[int]:
    """Say where the character 口 stands for a box: before words, beside another box (`口是 口否`, `☑是 口否`)."""
    found = [match.start() for match in _TYPED_BOX.finditer(text)] if _LIKE_A_BOX in text else []
    others = sum(each in ON + OFF for each in text) if found else 0
    return found if len(found) + others >= _FEWEST_BOXES else []


def ticked_options(cells: list[str], options: Iterable[str]) -> list[str] | None:
    """Name the options ticked in cells such as `是 ■ 否 □`; `None` when they hold more than options and boxes.

    A box belongs to the option before it, or after it if the cell starts with a box; boxes in cells of their own
    belong to their neighbours. An option that stands alone, with neither box nor rival, counts as chosen: the
    others were deleted.
    """
    names = sorted(options, key=len, reverse=True)
    pattern = re.compile("|".join([*map(re.escape, names), f"[{ON}{OFF}]"]))
    if any(_BESIDE.sub("", pattern.sub("", cell)) for cell in cells):
        return None
    tokens = [pattern.findall(cell) for cell in cells]
    everything = [token for each in tokens for token in each]
    if len(everything) == 1 and everything[0] in names:
        return everything
    chosen = [option for group in _groups(tokens, set(names)) for option in _with_ticks(group, set(names))]
    return list(dict.fromkeys(chosen))


_BESIDE = re.compile(r"[\s()（）\[\]【】、,，;；/\ufe0e\ufe0f]")


def _groups(cells: list[list[str]], names: set[str]) -> Iterator[list[str]]:
    """A cell with both options and boxes is read alone; cells with only one of them, together."""
    loose: list[str] = []
    for tokens in cells:
        if 0 < sum(token in names for token in tokens) < len(tokens):
            yield tokens
        else:
            loose += tokens
    yield loose


def _with_ticks(tokens: list[str], names: set[str]) -> list[str]:
    box_first = bool(tokens) and tokens[0] not in names
    chosen, name = [], None
    for token in reversed(tokens) if box_first else tokens:
        if token in names:
            name = token
        elif token in ON and name is not None:
            chosen.append(name)
    return chosen[::-1] if box_first else chosen


_CROSSES = "⊠🗷✗✘❎"  # they fill a printed box, but typed they may as well say no
TICKS = "".join(sign for sign in ON if sign not in _CROSSES)
BOX = f"[{TICKS}{OFF}]"
_TYPED = re.compile(rf"[\[(（【]\s*(?:(?P<tick>[xX{TICKS}])|[{OFF}]?)\s*[\])）】]")


def boxes_as_signs(text: str) -> str:
    """Write typed boxes as signs: `[x]是 [ ]否` → `☑是 □否`, `是（√）否（ ）` → `是☑否□`."""
    return _TYPED.sub(lambda match: "☑" if match["tick"] else "□", text)
