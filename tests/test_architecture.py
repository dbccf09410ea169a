"""The house: imports go only to the right (bot → dialogs → knowledge), never in a circle; the core is pure."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from dialogs.fields.registry import kinds_by_name
from knowledge.loading.pack_folder import PACKS, load_pack

ROOT = Path(__file__).parent.parent
LAYERS = ("knowledge", "dialogs", "bot")
FILES = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]
NETWORK = {"asyncio", "socket", "requests", "httpx", "aiohttp", "telegram", "sqlalchemy", "redis"}
IMPURE = NETWORK | {"subprocess", "random", "time", "os", "logging", "secrets", "uuid"}


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path) for path in FILES}


def imports(path: Path, *, top_level: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in tree.body if top_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            nested = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (nested & MODULES) or {node.module}
    return found


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_module_imports_only_from_its_own_layer_or_those_to_the_right(path: Path) -> None:
    """Bot may use dialogs and knowledge, dialogs may use knowledge, knowledge uses neither."""
    layer = LAYERS.index(module_of(path).split(".")[0])
    outside = {name for name in imports(path) if name.split(".")[0] in LAYERS[layer + 1 :]}
    assert not outside


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Every module can be understood after those it imports."""
    graph = {module_of(path): imports(path) & MODULES for path in FILES}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"circle: {' → '.join(error.args[1])}")


@pytest.mark.parametrize("path", [p for p in FILES if "dialogs" in p.parts or "search" in p.parts], ids=module_of)
def test_the_core_does_no_io_and_reads_no_clock(path: Path) -> None:
    """Time, randomness, disk and network come in from the shell."""
    assert not {name.split(".")[0] for name in imports(path)} & IMPURE
    source = path.read_text(encoding="utf-8")
    assert ".now(" not in source
    assert ".today()" not in source


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_files_stay_small_and_explain_themselves(path: Path) -> None:
    """A file has a docstring and at most 300 lines."""
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source))
    assert len(source.splitlines()) <= 300


def test_nothing_of_one_notice_is_written_in_code() -> None:
    """A new notice is a new folder, no Python: no field key, label or fact of the shipped pack stands in code."""
    pack = load_pack(PACKS / "anhui-2024")
    own = {field.key for field in pack.form.fields if "_" in field.key}
    own |= {str(pack.facts.shown(name)) for name in pack.facts}
    own |= {field.label for field in pack.form.fields if len(field.label) > 3}
    kinds = set(kinds_by_name())  # a kind may be called like the field that has it
    generic = kinds | {"5", "3", "2000"}
    tables = {"store", "migrations"}  # a table's columns have names of their own
    for path in (path for path in FILES if not tables & set(path.parts)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in own - generic, f"{path}:{node.lineno}"
