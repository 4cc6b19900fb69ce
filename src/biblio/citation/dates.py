"""Dates in print: in figures for sources, in words for laws, events and updates."""

from __future__ import annotations

from biblio.catalogue import term
from biblio.model.date import Date, DatePoint, edtf


def in_figures(date: Date) -> str:
    """``2019-03``, ``2018/2020``: the date as documentation centres print it in a source line."""
    return edtf(date)


def in_words(date: Date, lang: str) -> str:
    """``25 avril 2023``, ``janvier 2023``, ``11 et 12 avril 2013``, ``du 20 au 23 novembre 2019``."""
    if date.literal:
        return date.literal
    if not date.is_range:
        return point_in_words(date.start, lang) if date.start else ""
    if date.start is None or date.end is None:
        return edtf(date)
    first, last = date.start, date.end
    if first.day and last.day:
        return _days(first, last, lang)
    return f"{point_in_words(first, lang)} – {point_in_words(last, lang)}"


def legal_date(date: Date, lang: str) -> str:
    """``du 26 juillet 2019``, ``de juillet 2019``, ``d'août 2019``, ``des 11 et 12 août 2020``: of an issue."""
    words = in_words(date, lang)
    exact = date.literal or (date.start is not None and date.start.day)
    if exact and date.is_range:
        # « du 20 au 23 novembre » begins as it should.
        name = "citation.legal_dates" if words[:1].isdigit() else "citation.legal_as_it_is"
    elif exact:
        name = "citation.legal_date"
    else:
        name = "citation.legal_month_vowel" if words[:1] in ("a", "o") else "citation.legal_month"
    return term(name, lang).format(date=words)


def update_in_words(date: Date, lang: str) -> str:
    """``à jour au 3 mai 2023``, ``à jour en janvier 2023``: when a page was last changed."""
    exact = date.start is not None and date.start.day
    name = "citation.updated_day" if exact else "citation.updated_month"
    return term(name, lang).format(date=in_words(date, lang))


def _days(first: DatePoint, last: DatePoint, lang: str) -> str:
    same_month = (first.year, first.month) == (last.year, last.month)
    name = "date.two_days" if same_month and last.day - first.day == 1 else "date.several_days"
    opening = _day(first, lang) if same_month else point_in_words(first, lang)
    return term(name, lang).format(first=opening, last=point_in_words(last, lang))


def point_in_words(point: DatePoint, lang: str) -> str:
    """One date in words, as precise as it is known."""
    year = str(point.year)
    if point.unspecified:
        year = year[: -point.unspecified] + "X" * point.unspecified
    if point.year <= 0:
        year = term("date.before_christ", lang).format(year=1 - point.year)
    if not point.month:
        words = year
    elif not point.day:
        words = f"{term(f'month.{point.month}', lang)} {year}"
    else:
        month = term(f"month.{point.month}", lang)
        words = term("date.day_month_year", lang).format(day=_day(point, lang), month=month, year=year)
    return term("date.about", lang).format(date=words) if point.approximate else words


def _day(point: DatePoint, lang: str) -> str:
    return term("date.first_day", lang) if point.day == 1 else str(point.day)
