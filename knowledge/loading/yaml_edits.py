"""Changing single values of a YAML file that people keep: all else, comments and order too, stays letter by letter.

The file is not written anew from its data: the places of the values are found in the composed tree, and only the words
of what changes are exchanged. What is written is always read back as it was meant, in quotes where it must be.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from knowledge.loading.yaml_faults import node_at
from knowledge.loading.yaml_file import compose_text, parse_yaml
from knowledge.problems import PackError

Place = tuple[int | str, ...]
Content = (
    bool | str | tuple[str, ...] | tuple[Mapping[str, str], ...]
)  # a text, several words, a list of small mappings
BLOCKS = frozenset({"variants"})  # lists written as a block of text, a line an item
_FLOW = "[]"


@dataclass
class YamlEdits:
    """Gathers changes of one file; `result` gives the text with all of them.

    Raises `PackError` when the text it starts from is no YAML.
    """

    text: str
    blocks: frozenset[str] = BLOCKS
    _cuts: list[tuple[int, int, str]] = field(default_factory=list)
    _added: dict[Place, list[Mapping[str, Content]]] = field(default_factory=dict)
    _dropped: dict[Place, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find out where everything stands."""
        parse_yaml("", self.text)
        self._root = compose_text(self.text)
        self._lines = [0]
        for line in self.text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def put(self, place: Place, name: str, content: Content) -> None:
        """Set a name of the mapping at `place`; with empty content the name is taken out."""
        mapping: Any = node_at(self._root, place)
        found = next((pair for pair in mapping.value if pair[0].value == name), None) if mapping else None
        if found is not None:
            self._replace(mapping, found, content)
        elif content and mapping is None:
            self._cuts.append((len(self.text), len(self.text), f"{self._gap()}{self._written(name, content, 0)}\n"))
        elif content and mapping.flow_style:
            end = self._at(mapping.end_mark) - 1
            self._cuts.append((end, end, f", {name}: {_in_flow(content)}"))
        elif content:
            end, column = self._line_end(mapping), mapping.value[0][0].start_mark.column
            self._cuts.append((end, end, f"\n{' ' * column}{self._written(name, content, column)}"))

    def drop(self, place: Place) -> None:
        """Take out an item of a list, with the blank lines before it."""
        self._dropped.setdefault(place[:-1], set()).add(int(place[-1]))

    def append(self, place: Place, item: Mapping[str, Content]) -> None:
        """Add an item at the end of the list at `place`; the list is begun where there is none."""
        self._added.setdefault(place, []).append(item)

    def result(self) -> str:
        """Give the text with all changes."""
        cuts = list(self._cuts)
        for place in {**self._dropped, **self._added}:
            cuts += self._in_list(place)
        parts, at = [], 0
        for start, end, words in sorted(cuts, key=lambda cut: cut[0]):
            parts += [self.text[at:start], words]
            at = max(at, end)
        text = "".join([*parts, self.text[at:]])
        return text if parse_yaml("", text) is not None else f"{text.rstrip()}\n{{}}\n".lstrip()

    def _replace(self, mapping: Any, found: tuple[Any, Any], content: Content) -> None:
        key, value = found
        start, end = self._at(key.start_mark), self._end(value)
        if mapping.flow_style:
            words = f"{key.value}: {_in_flow(content or '')}"
            self._cuts.append((start, self._at(value.end_mark), words))
            return
        if content:
            words = self._written(key.value, content, key.start_mark.column)
            if "\n" in words and self.text[end : self._line_end(value)].strip():
                words = f"{key.value}: {_in_flow(content)}"  # a comment behind it must not become part of a block
            self._cuts.append((start, end, words))
            return
        begin = self._lines[key.start_mark.line]
        if self.text[begin:start].strip():  # behind the dash of an item
            after = next((k for k, _ in mapping.value if self._at(k.start_mark) > start), None)
            self._cuts.append((start, self._at(after.start_mark) if after is not None else end, ""))
        else:
            self._cuts.append((max(begin - 1, 0), self._line_end(value), ""))

    def _in_list(self, place: Place) -> list[tuple[int, int, str]]:
        """Give the cuts of one list: items dropped, items added behind the last."""
        node = node_at(self._root, place)
        added, dropped = self._added.get(place, []), self._dropped.get(place, set())
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        if node is None:
            lines = "".join(f"{self._item(item, 0)}\n" for item in added)
            return [(len(self.text), len(self.text), f"{self._gap()}{place[-1]}:\n{lines}")]
        if not items or node.flow_style or (len(dropped) == len(items) and not added):
            kept = "".join(f"\n{self._item(item, 0)}" for item in added) or f" {_FLOW}"  # a blank: never in column 0
            return [(self._at(node.start_mark), self._end(node), kept)]
        dash = self.text.rindex("-", 0, self._at(items[0].start_mark))
        column = dash - self.text.rindex("\n", 0, dash) - 1 if "\n" in self.text[:dash] else dash
        cuts = [(*self._lines_of(items[number]), "") for number in dropped]
        if added:
            end = self._line_end(node)
            cuts.append((end, end, "".join(f"\n\n{' ' * column}{self._item(item, column)}" for item in added)))
        return cuts

    def _lines_of(self, item: Any) -> tuple[int, int]:
        begin = self._lines[item.start_mark.line]
        return len(self.text[:begin].rstrip()), self._line_end(item)

    def _item(self, item: Mapping[str, Content], column: int) -> str:
        inner = column + 2
        return "- " + f"\n{' ' * inner}".join(self._written(name, content, inner) for name, content in item.items())

    def _written(self, name: str, content: Content, column: int) -> str:
        """Write `name: content` for a mapping whose names stand in `column`."""
        if isinstance(content, bool):
            return f"{name}: {str(content).lower()}"
        if isinstance(content, str):
            lines = content.strip().split("\n")
            return f"{name}: {_plain(content)}" if len(lines) == 1 else _block(name, lines, column)
        if isinstance(content[0], str):
            words = [str(word) for word in content]
            if name in self.blocks:
                return _block(name, words, column)
            return f"{name}: {_plain(words[0])}" if len(words) == 1 else f"{name}: [{', '.join(map(_plain, words))}]"
        indent = " " * (column + 2)
        return "\n".join([f"{name}:", *(f"{indent}{self._item(item, column + 2)}" for item in _mappings(content))])

    def _at(self, mark: Any) -> int:
        return int(self._lines[mark.line] + mark.column)

    def _end(self, node: Any) -> int:
        """Give the place behind the last words of a node; the parser's own lies behind comments and blank lines."""
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            return len(self.text[: self._at(node.end_mark)].rstrip())
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    def _line_end(self, node: Any) -> int:
        found = self.text.find("\n", self._end(node))
        return len(self.text) if found < 0 else found

    def _gap(self) -> str:
        return "" if self.text.endswith("\n") or not self.text else "\n"


def _mappings(content: Any) -> Iterator[Mapping[str, Content]]:
    yield from content


def _plain(words: str) -> str:
    """Write words on one line: bare where that is read back as the same words, else in quotes."""
    words = words.strip()
    try:
        same = parse_yaml("", f"a: {words}\nb: [{words}]") == {"a": words, "b": [words]}
    except PackError:
        same = False
    return words if same and words.isprintable() else _in_flow(words)


def _block(name: str, lines: list[str] | tuple[str, ...], column: int) -> str:
    """Write several lines as a block of text; what no block can hold goes into quotes."""
    if not all(line.isprintable() for line in lines) or not lines[0].strip():
        return f"{name}: {_in_flow(chr(10).join(lines))}"
    shown = [f"{' ' * (column + 2)}{line.rstrip()}" if line.strip() else "" for line in lines]
    return "\n".join([f"{name}: |", *shown])


def _in_flow(content: Any) -> str:
    """Write anything on one line: JSON is YAML; what cannot be seen is written as its number."""
    text = json.dumps(content, ensure_ascii=False)
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)
