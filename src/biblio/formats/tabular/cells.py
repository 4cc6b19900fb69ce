"""What stands in a cell of a column whose meaning is known: dates, addresses, numbers that share a cell, texts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

# The numbers of days that Excel counts from 1900 which are in a life's time: 1941 to 2064.
_SERIAL = re.compile(r"(?P<days>[1-5]\d{4})(?:[.,]\d+)?")
FIRST_SERIAL = 15_000
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|AM|PM)?\Z", re.IGNORECASE)
_DAY_OR_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_MONTH_AND_YEAR = re.compile(r"(0?[1-9]|1[0-2])\s*[/.-]\s*(\d{4})")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_POWER = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,4}\.0")
_IN_NOTE = re.compile(r"(?P<name>PMID|PMCID|DOI|ISSN|ISBN|Citation Key)\s*:\s*(?P<value>\S+)", re.IGNORECASE)
_FORMULA = re.compile(r'="(?P<value>.*)"', re.DOTALL)
_ADDRESSES = re.compile(r"(?=https?://|ftp://)|[;|\n]")
_BREAK = re.compile(r"</(?:p|div|li|h\d)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|div|span|ul|ol|li|h\d|a|font|html|body|strong|em|u)\b[^<>]{0,500}>", re.IGNORECASE)
_NUMBERING = (
    ("volume", re.compile(r"\b(?:vol(?:ume)?s?\b|tome\b|t\.|v\.)\s*+\.?\s*+(?P<value>[\w/–-]+)", re.IGNORECASE)),
    (
        "number",
        re.compile(
            r"(?:\bn[°ºo]s?\b|\bn[°º]s?|\bnum[ée]ros?\b|\bissue\b|\bno\.)\s*+\.?\s*+(?P<value>[\w/–-]+)", re.IGNORECASE
        ),
    ),
    ("pages", re.compile(r"\b(?:pp?\.|pages?)\s*(?P<value>[\w]+(?:\s*[-–]\s*[\w]+)?)", re.IGNORECASE)),
)
_COMPACT = re.compile(r"(?P<volume>\w{1,8})\s*(?:\(\s*(?P<in>[^()]{1,20})\)|[/,:]\s*(?P<number>[\w-]{1,12}))")
_DETAILS = re.compile(
    r"[,.]\s*(?=(?:vol\b|vol\.|n[°º]|no\b|num[ée]ro|tome|t\.\s*\d|pp?\.\s*\d|\d{4}\b))", re.IGNORECASE
)
# « Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004 ».
_EMBASE = re.compile(
    r"(?P<host>.{2,200}?) \(\d{4}\) (?P<volume>[^:() ]{1,20})(?::(?P<number>[^() ]{1,20}))?"
    r"(?: \((?P<pages>[^()]{1,40})\))?(?: Article Number: [^ ]+)?\.? Date of Publication: (?P<date>.{4,30})"
)
_CITATION = re.compile(
    r"(?P<journal>[^.]{1,200})\.\s*(?P<date>\d{4}[^;:.]{0,20})"
    r"(?:;\s*(?P<volume>[^(:;.]{0,20})(?:\((?P<number>[^)]{0,30})\))?(?::\s*(?P<pages>[^.;]{1,40}))?)?"
)


def bare(cell: str) -> str:
    """The value of a cell without what keeps spreadsheets from changing it: ``="0123"``, a leading apostrophe."""
    formula = _FORMULA.fullmatch(cell)
    value = formula["value"].replace('""', '"') if formula else cell
    # Programs that know no empty numbers write « 2019.0 ».
    if _WHOLE.fullmatch(value):
        return value[:-2]
    return value[1:] if value.startswith("'") and value[1:2].isdigit() else value


def day_first(cells: Iterable[str], *, french: bool) -> bool | None:
    """Whether « 05/03/2019 » is in March in a column: what its other dates say, or else what its language does.

    ``None`` when neither is known.
    """
    found = [match for cell in cells if (match := _DAY_OR_MONTH.match(cell.strip()))]
    first = any(int(match[1]) > 12 for match in found)
    second = any(int(match[2]) > 12 for match in found)
    if first is not second:
        return first
    return True if french else None


def dated(value: str, *, day_before: bool | None) -> str:
    """A date with its year first, where its form says which is which; else the value as it is."""
    value = _TIME.sub("", value.strip())
    serial = _SERIAL.fullmatch(value)
    if serial and int(serial["days"]) >= FIRST_SERIAL:
        return _day_of(int(serial["days"]))
    three = _DAY_OR_MONTH.fullmatch(value)
    if three and day_before is not None:
        day, month = (three[1], three[2]) if day_before else (three[2], three[1])
        return f"{three[3]}-{int(month):02}-{int(day):02}" if 1 <= int(month) <= 12 else value
    month_and_year = _MONTH_AND_YEAR.fullmatch(value)
    return f"{month_and_year[2]}-{int(month_and_year[1]):02}" if month_and_year else value


def _day_of(serial: int) -> str:
    """The date that Excel counts as a number of days: 1 is the first of 1900, a leap year to it."""
    year, left = 1900, serial - 2
    while left >= (days := 366 if calendar.isleap(year) else 365):
        year, left = year + 1, left - days
    month = 1
    while left >= (days := calendar.monthrange(year, month)[1]):
        month, left = month + 1, left - days
    return f"{year}-{month:02}-{left + 1:02}"


def is_spoilt(value: str) -> bool:
    """Whether a spreadsheet has most likely changed pages or a number into a date, or an ISBN into a power of ten."""
    return bool(_DATED.fullmatch(value) or _POWER.fullmatch(value))


def addresses(value: str) -> list[str]:
    """The addresses of a cell."""
    return [part for each in _ADDRESSES.split(value) if (part := each.strip(" ,;|\t"))]


def paragraphs(value: str) -> str:
    """A text whose lines are paragraphs, without the tags of HTML that programs leave in their notes."""
    if "<" in value and (_BREAK.search(value) or _TAG.search(value)):
        value = _TAG.sub("", _BREAK.sub("\n", value))
    lines = (" ".join(line.split()) for line in value.split("\n"))
    return "\n\n".join(filter(None, lines))


def parts_of_note(value: str) -> list[tuple[str, str]]:
    """The lines of a note that are « PMID: 123 », each with the name before it, and what is left, without one."""
    lines = [line for line in value.split("\n") if line]
    named = [(match["name"].lower(), match["value"]) for line in lines if (match := _IN_NOTE.fullmatch(line.strip()))]
    left = "\n\n".join(line for line in lines if not _IN_NOTE.fullmatch(line.strip()))
    return [*named, ("", left)] if left else named


def numbering(value: str) -> dict[str, str]:
    """Volume, number and pages that share a cell: « vol. 18 n° 2, pp. 3-9 », « 18(2) », « 18/2 »."""
    found = {name: match["value"].rstrip("-–/") for name, form in _NUMBERING if (match := form.search(value))}
    if found:
        return found
    compact = _COMPACT.match(value.strip())
    if compact:
        return {"volume": compact["volume"], "number": compact["in"] or compact["number"]}
    return {"volume": value.strip()}


def source_of(value: str) -> dict[str, str]:
    """The title of a host, and the numbers and the date behind it when the cell has the whole of a source."""
    whole = _EMBASE.fullmatch(value)
    if whole is not None:
        return {name: text for name, text in whole.groupdict().items() if text}
    place = _DETAILS.search(value)
    if place is None:
        return {"host": value}
    rest = value[place.end() :]
    found = {name: match["value"] for name, form in _NUMBERING if (match := form.search(rest))}
    year = re.search(r"\b(?:1[89]|20)\d{2}(?:-\d{2}(?:-\d{2})?)?\b(?!\s*[-–]\s*\d{1,3}\b)", rest)
    if year:
        found["date"] = year[0]
    if not found:
        return {"host": value}
    return {"host": value[: place.start()].strip(" ,.;"), **found}


def citation_of(value: str) -> dict[str, str]:
    """What PubMed's column « Citation » says: « Rev Prat. 2021 Mar;71(3):101-110. doi: … »."""
    match = _CITATION.match(value)
    if match is None:
        return {}
    return {name: text.strip() for name, text in match.groupdict(default="").items() if text.strip()}
