"""The dates of exports, in whatever form a database prints them, as EDTF.

Sources: RIS format specification (``YYYY/MM/DD/other``), MEDLINE's data elements (``2004 Jul-Aug``, ``2004 Spring``),
Web of Science's ``PD`` beside ``PY`` (``JUL-AUG``), and what programs write that fill these forms.
"""

from __future__ import annotations

import re
from functools import lru_cache

from biblio.text.collation import fold

_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_SLASHED = re.compile(
    r"(?P<year>\d{4})[/.-](?P<month>0?[1-9]|1[0-2]|0{0,2})(?:[/.-](?P<day>0?[1-9]|[12]\d|3[01]|0{0,2})(?!\d))?(?P<rest>\D.*)?",
    re.DOTALL,
)
_WHOLE = re.compile(r"(?P<year>1\d{3}|20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])")
_YEARS = re.compile(r"(1\d{3}|20\d{2})\s*[-–/]\s*(1\d{3}|20\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DAY = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])(?!\d)")
# What a month begins with, in French, English and German, as ``fold`` makes it; longer ones first.
_MONTHS = tuple(
    (start, number)
    for number, starts in enumerate(
        "jan|feb fev|mar|apr avr|may mai|jun juin|jul juil|aug aou|sep|oct okt|nov|dec dez".split("|"), 1
    )
    for start in starts.split()
)
_MONTH_WORD = re.compile(
    r"(?:jan|feb|fev|mar|apr|avr|may|mai|jui?n|jui?l|aug|aou|sep|oct|okt|nov|dec|dez)[a-z]{0,7}", re.IGNORECASE
)
_SEASONS = {"spr": 21, "pri": 21, "sum": 22, "ete": 22, "fal": 23, "aut": 23, "win": 24, "hiv": 24}
_SEASON_WORD = re.compile(
    r"spr(?:ing)?|printemps|sum(?:mer)?|ete|fall?|aut(?:umn|omne)?|win(?:ter)?|hiver", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def date_of(value: str, year: str = "") -> str:
    """The date in EDTF; empty when no year is in it. ``year`` is that of another field, for a value without one."""
    value = value.strip()
    for form in (_SLASHED, _WHOLE):
        if match := form.fullmatch(value):
            return _numbered(match["year"], match["month"], match["day"] or "", match.groupdict().get("rest") or "")
    if match := _YEARS.fullmatch(value):
        return f"{match[1]}/{match[2]}" if match[1] < match[2] else match[1]
    if match := _DAY_FIRST.fullmatch(value):
        return _of_three(int(match[1]), int(match[2]), match[3])
    found = _YEAR.search(value)
    known = found[1] if found else year
    if not known:
        return ""
    rest = value[: found.start()] + " " + value[found.end() :] if found else value
    return _in_words(known, rest)


def _numbered(year: str, month: str, day: str, rest: str) -> str:
    """A date whose parts are numbers, the last of them unknown when they are zeros; or that of a season's name."""
    if not month.strip("0"):
        return _in_words(year, rest.strip("/")) if rest else year
    if not day.strip("0"):
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _of_three(first: int, second: int, year: str) -> str:
    """« 25/12/2019 » and « 12/25/2019 »: a number above 12 is the day; of two that may both be one, the year alone."""
    if first > 12 >= second:
        return f"{year}-{second:02d}-{first:02d}"
    if second > 12 >= first:
        return f"{year}-{first:02d}-{second:02d}"
    return f"{year}-{first:02d}-{first:02d}" if first == second <= 12 else year


def _in_words(year: str, rest: str) -> str:
    words = _words(rest)
    months = [number for word in words if (number := _month(word))]
    if len(months) > 1 and months[0] < months[-1]:
        return f"{year}-{months[0]:02d}/{year}-{months[-1]:02d}"
    if months:
        days = _DAY.findall(rest)
        return f"{year}-{months[0]:02d}" + (f"-{int(days[0]):02d}" if len(days) == 1 else "")
    season = next((number for word in words if (number := _season(word))), 0)
    return f"{year}-{season}" if season else year


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\d ]+", fold(text)) if word]


def _month(word: str) -> int:
    if not _MONTH_WORD.fullmatch(word):
        return 0
    return next((number for start, number in _MONTHS if word.startswith(start)), 0)


def _season(word: str) -> int:
    return _SEASONS[word[:3]] if _SEASON_WORD.fullmatch(word) else 0
