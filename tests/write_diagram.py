"""`make diagram`: draw the transition table into ARCHITECTURE.md."""

from knowledge.loading.pack_folder import PACKS, load_pack
from tests.test_diagram import PAGE, drawn

PAGE.write_text(drawn(load_pack(PACKS / "anhui-2024")), encoding="utf-8")
