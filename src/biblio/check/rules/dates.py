"""R3, first half: dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from biblio.check.finding import Finding, Fix, found, replace
from biblio.reference.date import Date, date_order, edtf, parse_date
from biblio.reference.reference import Reference

_FIELDS = {"date": "issued", "eventdate": "event_date", "updated": "updated", "urldate": "accessed"}
FIRST_YEAR, LAST_YEAR = 1000, 2100  # a year of three digits is a slip; years before our era are meant

_MONTHS = {
    **dict.fromkeys(("janvier", "janv.", "janv", "january"), 1),
    **dict.fromkeys(("février", "fevrier", "févr.", "fév.", "fév", "february"), 2),
    **dict.fromkeys(("mars", "march"), 3),
    **dict.fromkeys(("avril", "avr.", "april"), 4),
    **dict.fromkeys(("mai", "may"), 5),
    **dict.fromkeys(("juin", "june"), 6),
    **dict.fromkeys(("juillet", "juil.", "juil", "july"), 7),
    **dict.fromkeys(("août", "aout", "august"), 8),
    **dict.fromkeys(("septembre", "sept.", "sept", "september"), 9),
    **dict.fromkeys(("octobre", "oct.", "october"), 10),
    **dict.fromkeys(("novembre", "nov.", "november"), 11),
    **dict.fromkeys(("décembre", "decembre", "déc.", "december"), 12),
}
_SHAPE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_YEAR = re.compile(r"\d{1,9}")
_DAY = re.compile(r"(?<![\d-])\d{4}-\d{2}(?:-\d{2})?(?![\d-])", re.ASCII)
_WORDS = re.compile(r"(?:(?P<day>\d{1,2})(?:er)?\s+)?(?P<month>[^\W\d_]+\.?)\s+(?P<year>\d{4})")
_SLASHES = re.compile(r"(?:(?P<day>\d{1,2})[/.])?(?P<month>\d{1,2})[/.](?P<year>\d{4})")
# What a cataloguer writes around a year: brackets, what the year is the year of, how sure it is. « c1998 » is a
# copyright, « c. 1998 » is circa.
_CATALOGUED = re.compile(
    r"(?P<bracket>\[)? ?(?:(?:copyright|cop\b\.?|c(?=\d)|\(c\)|[©℗]|D\.? ?L\b\.?|dép(?:ôt|\.) légal|imprimé"
    r"|(?:ach(?:evé|\.) d['’])?impr(?:imer|\b\.?))|(?P<about>circa|ca?\b\.?|vers|env(?:iron|\b\.?)))? ?"
    r"(?P<year>[0-9]{4}|[0-9]{3}-|[0-9]{2}--) ?(?P<doubt>\?)? ?(?(bracket)\])",
    re.IGNORECASE,
)


def impossible_day(reference: Reference) -> Iterator[Finding]:
    """A date names a month or a day that no calendar has: 2019-02-30, 2019-13."""
    for name, value in _dates(reference):
        for match in _DAY.finditer(value):
            if parse_date(match.group()) is None:
                yield found(name, match.start(), match.end(), value=match.group())


def reversed_dates(reference: Reference) -> Iterator[Finding]:
    """A span of dates ends before it begins."""
    for name, variable in _FIELDS.items():
        date: Date | None = getattr(reference, variable)
        if date is None or date.start is None or date.end is None:
            continue
        start, end = Date(date.start), Date(date.end)
        # A whole year is not before one of its months: 2019-05/2019.
        if date_order(end) < date_order(start) and not edtf(start).startswith(edtf(end)):
            yield found(name, value=edtf(date))


def implausible_year(reference: Reference) -> Iterator[Finding]:
    """A year is far in the past or in the future: 0219, 2109."""
    for name, variable in _FIELDS.items():
        date: Date | None = getattr(reference, variable)
        for point in (date.start, date.end) if date else ():
            if point and (0 <= point.year < FIRST_YEAR or point.year > LAST_YEAR):
                yield found(name if name in reference.raw else "year", year=f"{point.year:04d}")


def date_in_words(reference: Reference) -> Iterator[Finding]:
    """A date is typed in words: « mars 2019 », « 15 mars 2019 »."""
    for name, value in _dates(reference):
        match = _WORDS.fullmatch(value.strip())
        month = _MONTHS.get(match["month"].lower()) if match else None
        right = _figures(match["year"], month, match["day"]) if match and month else ""
        if right:
            yield found(name, 0, -1, replace(0, len(value), right), value=value.strip(), right=right)


def date_with_slashes(reference: Reference) -> Iterator[Finding]:
    """A date is typed in the French order with slashes or points: 15/03/2019."""
    for name, value in _dates(reference):
        match = _SLASHES.fullmatch(value.strip())
        right = _figures(match["year"], int(match["month"]), match["day"]) if match else ""
        if right:
            yield found(name, 0, -1, replace(0, len(value), right), value=value.strip(), right=right)


def unpadded_date(reference: Reference) -> Iterator[Finding]:
    """A month or a day is typed with one digit: 2019-3."""
    for name, value in _dates(reference):
        match = _SHAPE.fullmatch(value.strip())
        right = _figures(match["year"], int(match["month"]), match["day"]) if match else ""
        if match and right and right != match.group():
            yield found(name, 0, -1, replace(0, len(value), right), value=value.strip(), right=right)


def catalogued_date(reference: Reference) -> Iterator[Finding]:
    """A date is typed as a library catalogue notes it: [2004], cop. 1998, DL 2004, impr. 2003, [ca 1998], [199-?]."""
    years = [("year", reference.raw["year"])] if "year" in reference.raw and "date" not in reference.raw else []
    for name, value in (*_dates(reference), *years):
        match = None if parse_date(value) else _CATALOGUED.fullmatch(" ".join(value.replace("~", " ").split()))
        if match is None:
            continue
        sign = ("%" if match["about"] else "?") if match["doubt"] else "~" if match["about"] else ""
        right = match["year"].replace("-", "X") + sign
        # A year is a number; what is more than that is a date, which a month beside it would not go with.
        rename = "date" if name == "year" and not right.isdigit() else ""
        fix = Fix(replace(0, len(value), right).changes, rename)
        beside = rename and not reference.raw.keys().isdisjoint(("month", "day"))
        yield found(name, 0, -1, None if beside else fix, value=value.strip(), right=right)


def dates_disagree(reference: Reference) -> Iterator[Finding]:
    """``date`` and ``year`` give two different years."""
    year = reference.raw.get("year", "").strip()
    date = reference.issued.first if reference.issued else None
    if _YEAR.fullmatch(year) and "date" in reference.raw and date and int(year) != date.year:
        yield found("year", year=year, date=reference.raw["date"].strip())


def consulted_before_published(reference: Reference) -> Iterator[Finding]:
    """The page was consulted before the document was published."""
    issued = reference.issued.first if reference.issued else None
    accessed = reference.accessed.first if reference.accessed else None
    if issued and accessed:
        # Compared only as far as both are precise, and a season (21 to 24) is no month.
        precise = issued.month and accessed.month and max(issued.month, accessed.month) <= 12
        pairs = ((issued.year, issued.month), (accessed.year, accessed.month))
        if (precise and pairs[1] < pairs[0]) or accessed.year < issued.year:
            name = next((name for name in ("urldate", "urlyear") if name in reference.raw), "")
            typed = reference.raw.get(name, "").strip() or edtf(reference.accessed or Date())
            yield found(name, accessed=typed, issued=edtf(reference.issued or Date()))


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    """The fields that hold a date, and what is typed there."""
    return ((name, reference.raw[name]) for name in _FIELDS if reference.raw.get(name, "").strip())


def _figures(year: str, month: int, day: str | None) -> str:
    """A date in EDTF; empty when the calendar does not have it."""
    value = f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")
    return value if parse_date(value) else ""
