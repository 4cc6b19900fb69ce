"""BibTeX's old fields of a date, ``year``, ``month`` and ``day``, and dates as people note them: « 11 juin 2004 ».

Source: biblatex manual § 2.3.9; O. Patashnik, *BibTeXing*, 1988, § 3 (``month = jan # "~10"``).
"""

from __future__ import annotations

import re

from biblio.reference.date import Date, parse_date

_MONTHS = (
    ("jan",),
    ("feb", "fév", "fev"),
    ("mar",),
    ("apr", "avr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "août", "aout"),
    ("sep",),
    ("oct", "okt"),
    ("nov",),
    ("dec", "déc", "dez"),
)
_SEASONS = {
    "spring": 21,
    "printemps": 21,
    "summer": 22,
    "été": 22,
    "autumn": 23,
    "fall": 23,
    "automne": 23,
    "winter": 24,
    "hiver": 24,
}
# Whole words for months, of which people type the beginning.
_NAMES = (
    *(("janvier", "january", "januar"), ("février", "fevrier", "february", "februar"), ("mars", "march", "märz")),
    *(("avril", "april"), ("mai", "may"), ("juin", "june", "juni"), ("juillet", "july", "juli")),
    *(("août", "aout", "august"), ("septembre", "september"), ("octobre", "october", "oktober")),
    *(("novembre", "november"), ("décembre", "decembre", "december", "dezember")),
)
_FIGURES = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}:\d{2}\b.*)?", re.ASCII)
_MONTH_OF_ONE_FIGURE = re.compile(r"(\d{4})-(\d)", re.ASCII)
_COMPACT = re.compile(r"((?:1[5-9]|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_ABOUT = re.compile(r"(?:circa|ca\.?|c\.|vers|env\.?|environ|about)\s?(\d{4})", re.IGNORECASE | re.ASCII)
_ENDING = "(?:er|st|nd|rd|th)?"
_DAY_FIRST = re.compile(rf"(?:(\d{{1,2}}){_ENDING}[\s-]+(?:of\s+)?)?([^\W\d_]+\.?)[\s,-]+(\d{{4}})", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"([^\W\d_]+\.?)\s+(\d{{1,2}}){_ENDING},?\s+(\d{{4}})", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4}) ?(?:-{1,3}|–) ?(\d{4})")
_TWO_FIGURES = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")
_DASH = re.compile(r"[-\u2012-\u2015/]| (?:and|et|to|à) ")


def month_number(word: str) -> int | None:
    """The number of a month, 1 to 12, or of a season, 21 to 24, by its number or its name in French or English."""
    word = word.strip().lower().rstrip(".")
    if _TWO_FIGURES.fullmatch(word):
        return int(word) if 1 <= int(word) <= 12 else None
    if word in _SEASONS:
        return _SEASONS[word]
    if not _LETTERS.fullmatch(word):
        return None
    return next((number for number, starts in enumerate(_MONTHS, 1) if word.startswith(starts)), None)


def noted_date(value: str) -> Date | None:
    """A date as people and programs note it, where that has one reading; ``None`` for any other.

    ``11 juin 2004``, ``June 11, 2004``, ``printemps 2004``, ``2004/06/11``, ``2004-6-1``, ``20040611``,
    ``2004-06-11 12:00``, ``2004-06-00``, ``ca. 1850``.
    """
    value = " ".join(value.replace("~", " ").split())
    if match := _FIGURES.fullmatch(value):
        return _of_figures(match[1], int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(value) or _MONTH_OF_ONE_FIGURE.fullmatch(value):
        return _of_figures(match[1], int(match[2]), int(match[3]) if match.lastindex == 3 else 0)
    if (match := _YEARS.fullmatch(value)) and match[1] < match[2]:
        return parse_date(f"{match[1]}/{match[2]}")
    if match := _ABOUT.fullmatch(value):
        return parse_date(f"{match[1]}~")
    if match := _DAY_FIRST.fullmatch(value):
        day, name, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(value):
        name, day, year = match.groups()
    else:
        return None
    month = _named(name)
    return _of_figures(year, month, int(day or 0)) if month else None


def _of_figures(year: str, month: int, day: int) -> Date | None:
    """A date by its figures; zeros stand for what is not known."""
    if not month:
        return None if day else parse_date(year)
    return parse_date(f"{year}-{month:02d}" + (f"-{day:02d}" if day else ""))


def _named(word: str) -> int:
    """The month, or the season, that a word or its beginning means; 0 for any other word."""
    word = word.lower().rstrip(".")
    if word in _SEASONS:
        return _SEASONS[word]
    meant = [number for number, names in enumerate(_NAMES, 1) if any(name.startswith(word) for name in names)]
    return meant[0] if len(meant) == 1 and len(word) >= 3 else 0


def year_and_month(year: str, month: str, day: str) -> tuple[Date | None, bool]:
    """The date of BibTeX's old fields, as plain text; ``None`` when the year is not one.

    The flag says whether ``month`` and ``day`` were understood; when they were not, the date is that of the year.
    """
    years = _YEARS.fullmatch(year.strip())
    whole = parse_date(f"{years[1]}/{years[2]}" if years and years[1] < years[2] else year)
    if whole is None or whole.start is None or whole.is_range or whole.start.month or not (month or day):
        return whole, not (month or day) or whole is None
    typed = f"{whole.start.year:04d}"
    points = _months(month, day)
    date = parse_date("/".join(f"{typed}-{point}" for point in points)) if points else None
    return date or whole, date is not None


def _months(month: str, day: str) -> list[str]:
    """The one or two points inside a year that a month names, with its days: ``03``, ``03-15``, ``03`` and ``04``."""
    month = " ".join(month.replace("\u00a0", " ").split())
    number = month_number(month)
    if number is not None:
        if not day.strip():
            return [f"{number:02d}"]
        return [f"{number:02d}-{int(day):02d}"] if _TWO_FIGURES.fullmatch(day.strip()) else []
    words = [word for word in _LETTERS.findall(month) if month_number(word)]
    days = [int(figure) for figure in _TWO_FIGURES.findall(month) if int(figure) <= 31]
    if len(words) == 1 and 1 <= len(days) <= 2:
        # « jan # "~10" », « 10~January », « August 20--25 »
        return [f"{month_number(words[0]):02d}-{figure:02d}" for figure in days]
    if len(words) == 2 and not days:
        return [f"{month_number(word):02d}" for word in words]
    if not words and len(days) == 2 and _DASH.search(month):
        return [f"{figure:02d}" for figure in days]
    return []
