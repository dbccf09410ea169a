"""One month: 1985年3月, 1985.03, 198503, 85年3月, 今年3月, 去年底; a day in it is let go."""

from datetime import date

from dialogs.fields.field_messages import say
from dialogs.fields.kind import Kind
from dialogs.fields.official_dates import point_like, shown_point
from dialogs.fields.read_value import Misread, ReadValue
from dialogs.fields.time_points import TimePoint, seasons_as_months, time_points
from knowledge.expressions.value_types import DAY
from knowledge.form import Field
from knowledge.text.dates import date_figures, day_figures
from knowledge.text.normalise import fold


class Month(Kind):
    """One month; `value` is `YYYY-MM`."""

    name = "month"
    value_type = DAY
    figured = True
    dated = True
    numbered = True
    unread = "unread_month"
    sample = "1985年3月"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Read a month; one without a year is taken to be this year's, and asked about.

        Raises:
            Misread: no month, a year alone, two of them, one the calendar does not have.
        """
        points, yearless = _points(text, today)
        if not points:
            raise Misread
        if any(point.month is None for point in points):
            raise Misread("no_month", found=points[0].shown())
        months = list(dict.fromkeys(f"{point.year}-{point.month:02d}" for point in points))
        if len(months) > 1:
            raise Misread("two_months", found="、".join(map(shown_point, months)))
        shown = shown_point(months[0])
        printed = point_like(field.print.format, months[0]) if field.print.format else None
        return ReadValue(months[0], shown, printed=printed, doubts=(say("month_of_year", shown=shown),) * yearless)


def _points(text: str, today: date) -> tuple[list[TimePoint], bool]:
    """Give the points in time, and whether their year was left out."""
    plain = fold(text)
    words = seasons_as_months(date_figures(plain, today))
    try:
        points, _ = time_points(words, today)
    except Misread as misread:
        if misread.reason != "no_year":
            raise
        return time_points(words, today, today.year)[0], True
    return points or time_points(day_figures(plain, today, moments=True), today)[0], False
