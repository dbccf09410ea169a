"""The office's clock: it decides what day it is, wherever the program runs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

HOME = timezone(timedelta(hours=8))  # China has one time and no summer time; no time zone data is needed


def shown_time(milliseconds: int) -> str:
    """Write a moment (milliseconds since 1970) as the office's clock shows it."""
    return f"{datetime.fromtimestamp(milliseconds / 1000, HOME):%Y-%m-%d %H:%M}"


def clock(fixed: date | None) -> Callable[[], date]:
    """Give the clock: the day asked for, or the real one."""
    return lambda: fixed or datetime.now(HOME).date()
