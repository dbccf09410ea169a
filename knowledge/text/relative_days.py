"""jionlp's reading of relative days (上周五, 正月初八), behind one function that keeps its banner quiet."""

import contextlib
import io
import warnings
from datetime import date, datetime

with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jionlp


def parse_day(words: str, now: datetime) -> date | None:
    """Give the one day `words` mean, counted from `now`; `None` when they mean none, or more than one."""
    try:
        found = jionlp.parse_time(words, time_base=now)
        first, last = (datetime.fromisoformat(moment) for moment in found["time"])
    except Exception:  # noqa: BLE001 - jionlp raises whatever went wrong inside it
        return None
    return first.date() if first.date() == last.date() else None
