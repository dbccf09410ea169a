"""The house: imports go only to the right, never in a circle; the core is pure; nothing in code knows one call."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from dialogs.fields.registry import kinds_by_name
from tests.house import LAYERS, Literal, PythonFile, modules, python_files, shared_data
from tests.pack_words import own_keys, own_words

LONGEST_FILE, LONGEST_FUNCTION = 500, 60  # lines
NETWORK = {"asyncio", "socket", "requests", "httpx", "aiohttp", "telegram", "sqlalchemy", "redis"}
IMPURE = NETWORK | {"subprocess", "random", "time", "os", "logging", "secrets", "uuid"}
PURE = ("dialogs/", "knowledge/search/", "knowledge/text/")
LIBRARY = ("knowledge/topics/", "knowledge/drafting/lexicon/")  # of any call: common ways to say a label belong there
TABLES = ("bot/store/", "bot/migrations/")  # a table's columns have names of their own
# A kind is named like a kind, a migration by its number, and aiogram's contract by aiogram's own file names.
MANY_OF_A_NAME = ("dialogs/fields/kinds/", "bot/store/migrations/", "bot/aiogram_compat/")
MOVE_TEXT = """
What people read stands in YAML, so that an office can change it: dialogs/messages.yaml for applicants, the shell's own
for staff; words to be recognised in lexicon/*.yaml. Move the sentence there under a name, with {form_name} and the like
where a call is meant, and say it by that name."""


def test_a_module_imports_only_from_its_own_layer_or_those_to_the_right() -> None:
    """Bot may use dialogs and knowledge, dialogs may use knowledge, knowledge uses neither."""
    wrong = [
        f"{file.name} imports {name}"
        for file in python_files()
        for name in sorted(file.imports)
        if name.split(".")[0] in LAYERS[LAYERS.index(file.module.split(".")[0]) + 1 :]
    ]
    assert not wrong


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Every module can be understood after those it imports."""
    assert circle({file.module: file.imports & modules() for file in python_files()}) is None


def test_no_sibling_packages_import_each_other_in_a_circle() -> None:
    """At every level, packages with one parent can be understood one after the other."""
    packages = {file.module for file in python_files() if file.path.name == "__init__.py"}
    edges: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for file in python_files():
        for imported in file.imports & modules():
            for parent, one, other in parting(file.module, imported):
                if {one, other} <= packages:
                    edges[parent][one].add(other)
    found = [" → ".join(way) for graph in edges.values() if (way := circle(graph)) is not None]
    assert not found, "two rooms use each other: move what both need"


def circle(graph: Mapping[str, Iterable[str]]) -> list[str] | None:
    """Give one way round a graph, or None."""
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        return list(error.args[1])
    return None


def parting(one: str, other: str) -> Iterable[tuple[str, str, str]]:
    """Give where two modules part: the parent both are in, and the child each is in."""
    here, there = one.split("."), other.split(".")
    shared = next((n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), None)
    if shared is not None:
        yield ".".join(here[:shared]), ".".join(here[: shared + 1]), ".".join(there[: shared + 1])


def test_the_core_does_no_io_and_reads_no_clock() -> None:
    """Time, randomness, disk and network come in from the shell."""
    core = [file for file in python_files() if file.name.startswith(PURE)]
    assert core
    for file in core:
        assert not {name.split(".")[0] for name in file.imports} & IMPURE, file.name
        assert not re.search(r"\.(?:now\(|utcnow\(|today\(\))", file.source), file.name


def test_files_explain_themselves() -> None:
    """Every module, public class and public function has a docstring."""
    silent = [file.name for file in python_files() if not ast.get_docstring(file.tree)]
    silent += [
        f"{file.name}:{node.lineno} {node.name}"
        for file in python_files()
        for node in file.tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_files_hold_one_concept() -> None:
    """One concept has no more than 500 lines."""
    assert not {file.name: lines for file in python_files() if (lines := len(file.source.splitlines())) > LONGEST_FILE}


def test_functions_are_short() -> None:
    """A function does one thing, in at most 60 lines; the longest is named first."""
    lengths = sorted(
        ((lines, file.name, name) for file in python_files() for lines, name in file.functions), reverse=True
    )
    assert not [f"{path}: {name} has {lines} lines" for lines, path, name in lengths if lines > LONGEST_FUNCTION]


def test_no_file_name_stands_twice() -> None:
    """The name alone says which file is meant; kinds, migrations and aiogram's contract have names of their own."""
    named: dict[str, list[str]] = defaultdict(list)
    for file in python_files():
        if file.path.stem not in ("__init__", "__main__") and not file.name.startswith(MANY_OF_A_NAME):
            named[file.path.name].append(file.name)
    assert not standing_twice(named), "rename one after its own concept"


def test_no_class_name_stands_twice() -> None:
    """One name, one concept, in the whole house."""
    named: dict[str, list[str]] = defaultdict(list)
    for file in python_files():
        for name in file.public_classes:
            named[name].append(file.name)
    assert not standing_twice(named), "rename one after its own concept"


def standing_twice(named: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Give the names with several files."""
    return {name: paths for name, paths in named.items() if len(paths) > 1}


def test_what_people_read_stands_in_yaml() -> None:
    """No Chinese sentence in Python."""
    found = [f"{file.name}:{one.line} {one.text[:40]}" for file in python_files() for one in sentences(file)]
    assert not found, "\n".join([*found, MOVE_TEXT])


def sentences(file: PythonFile) -> list[Literal]:
    """Give what people read in a file."""
    return [literal for literal in file.literals if literal.is_sentence]


def test_nothing_of_one_call_stands_in_code_or_shared_data() -> None:
    """A new call is a new folder: no key, label, option, place, department or fact of any pack stands outside it."""
    found = {
        name: own
        for name, literals in ({file.name: file.literals for file in python_files()} | shared_data()).items()
        if (own := words_of_a_call(name, literals))
    }
    told = [f"{name}: {'、'.join(sorted(own))}" for name, own in found.items()]
    assert not told, "\n".join([*told, "(a word any call may use: tests/pack_words.py GENERAL, with the reason)"])


def words_of_a_call(name: str, literals: Iterable[Literal]) -> set[str]:
    """Give the words and keys of any pack that a file's texts hold."""
    texts = [literal.text for literal in literals]
    whole = "\n".join(texts)
    own = {word for word in own_words(aliases=not name.startswith(LIBRARY)) if word in whole}
    if name.startswith((*LIBRARY, *TABLES)):
        return own
    return own | {key for key in re.findall(r"[a-z_]+", whole) if key in own_keys()}


def test_the_search_for_words_looks_inside_texts() -> None:
    """A word within a sentence, a piece of an f-string, a key in a path: each would be found."""
    file = PythonFile(Path("x.py"), '"""网信办"""\na = f"您的推荐表{1}已生成"\nb = entries["project_name.0"]')
    assert words_of_a_call("x.py", file.literals) == {"推荐表", "project_name"}
    assert words_of_a_call("x.yaml", [Literal(1, "请问安徽省委网信办")]) >= {"网信办"}


def test_the_search_for_sentences_knows_words_from_patterns() -> None:
    """A sentence or a label counts; a pattern, a key and a docstring do not."""
    file = PythonFile(
        Path("x.py"), 'say("请选一项：")\nButton(label="全部删除")\nre.compile("没有|无[的了]")\nx = "同意"'
    )
    assert [one.text for one in sentences(file)] == ["请选一项：", "全部删除"]


def test_no_file_asks_for_a_kind_by_its_name() -> None:
    """What a kind means for the conversation and the document is a property of it; only its own file names it."""
    names = set(kinds_by_name())
    asked = [
        f"{file.name}:{node.lineno}"
        for file in python_files()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Compare)
        and any(isinstance(side, ast.Attribute) and side.attr == "kind" for side in (node.left, *node.comparators))
        and names & {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    ]
    assert not asked
