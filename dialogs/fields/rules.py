"""The tests that rules of a form name: each tells what it found, or nothing when the value passes.

A test gets the reading, the rule and the limit (a number or a date, facts already looked up), and gives
the words its message may use: `found`, `count`, `over`.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from stdnum.cn import uscc

from dialogs.fields.official_dates import shown_point
from dialogs.fields.private_data import find_private
from dialogs.fields.read_value import ReadValue
from knowledge.form import Rule
from knowledge.text.word_count import count_words, end_of

Found = dict[str, object] | None
Test = Callable[[ReadValue, Rule, Any, date], Found]
_CODE = re.compile(r"[159A]\d{7}(?=\d*[A-Z])[0-9A-Z]{8,12}|[159]\d{17}")
_TAIL = 12
_MOST_SHOWN = 3


def _max_length(reading: ReadValue, _rule: Rule, limit: Any, _today: date) -> Found:
    count = len(reading.display)
    return {"count": count, "found": reading.display[:20]} if count > limit else None


def _min_length(reading: ReadValue, _rule: Rule, limit: Any, _today: date) -> Found:
    count = len(reading.display)
    return {"count": count, "found": reading.display} if count < limit else None


def _at_least(reading: ReadValue, _rule: Rule, limit: Any, _today: date) -> Found:
    value = _lowest(reading.value)
    return {"found": value} if value is not None and value < limit else None


def _at_most(reading: ReadValue, _rule: Rule, limit: Any, _today: date) -> Found:
    value = reading.value["max"] if isinstance(reading.value, dict) else reading.value
    return {"found": reading.display} if isinstance(value, int | float) and value > limit else None


def _lowest(value: Any) -> float | None:
    value = value["min"] if isinstance(value, dict) else value
    return value if isinstance(value, int | float) else None


def _not_after(reading: ReadValue, _rule: Rule, limit: Any, _today: date) -> Found:
    """A month is after a day when all of it is."""
    return {"found": shown_point(str(reading.value))} if _first(str(reading.value)) > limit else None


def _not_before(reading: ReadValue, _rule: Rule, limit: Any, _today: date) -> Found:
    """A month is before a day when it is before the day's own month."""
    value = str(reading.value)
    return {"found": shown_point(value)} if value < limit.isoformat()[: len(value)] else None


def _started_before(reading: ReadValue, _rule: Rule, limit: Any, _today: date) -> Found:
    start = _ends(reading)[0]
    return {"found": shown_point(start)} if _first(start) >= limit else None


def _still_running(reading: ReadValue, _rule: Rule, _limit: Any, today: date) -> Found:
    end = _ends(reading)[1]
    over = end is not None and end < today.isoformat()[: len(end)]
    return {"found": shown_point(end)} if end and over else None


def _ends(reading: ReadValue) -> tuple[str, str | None]:
    value: Any = reading.value
    return value["start"], value["end"]


def _first(month: str) -> date:
    return date.fromisoformat((month + "-01")[:10])


def _word_limit(reading: ReadValue, _rule: Rule, limit: Any, _today: date) -> Found:
    count = count_words(reading.display)
    if count <= limit:
        return None
    end = end_of(reading.display, limit)
    return {
        "count": count,
        "over": count - limit,
        "found": "…" + reading.display[max(0, end - _TAIL) : end].replace("\n", " "),
    }


def _min_words(reading: ReadValue, _rule: Rule, limit: Any, _today: date) -> Found:
    count = count_words(reading.display)
    return {"count": count} if count < limit else None


def _mentions(reading: ReadValue, rule: Rule, _limit: Any, _today: date) -> Found:
    missing = [part for part, words in rule.words.items() if not any(word in reading.display for word in words)]
    return {"found": "、".join(missing)} if missing else None


def _instructions(reading: ReadValue, rule: Rule, _limit: Any, _today: date) -> Found:
    """Tell whether there is little more than the printed form's own instructions, which the rule quotes."""
    said, printed = (re.sub(r"\W", "", words) for words in (reading.display, rule.quote or ""))
    return {} if printed and printed in said and len(said) < 2 * len(printed) else None


def _private_data(reading: ReadValue, _rule: Rule, _limit: Any, _today: date) -> Found:
    found = find_private(reading.display)
    if not found:
        return None
    shown_ones = "；".join(f"{one.what} {one.shown}" for one in found[:_MOST_SHOWN])
    return {"found": shown_ones + (f"等 {len(found)} 处" if len(found) > _MOST_SHOWN else ""), "count": len(found)}


def _id_card(reading: ReadValue, _rule: Rule, _limit: Any, _today: date) -> Found:
    found = [one for one in find_private(reading.display) if one.what == "身份证号"]
    return {"found": found[0].shown} if found else None


def _credit_code(reading: ReadValue, _rule: Rule, _limit: Any, _today: date) -> Found:
    code = str(reading.value)
    if not _CODE.fullmatch(code) or any(one.what == "身份证号" for one in find_private(code)):
        return None
    return None if uscc.is_valid(code) else {"found": code}


def _any(_reading: ReadValue, _rule: Rule, _limit: Any, _today: date) -> Found:
    return {}


TESTS: dict[str, Test] = {
    "max_length": _max_length,
    "min_length": _min_length,
    "at_least": _at_least,
    "at_most": _at_most,
    "not_after": _not_after,
    "not_before": _not_before,
    "started_before": _started_before,
    "still_running": _still_running,
    "word_limit": _word_limit,
    "min_words": _min_words,
    "mentions": _mentions,
    "instructions": _instructions,
    "private_data": _private_data,
    "id_card": _id_card,
    "credit_code": _credit_code,
    "any": _any,
}
