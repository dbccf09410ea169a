"""One message, several questions: where to cut."""

import re

from knowledge.search.spelling import joined, tokens
from knowledge.text.normalise import simplified

_MARKS = re.compile(r"[?？!！。;；,，、\n\r\s]+|(?<!\d):|:(?!\d)|(?:还有|另外|以及|顺便问一?下?|顺便|并且|同时)")
_AND = re.compile(r"[和跟与及]|、")
_HAND_OVER = re.compile(
    r"(?:都|全|一起|一并|分别)*(?:麻烦|请|劳烦|帮忙|烦请)?(?:发|给|报|说|讲|告诉|告知|提供)(?:给|一?下|一个|一份)*(?:我们|我|咱|俺)?"
    r"(?:说|看)*(?:一?下|一份|看看|一看)*[吧呗呀啊了]?$"
)
_EACH = re.compile(
    r"(?:分别|各自|各)(?=[^个位种类项家])|(?P<differ>(?:有|是)?(?:什么|啥|怎么)?(?:区别|区分|差别|不同))"
)
_DIFFER = "指什么"  # what somebody wants to know who asks for the difference
_ASKS = re.compile(
    r"吗|呢|么|[?？]|什么|啥|怎么|咋|如何|多少|多久|多大|多长|哪|谁|几|能不能|能否|可以|可否|是否|是不是|要不要|需不需要|"
    r"行不行|有没有|有无|告知|告诉|请问|想问|想知道|不$|没有?$"
)


def parts(question: str) -> list[str]:
    """Cut at marks and joining words; pieces with nothing but fillers are dropped, and 「发我一下」 behind a piece."""
    pieces = [_HAND_OVER.sub("", piece) or piece for piece in _MARKS.split(simplified(question)) if piece]
    return [piece for piece in pieces if tokens(joined(piece)) and joined(piece)]


def pairs(question: str) -> list[str]:
    """Cut a question without marks at 和/跟/与, leaving off who it is handed to: 「邮箱和电话发我一下」.

    What is asked of each is put behind each: 「市里和网站分别能推几个」 asks 「市里能推几个」 and 「网站能推几个」.
    """
    halves = [piece for piece in _AND.split(_HAND_OVER.sub("", simplified(question).strip())) if tokens(piece)]
    each = _EACH.search(halves[-1]) if len(halves) > 1 else None
    if each is None or not each.start():
        return halves
    told = _DIFFER if each["differ"] else halves[-1][each.end() :]
    return [half + told for half in (*halves[:-1], halves[-1][: each.start()])]


def asks_each(question: str) -> bool:
    """Tell whether one thing is asked of each of several: 分别, 各是, 有什么区别."""
    return _EACH.search(question) is not None


def asks(part: str) -> bool:
    """Tell whether a piece has a word that makes it a question."""
    return bool(_ASKS.search(part))
