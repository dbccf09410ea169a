"""The house as its tests see it: every Python and shared data file, read and parsed once."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
LAYERS = ("knowledge", "dialogs", "bot")
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
_DOCUMENTED = (ast.Module, ast.ClassDef, *_FUNCTION)
_HANZI = re.compile(r"[\u3400-\u9fff]")
_PATTERN = re.compile(r"\(\?|\\[wWdDsSbB.]|\[[^\]]{2,}\]|[^|]\|[^|]")  # a regular expression, not a sentence
_SENTENCE = re.compile(r"[，。！？：；“”《》…｜]")
_SAID_AS = frozenset(("label", "text", "help", "message", "reason", "mend", "words", "title"))  # arguments people read


@dataclass(frozen=True)
class Literal:
    """A piece of text in a file that is no docstring and no comment; `argument` is the keyword it is passed as."""

    line: int
    text: str
    argument: str = ""

    @property
    def is_sentence(self) -> bool:
        """Whether people read it: Chinese with the marks of a sentence, or passed as what is read."""
        if not _HANZI.search(self.text) or _PATTERN.search(self.text):
            return False
        return bool(_SENTENCE.search(self.text)) or self.argument in _SAID_AS


@dataclass(frozen=True)
class PythonFile:
    """A module: where it is, what it is called, and its tree."""

    path: Path
    source: str

    @property
    def name(self) -> str:
        """Path from the root, as documents write it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """Dotted name; a package is called like its folder."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed source."""
        return ast.parse(self.source)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> frozenset[str]:
        """Modules imported anywhere in the file, by dotted name; of the house, the file that is meant."""
        found: set[str] = set()
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                nested = {f"{node.module}.{alias.name}" for alias in node.names}
                found |= (nested & modules()) or {node.module}
        return frozenset(found)

    @cached_property
    def literals(self) -> tuple[Literal, ...]:
        """Every string constant, pieces of f-strings included, that is no docstring."""
        docstrings = {id(node.body[0].value) for node in self.nodes if _is_documented(node)}
        arguments = {
            id(piece): keyword.arg or ""
            for keyword in (node for node in self.nodes if isinstance(node, ast.keyword))
            for piece in ast.walk(keyword.value)
            if isinstance(piece, ast.Constant)
        }
        return tuple(
            Literal(node.lineno, node.value, arguments.get(id(node), ""))
            for node in self.nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        )

    @cached_property
    def functions(self) -> tuple[tuple[int, str], ...]:
        """Every function with its length in lines, decorators aside."""
        return tuple(
            (node.end_lineno - node.lineno + 1, node.name)
            for node in self.nodes
            if isinstance(node, _FUNCTION) and node.end_lineno is not None
        )

    @property
    def public_classes(self) -> tuple[str, ...]:
        """Classes of the module that others may use."""
        return tuple(
            node.name for node in self.tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        )


def _is_documented(node: ast.AST) -> bool:
    if not isinstance(node, _DOCUMENTED) or not node.body or not isinstance(node.body[0], ast.Expr):
        return False
    return isinstance(node.body[0].value, ast.Constant) and isinstance(node.body[0].value.value, str)


@cache
def python_files() -> tuple[PythonFile, ...]:
    """Every module of the product."""
    paths = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]
    return tuple(PythonFile(path, path.read_text(encoding="utf-8")) for path in paths)


@cache
def modules() -> frozenset[str]:
    """The dotted names of all modules."""
    return frozenset(file.module for file in python_files())


@cache
def shared_data() -> dict[str, tuple[Literal, ...]]:
    """Every YAML file that serves all calls, by its path from the root: its keys and texts, without comments."""
    paths = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.yaml"))]
    return {
        path.relative_to(ROOT).as_posix(): tuple(_scalars(path))
        for path in paths
        if "packs" not in path.relative_to(ROOT).parts
    }


def _scalars(path: Path) -> Iterator[Literal]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for event in yaml.parse(path.read_text(encoding="utf-8"), Loader=loader):
        if isinstance(event, yaml.ScalarEvent):
            yield Literal(event.start_mark.line + 1, event.value)
