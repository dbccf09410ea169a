"""Names of units, of projects, of sources of money in free prose: by endings, by quotes, by what leads in to them."""

import re
from functools import lru_cache

from dialogs.understanding.prose_words import prose_words

_QUOTED = re.compile(r"[“《「\"](?P<name>[^”》」\"]{2,40})[”》」\"]")
_BETWEEN = re.compile(r"\A[\s:：是叫]+")
_UNCLOSED = re.compile(r"\A[（(](?=[^（()）]*\Z)")  # a bracket that is not closed within the name
_LEAST = 4  # characters of a unit's name
_NO_TITLE = re.compile(r"名.{0,3}|[\d啦了啊呀吧呢吗]*|.{0,3}(?:名|项目|一个|的)")


@lru_cache(1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = prose_words()
    return (
        re.compile(rf"^(?:{words.unit_lead})"),
        re.compile(rf"(?:{words.unit_end})(?=$|[^一-鿿]|(?:{words.unit_after}))"),
        re.compile(rf"^(?:{words.title_lead})"),
        re.compile(rf"(?:{words.title_tail})$"),
    )


def without_lead(words: str) -> str:
    """Leave off what is said before the name of one's unit: 我们这边是…."""
    return _patterns()[0].sub("", words, count=1)


def unit_in(words: str) -> str:
    """Give the name of a unit that stands in a clause, from behind its lead-in to its first full ending."""
    said = without_lead(words)
    match = next((each for each in _patterns()[1].finditer(said) if each.end() >= _LEAST), None)
    head = re.search(r"[一-鿿（）()·A-Za-z0-9]{2,60}$", said[: match.end()]) if match else None
    return _UNCLOSED.sub("", head[0]) if head else ""


def title_in(words: str, leads: tuple[str, ...]) -> str:
    """Give the name of a project: what stands in quotes, or what follows 项目叫; without 这个项目 behind it."""
    if quoted := _QUOTED.search(words):
        return quoted["name"]
    unit = unit_in(words)
    rest = words.partition(unit)[2] if unit else words
    lead = _patterns()[2].match(rest.strip())
    named = next((name for name in leads if rest.strip().startswith(name)), "")
    if not (lead and lead[0]) and not named:
        return ""
    begun = max(len(lead[0]) if lead else 0, len(named))
    title = _patterns()[3].sub("", _BETWEEN.sub("", rest.strip()[begun:])).strip()
    return "" if _NO_TITLE.fullmatch(title) or (unit and unit in title) else title


def unit_said(words: str) -> str:
    """Give the name of a unit with nothing but pleasantries around it; empty where more is said."""
    unit = unit_in(words)
    before, _, after = words.partition(unit) if unit else ("", "", words)
    plain_before = re.fullmatch(r"[一-鿿]{0,2}[\W_]*", without_lead(before))
    return unit if unit and plain_before and re.fullmatch(prose_words().after, after) else ""


def bare_words(words: str) -> str:
    """Leave off what is said around words of one's own: 都是众筹来的 → 众筹."""
    match = re.match(prose_words().around, words)
    return match["core"] if match else words


def source_said(words: str) -> str:
    """Give where money comes from, if a clause tells that by its ending; empty otherwise."""
    core = bare_words(words)
    return core if re.search(rf"(?:{prose_words().source})\Z", core) else ""


def tells_source(words: str) -> bool:
    """Tell whether words speak of where money comes from: 捐赠, 拨款, 自筹."""
    return re.search(prose_words().source, words) is not None
