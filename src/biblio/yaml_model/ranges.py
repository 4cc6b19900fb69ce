"""Ranges of dates as specs write them: ``2018..2023``, ``2018..``, ``..2023``, ``2019``, ``2019-06``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from biblio.reference.date import parse_date
from biblio.words.faults import Span

Day = tuple[int, int, int]

# A day, a month or a year of our era, which dates the outputs as well: neither season nor year zero.
DATE = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?", re.ASCII)
FIRST: Day = (-(10**6), 1, 1)
LAST: Day = (10**6, 12, 31)


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from ``first`` to ``last``, both included; ``value`` is what was typed, at ``span``.

    A last day of 31 stands for the end of any month: days are compared, never counted.
    """

    value: str
    span: Span
    first: Day = FIRST
    last: Day = LAST


def is_date(value: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar: ``2019``, ``2019-06``, ``2019-06-30``."""
    return DATE.fullmatch(value) is not None and parse_date(value) is not None


def days_of(value: str) -> tuple[Day, Day]:
    """The first and the last day of a date that ``is_date`` accepts."""
    year, month, day = (*map(int, value.split("-")), 0, 0)[:3]
    return (year, month or 1, day or 1), (year, month or 12, day or 31)


def parse_range(value: str, span: Span) -> DateRange | None:
    """Reads a range; one that runs backwards has a ``first`` behind its ``last``. ``None`` when it is none."""
    left, dots, right = (part.strip() for part in value.partition(".."))
    if not dots:
        right = left
    if not (left or right) or not all(is_date(each) for each in (left, right) if each):
        return None
    return DateRange(value, span, days_of(left)[0] if left else FIRST, days_of(right)[1] if right else LAST)
