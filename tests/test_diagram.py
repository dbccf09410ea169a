"""The state diagram in ARCHITECTURE.md is the transition table's, always."""

import re
from pathlib import Path

from dialogs.diagram import mermaid
from knowledge.pack import NoticePack

PAGE = Path(__file__).parent.parent / "ARCHITECTURE.md"
MARKS = re.compile(r"(<!-- diagram -->\n).*?(<!-- /diagram -->)", re.DOTALL)


def drawn(pack: NoticePack) -> str:
    """Give the page with the diagram as it should be."""
    diagram = f"```mermaid\n{mermaid(pack.form)}\n```\n"
    return MARKS.sub(lambda match: match[1] + diagram + match[2], PAGE.read_text(encoding="utf-8"))


def test_the_diagram_shows_the_table_as_it_is(pack: NoticePack) -> None:
    """Stale? Run `make diagram`."""
    assert PAGE.read_text(encoding="utf-8") == drawn(pack)
