"""Boxes as people type them, [x] and （ ）, made the form's own: ☑ and □."""

import re

TICKS = "☑√✓✔■☒✅●◉"
EMPTY = "□☐○◯"
BOX = f"[{TICKS}{EMPTY}]"
_TYPED = re.compile(rf"[\[(（【]\s*(?:(?P<tick>[xX{TICKS}])|[{EMPTY}]?)\s*[\])）】]")


def boxes(text: str) -> str:
    """Write typed boxes as signs: `[x]是 [ ]否` → `☑是 □否`, `是（√）否（ ）` → `是☑否□`."""
    return _TYPED.sub(lambda match: "☑" if match["tick"] else "□", text)
