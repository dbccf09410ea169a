"""Names in braces in the texts of a pack, `{deadline}`: each must stand for something, and braces for nothing else."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knowledge.facts import NAME
from knowledge.text.normalise import narrow

_BRACES = re.compile(r"[{｛](?P<inner>[^{}｛｝\n]{0,60})[}｝]")
_LONELY = re.compile(r"[{}｛｝]")

NO_NAME = "文字里用了没有的名字 {{{name}}}"
ONE_OF = "改成这些之一：{names}"
NO_BRACES = "去掉花括号，或"
WIDE = ("{written} 的花括号或里面的字是全角的，或多了空格", "改成英文的 {{{name}}}")
NOT_A_NAME = ("{written} 不是事实名", "改成 {{deadline}} 这样的英文名字，或去掉花括号；可用的名字：{names}")
UNCLOSED = ("花括号没有成对：{written}", "补上另一半，写成 {{deadline}} 的样子，或去掉花括号")


class NameFault(NamedTuple):
    """A fault in a text: the words at fault, what is wrong with them, how to mend it."""

    words: str
    reason: str
    mend: str


def name_faults(text: str, known: Sequence[str], no_name: str = NO_NAME) -> Iterator[NameFault]:
    """List the braces in a text that stand for nothing.

    Args:
        text: what people read, e.g. 请在{deadline}前提交。
        known: the names that may stand in it.
        no_name: what is said of a name that is not known.
    """
    for found in _BRACES.finditer(text):
        written, name = found[0], found["inner"]
        plain = narrow(name).strip()
        if written == f"{{{name}}}" and re.fullmatch(NAME, name):
            if name not in known:
                yield NameFault(written, no_name.format(name=name), NO_BRACES + _one_of(known))
        elif re.fullmatch(NAME, plain):
            yield NameFault(written, WIDE[0].format(written=written), WIDE[1].format(name=plain))
        else:
            mend = NOT_A_NAME[1].format(names="、".join(known))
            yield NameFault(written, NOT_A_NAME[0].format(written=f"“{written}”"), mend)
    if lonely := _LONELY.search(_BRACES.sub("", text)):
        yield NameFault(lonely[0], UNCLOSED[0].format(written=f"“{text.strip()[:30]}”"), UNCLOSED[1].format())


def _one_of(known: Sequence[str]) -> str:
    return ONE_OF.format(names="、".join(known))
