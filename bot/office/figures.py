"""The office's figures as charts: by day or week, by what identifies applications, where people stop, what is asked."""

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from bot.messages import say
from bot.office.application_table import columns
from bot.office.faq_sheet import put_text
from bot.office.statistics import Stage, drafts_of, stage
from bot.store.figure_counts import Daily, FigureCounts
from bot.store.registrations import RegisteredApplication
from dialogs.pack_cache import messages_of
from dialogs.progress import gaps
from knowledge.pack import NoticePack

DAYS, WEEKS = 14, 12  # shown at once
TOP = 10  # bars of a chart
_EPOCH = date(1970, 1, 1)
LIVE = ("submitted", "received", "returned", "recommended")  # what counts as an application


@dataclass(frozen=True)
class Chart:
    """A plot: its title, and its bars from left to right, or from top to bottom, label and number."""

    name: str
    title: str
    bars: tuple[tuple[str, int], ...]
    over_time: bool = False

    @property
    def highest(self) -> int:
        """The largest number; at least one, so that it can be divided by."""
        return max((number for _, number in self.bars), default=0) or 1

    @property
    def total(self) -> int:
        """All numbers together."""
        return sum(number for _, number in self.bars)


def charts(  # noqa: PLR0913 - all that is counted
    pack: NoticePack,
    counts: FigureCounts,
    applications: Sequence[RegisteredApplication],
    stored: Iterable[tuple[str, dict[str, Any]]],
    today: date,
    *,
    weekly: bool = False,
) -> list[Chart]:
    """Make every chart.

    Args:
        pack: the live pack.
        counts: what happened day by day.
        applications: those handed in.
        stored: state and data of every conversation.
        today: the last day shown, unless something happened later (a clock set back for a demonstration).
        weekly: by weeks instead of days.
    """
    today = max(today, _EPOCH + timedelta(days=max([0, *counts.messages, *counts.handed_in])))
    answered = _sum(counts.asked.get("answered", {}), counts.asked.get("repeated", {}))
    daily = {
        "handed_in": counts.handed_in,
        "people": counts.people,
        "answered": answered,
        "open": _sum(counts.asked.get("abstained", {}), counts.asked.get("clarified", {})),
        "wrong": _sum(*(counts.asked.get(name, {}) for name in ("disliked", "denied", "repeated"))),
    }
    over_time = [
        Chart(name, say(f"desk_charts.{name}"), _over_time(numbers, today, weekly=weekly), over_time=True)
        for name, numbers in daily.items()
    ]
    return [*over_time, *_states(pack, applications, stored), *_identities(pack, applications), _top(pack, counts)]


def _states(
    pack: NoticePack, applications: Sequence[RegisteredApplication], stored: Iterable[tuple[str, dict[str, Any]]]
) -> list[Chart]:
    """Show how far drafts and applications are, and where people stop."""
    drafts = list(drafts_of(pack, stored))
    stages = Counter(stage(pack, draft) for draft in drafts)
    words = messages_of(pack).words
    far = tuple((say(f"figures.{name}", **words), stages[name]) for name in Stage)
    stopped = Counter(gaps(pack, draft)[0].label for draft in drafts if stage(pack, draft) == Stage.FILLING)
    statuses = Counter(one.status for one in applications)
    ways = tuple((say(f"desk_status.{name}"), statuses[name]) for name in (*LIVE, "withdrawn"))
    return [
        Chart("drafts", say("desk_charts.drafts"), far),
        Chart("stopped", say("desk_charts.stopped"), tuple(stopped.most_common(TOP))),
        Chart("statuses", say("desk_charts.statuses"), ways),
    ]


def _identities(pack: NoticePack, applications: Sequence[RegisteredApplication]) -> list[Chart]:
    """Count applications by what identifies them, but for the name of each."""
    live = [one for one in applications if one.status in LIVE]
    labels = dict(zip(pack.form.identity, columns(pack), strict=False))
    return [
        Chart(name, say("desk.by_label", label=labels[name]), _most(one.identity.get(name, "") for one in live))
        for name in list(pack.form.identity)[1:]
    ]


def _top(pack: NoticePack, counts: FigureCounts) -> Chart:
    known = {entry.id: entry.question for entry in pack.faq.entries}
    asked = [(known[name], number) for name, number in counts.entries.most_common() if name in known]
    return Chart("top", say("desk_charts.top"), tuple(asked[:TOP]))


def _most(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(value for value in values if value).most_common(TOP))


def _sum(*daily: Mapping[int, int]) -> Daily:
    return dict(sum((Counter(numbers) for numbers in daily), Counter[int]()))


def _over_time(numbers: Mapping[int, int], today: date, *, weekly: bool) -> tuple[tuple[str, int], ...]:
    """Give the last days, or weeks from Monday on, with their numbers."""
    if weekly:
        monday = today - timedelta(days=today.weekday())
        spans = [(monday - timedelta(weeks=back), 7) for back in range(WEEKS - 1, -1, -1)]
    else:
        spans = [(today - timedelta(days=back), 1) for back in range(DAYS - 1, -1, -1)]
    return tuple((f"{first.month}.{first.day}", in_span(numbers, first, days)) for first, days in spans)


def in_span(numbers: Mapping[int, int], first: date, days: int) -> int:
    """Add up the numbers of some days from one on."""
    start = (first - _EPOCH).days
    return sum(numbers.get(start + day, 0) for day in range(days))


def figure_workbook(made: Sequence[Chart]) -> bytes:
    """Write every chart's numbers into an .xlsx file, a sheet each."""
    book = Workbook()
    book.remove(book.active)
    for chart in made:
        sheet = book.create_sheet(chart.name)
        put_text(sheet.cell(1, 1), chart.title).font = Font(bold=True)
        sheet.column_dimensions["A"].width = 40
        for at, (label, number) in enumerate(chart.bars, 2):
            put_text(sheet.cell(at, 1), label)
            sheet.cell(at, 2).value = number
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def digest(pack: NoticePack, counts: FigureCounts, applications: Sequence[RegisteredApplication], monday: date) -> str:
    """Write what happened in the week that begins on a Monday, for staff."""
    live = [one for one in applications if one.status in LIVE]
    asked = {name: in_span(numbers, monday, 7) for name, numbers in counts.asked.items()}
    waiting = sum(one.status == "submitted" for one in live)
    sunday = monday + timedelta(days=6)
    return say(
        "desk_news.digest",
        title=pack.title,
        first=f"{monday.month}.{monday.day}",
        last=f"{sunday.month}.{sunday.day}",
        new=in_span(counts.handed_in, monday, 7),
        all=len(live),
        waiting=waiting,
        people=max((in_span(counts.people, monday + timedelta(days=day), 1) for day in range(7)), default=0),
        answered=asked.get("answered", 0) + asked.get("repeated", 0),
        open=asked.get("abstained", 0) + asked.get("clarified", 0),
        wrong=asked.get("disliked", 0) + asked.get("denied", 0) + asked.get("repeated", 0),
    )
