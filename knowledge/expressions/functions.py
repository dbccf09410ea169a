"""The functions an expression may call: a closed list, each over plain values, exact and bounded.

A function raises `TypeError` or `ValueError` where its arguments are not what it takes; `evaluate` makes that a fault.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from stdnum.cn import ric

from knowledge.expressions.plain_values import EMPTY, Missing, Plain, YearMonth, first_day, month_of

_FINEST = 6  # decimals
_LARGEST = Decimal(10) ** 15  # yuan that can be written in capitals


def items(value: Plain) -> tuple[Plain, ...]:
    """Give the items of a list, without those that hold nothing; anything else is a list of one."""
    listed = value if isinstance(value, tuple) else (value,)
    return tuple(each for each in listed if not isinstance(each, Missing))


def list_of(*values: Plain) -> tuple[Plain, ...]:
    """Make one list of values and lists."""
    return tuple(each for value in values for each in items(value))


def _sum(value: Plain) -> Decimal:
    return sum((_number(each) for each in items(value)), Decimal(0))


def _count(value: Plain) -> Decimal:
    """Count the items, and of conditions those that hold."""
    return Decimal(sum(each is not False for each in items(value)))


def _least(*values: Plain) -> Plain:
    return min(_alike(values), default=EMPTY)


def _most(*values: Plain) -> Plain:
    return max(_alike(values), default=EMPTY)


def _alike(values: Iterable[Plain]) -> tuple[Plain, ...]:
    found = list_of(*values)
    if any(isinstance(each, str | bool) for each in found) or len({type(each) for each in found}) > 1:
        raise TypeError(found)
    return found


def _first(value: Plain) -> Plain:
    return next(iter(items(value)), EMPTY)


def _last(value: Plain) -> Plain:
    return next(reversed(items(value)), EMPTY)


def _item(value: Plain, number: Plain) -> Plain:
    at, found = int(_number(number)), value if isinstance(value, tuple) else (value,)
    return found[at - 1] if 1 <= at <= len(found) else EMPTY


def _distinct(value: Plain) -> bool:
    found = items(value)
    return len(set(found)) == len(found)


def _chained(starts: Plain, ends: Plain, gap: Plain = None) -> bool:
    """Tell whether spans follow one another: none ends before it starts, or starts before the one before ends.

    `gap` is how many whole months may lie between two; an end that is left empty (至今) is only the last one's.
    """
    first, last = _column(starts), _column(ends)
    for at, start in enumerate(first):
        end = last[at]
        if start is EMPTY or (end is EMPTY and at < len(first) - 1):
            return False
        if end is not EMPTY and month_of(end) < month_of(start):
            return False
        if at and month_of(start) < month_of(last[at - 1]):
            return False
        if at and gap is not None and month_of(start).count - month_of(last[at - 1]).count - 1 > _number(gap):
            return False
    return True


def _column(value: Plain) -> tuple[Plain, ...]:
    return value if isinstance(value, tuple) else (value,)


def _months(start: Plain, end: Plain) -> Decimal:
    return Decimal(month_of(end).count - month_of(start).count + 1)


def _end_month(start: Plain, months: Plain) -> YearMonth:
    return YearMonth.counted(month_of(start).count + int(_number(months)) - 1)


def _days(start: Plain, end: Plain) -> Decimal:
    if not (isinstance(start, date) and isinstance(end, date)):
        raise TypeError(start, end)
    return Decimal((end - start).days + 1)


def _age_on(birth: Plain, day: Plain) -> Decimal:
    born, then = first_day(birth), first_day(day)
    if isinstance(birth, YearMonth) or isinstance(day, YearMonth):
        born, then = born.replace(day=1), then.replace(day=1)
    return Decimal(then.year - born.year - ((then.month, then.day) < (born.month, born.day)))


def _year(value: Plain) -> Decimal:
    return Decimal(month_of(value).year)


def _round(value: Plain, decimals: Plain = Decimal(0)) -> Decimal:
    return _number(value).quantize(_grain(decimals), ROUND_HALF_UP)


def _floor(value: Plain) -> Decimal:
    return _number(value).to_integral_value(ROUND_FLOOR)


def _grain(decimals: Plain) -> Decimal:
    number = int(_number(decimals))
    if not 0 <= number <= _FINEST:
        raise ValueError(number)
    return Decimal(1).scaleb(-number)


def _capital(value: Plain) -> str:
    """Write yuan in capitals: 贰拾捌万捌仟元整."""
    import cn2an  # noqa: PLC0415 - costs a tenth of a second, at the first sum in capitals

    number = _round(value, Decimal(2))
    if not 0 <= number < _LARGEST:
        raise ValueError(number)
    return str(cn2an.an2cn(f"{number.normalize():f}", "rmb"))


def _length(value: Plain) -> Decimal:
    if not isinstance(value, str):
        raise TypeError(value)
    return Decimal(len(value))


def _born(number: Plain) -> date:
    return ric.get_birth_date(str(number))


def _sex(number: Plain) -> str:
    digits = ric.compact(str(number))
    return "男" if int(digits[-2]) % 2 else "女"


def _if(condition: Plain, then: Plain, otherwise: Plain = EMPTY) -> Plain:
    if isinstance(condition, Missing):
        return condition
    if not isinstance(condition, bool):
        raise TypeError(condition)
    return then if condition else otherwise


def _number(value: Plain) -> Decimal:
    if not isinstance(value, Decimal):
        raise TypeError(value)
    return value


FUNCTIONS: dict[str, Callable[..., Plain]] = {
    "sum": _sum,
    "count": _count,
    "min": _least,
    "max": _most,
    "first": _first,
    "last": _last,
    "item": _item,
    "distinct": _distinct,
    "chained": _chained,
    "months": _months,
    "end_month": _end_month,
    "days": _days,
    "age_on": _age_on,
    "year": _year,
    "round": _round,
    "floor": _floor,
    "capital": _capital,
    "length": _length,
    "born": _born,
    "sex": _sex,
    "if": _if,
}
ARGUMENTS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("sum", "count", "first", "last", "distinct", "year", "floor", "capital", "length"), (1, 1)),
    **dict.fromkeys(("born", "sex"), (1, 1)),
    **dict.fromkeys(("months", "end_month", "days", "age_on", "item"), (2, 2)),
    **dict.fromkeys(("min", "max"), (1, 12)),
    "round": (1, 2),
    "chained": (2, 3),
    "if": (2, 3),
}
"""How many arguments each takes, at least and at most."""
OF_COLUMNS = ("sum", "count", "min", "max", "first", "last", "item", "distinct", "chained", "if")
"""Those that take a column as a whole; any other goes through it row by row."""
OF_NOTHING = ("sum", "count", "min", "max", "first", "last", "distinct", "if")
"""Those that take what holds nothing; to any other, nothing gives nothing."""
