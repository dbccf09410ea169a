"""Names in braces in the texts of a pack, `{deadline}`: each must stand for something, and braces for nothing else."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knowledge.facts import NAME
from knowledge.problems import told
from knowledge.text.normalise import narrow

_BRACES = re.compile(r"[{｛](?P<inner>[^{}｛｝\n]{0,60})[}｝]")
_LONELY = re.compile(r"[{}｛｝]")
_SHOWN = 30  # characters of a text that are shown


class NameFault(NamedTuple):
    """A fault in a text: the words at fault, what is wrong with them, how to mend it."""

    words: str
    reason: str
    mend: str


def name_faults(text: str, known: Sequence[str], unknown: str = "text.no_name") -> Iterator[NameFault]:
    """List the braces in a text that stand for nothing.

    Args:
        text: what people read, e.g. 请在{deadline}前提交。
        known: the names that may stand in it.
        unknown: the fault (in `problems.yaml`) that is told of a name not among them.
    """
    names = "、".join(known)
    for found in _BRACES.finditer(text):
        written, name = found[0], found["inner"]
        plain = narrow(name).strip()
        if written == f"{{{name}}}" and re.fullmatch(NAME, name):
            if name not in known:
                yield NameFault(written, *told(unknown, written=written, name=name, names=names))
        elif re.fullmatch(NAME, plain):
            yield NameFault(written, *told("text.wide", written=written, name=plain))
        else:
            yield NameFault(written, *told("text.not_a_name", written=written, names=names))
    if lonely := _LONELY.search(_BRACES.sub("", text)):
        yield NameFault(lonely[0], *told("text.unclosed", shown=text.strip()[:_SHOWN]))
