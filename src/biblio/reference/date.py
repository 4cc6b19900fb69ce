"""Dates as bibliographies know them: a year, a month, a day, a season, a range, each perhaps uncertain.

Source: Library of Congress, Extended Date/Time Format (EDTF) levels 0 and 1, as biblatex uses it (biblatex manual §
2.3.8).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

_POINT = re.compile(
    r"(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX|[Yy]-?\d{5,10})"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX)(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?"
    r"(?P<qualifier>\?~|~\?|[?~%])?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class DatePoint:
    """One date, as precise as its source.

    ``year`` is astronomical (0 is 1 BCE). ``month`` is 1 to 12, or 21 to 24 for a season; 0 means unknown, as does a
    ``day`` of 0. ``unspecified`` counts the last digits of the year that the source leaves open (``199X`` is 1990
    with 1).
    """

    year: int
    month: int = 0
    day: int = 0
    unspecified: int = 0
    uncertain: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """A date, or a range of dates.

    ``end`` is ``None`` for a single date. ``open_start`` and ``open_end`` mark the open sides of a range (``2019/..``).
    ``literal`` holds a date that could not be read, and then alone.
    """

    start: DatePoint | None = None
    end: DatePoint | None = None
    open_start: bool = False
    open_end: bool = False
    literal: str = ""

    @property
    def first(self) -> DatePoint | None:
        """The earliest point known."""
        return self.start or self.end

    @property
    def is_range(self) -> bool:
        """Whether this is a range, open or closed."""
        return self.open_start or self.open_end or self.end is not None


@lru_cache(maxsize=4096)
def parse_date(value: str) -> Date | None:
    """Reads an EDTF date or range: ``2019``, ``2019-03``, ``2019-03-15``, ``2018/2020``, ``2019/..``, ``199X``.

    A time of day behind the date is understood and left out: no bibliography prints it. Returns ``None`` when ``value``
    is not a date, or names a day or month that does not exist.
    """
    value = value.strip()
    if "/" not in value:
        point = _parse_point(value)
        return Date(point) if point else None
    left, _, right = value.partition("/")
    open_start, open_end = left in ("", ".."), right in ("", "..")
    start = None if open_start else _parse_point(left)
    end = None if open_end else _parse_point(right)
    if (start is None and not open_start) or (end is None and not open_end) or (start is None and end is None):
        return None
    # « 2004-06-11/2004-06-11 » is one day.
    return Date(start) if start == end else Date(start, end, open_start, open_end)


def _parse_point(value: str) -> DatePoint | None:
    match = _POINT.fullmatch(value)
    if match is None:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    numeric_month = int(month) if month and month != "XX" else 0
    numeric_day = int(day) if day and day != "XX" else 0
    numeric_year = int(year.replace("X", "0").lstrip("Yy"))
    if not _exists(numeric_year, numeric_month, numeric_day, month, day):
        return None
    qualifier = match["qualifier"] or ""
    return DatePoint(
        numeric_year,
        numeric_month,
        numeric_day,
        unspecified=year.count("X"),
        uncertain=bool(qualifier) and qualifier != "~",
        approximate=bool(qualifier) and qualifier != "?",
    )


def _exists(year: int, month: int, day: int, typed_month: str | None, typed_day: str | None) -> bool:
    """Whether the calendar has that month and day; what was left open (``XX``) always exists."""
    if typed_month not in (None, "XX") and not (1 <= month <= 12 or month in SEASONS):
        return False
    if typed_day in (None, "XX"):
        return True
    if month == 0:
        return 1 <= day <= 31
    if month in SEASONS:
        return False
    # monthrange only knows years of our era; the Gregorian cycle of 400 years gives the others their leap days.
    return 1 <= day <= calendar.monthrange(year % 400 + 2000, month)[1]


def edtf(date: Date) -> str:
    """The date in EDTF, the form that ``parse_date`` reads; a literal is given as it is."""
    if date.literal:
        return date.literal
    if not date.is_range:
        return _edtf_point(date.start) if date.start else ""
    left = ".." if date.start is None else _edtf_point(date.start)
    right = ".." if date.end is None else _edtf_point(date.end)
    return f"{left}/{right}"


def _edtf_point(point: DatePoint) -> str:
    year = f"{point.year:05d}" if point.year < 0 else f"{point.year:04d}"
    if abs(point.year) > 9999:
        year = f"Y{point.year}"
    if point.unspecified:
        year = year[: -point.unspecified] + "X" * point.unspecified
    parts = [year]
    if point.month:
        parts.append(f"{point.month:02d}")
    elif point.day:
        parts.append("XX")
    if point.day:
        parts.append(f"{point.day:02d}")
    qualifier = {(True, True): "%", (True, False): "?", (False, True): "~"}.get(
        (point.uncertain, point.approximate), ""
    )
    return "-".join(parts) + qualifier


def date_order(date: Date | None) -> tuple[int, int, int]:
    """A key that sorts dates by time, the unknown month or day first inside its year or month."""
    point = date.first if date else None
    return (point.year, point.month, point.day) if point else (-(10**6), 0, 0)
