"""Dates in print: in figures for sources, in words for laws, events and updates."""

from __future__ import annotations

from biblio.citation.options import Options
from biblio.reference.date import Date, DatePoint
from biblio.words.tables import term

# What files say in the place of a year, by its letters alone, as biblatex's keys.
_STATES = {
    "inpress": "inpress",
    "souspresse": "inpress",
    "forthcoming": "forthcoming",
    "toappear": "forthcoming",
    "tobepublished": "forthcoming",
    "submitted": "submitted",
    "inpreparation": "inpreparation",
    "inprep": "inpreparation",
}


def in_figures(date: Date, lang: str) -> str:
    """``2019``, ``2019-03``, ``2019-03-15``, as documentation centres print it; in words what figures cannot say."""
    point = date.start
    if point is None or not _is_plain(point) or point.month > 12 or date.is_range:
        return in_words(date, lang)
    precision = "day" if point.day else "month" if point.month else "year"
    form = term(f"date.{precision}_in_figures", lang)
    return form.format(year=f"{point.year:04}", month=f"{point.month:02}", day=f"{point.day:02}")


def of_source(date: Date, options: Options) -> str:
    """A date of publication as the style has it: in figures, unless it wants words."""
    return in_words(date, options.lang) if options.dates == "words" else in_figures(date, options.lang)


def in_words(date: Date, lang: str) -> str:
    """``25 avril 2023``, ``mars-mai 2023``, ``11 et 12 avril 2013``, ``du 20 au 23 novembre 2019``, ``depuis 2020``."""
    if date.literal:
        return state_in_words(date.literal, lang)
    first, last = date.start, date.end
    if first is None or last is None:
        return _open(date, lang) if date.is_range else point_in_words(first, lang) if first else ""
    if first.day and last.day:
        return _days(first, last, lang)
    if _is_plain(first) and _is_plain(last):
        if not (first.month or last.month):
            return f"{first.year}-{last.year}"
        if first.year == last.year and first.month and last.month and not (first.day or last.day):
            return f"{term(f'month.{first.month}', lang)}-{point_in_words(last, lang)}"
    return f"{point_in_words(first, lang)} – {point_in_words(last, lang)}"


def state_in_words(value: str, lang: str) -> str:
    """What a year in words says of a publication (« in press »: sous presse); any other text as it is."""
    key = _STATES.get("".join(filter(str.isalpha, value.lower())))
    return term(f"key.{key}", lang) if key else value


def legal_date(date: Date, lang: str) -> str:
    """``du 26 juillet 2019``, ``de juillet 2019``, ``d'août 2019``, ``des 11 et 12 août 2020``: of an issue."""
    words = in_words(date, lang)
    exact = date.literal or (date.start is not None and date.start.day)
    first = date.first
    if first is not None and (first.approximate or first.year <= 0):
        name = "citation.legal_as_it_is"
    elif exact and date.is_range:
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
    if date.first is not None and date.first.approximate:
        name = "citation.updated_about"
    return term(name, lang).format(date=in_words(date, lang))


def _is_plain(point: DatePoint) -> bool:
    """Whether a date is certain, whole as far as it goes, and of our era."""
    return point.year > 0 and not (point.unspecified or point.uncertain or point.approximate)


def _open(date: Date, lang: str) -> str:
    """A range without its beginning or its end."""
    point = date.first
    if point is None:
        return ""
    name = f"date.{'until' if date.start is None else 'since'}_{'day' if point.day else 'year'}"
    return term(name, lang).format(date=point_in_words(point, lang))


def _days(first: DatePoint, last: DatePoint, lang: str) -> str:
    same_month = (first.year, first.month) == (last.year, last.month)
    name = "date.two_days" if same_month and last.day - first.day == 1 else "date.several_days"
    opening = _day(first, lang) if same_month else point_in_words(first, lang)
    return term(name, lang).format(first=opening, last=point_in_words(last, lang))


def point_in_words(point: DatePoint, lang: str) -> str:
    """One date in words, as precise as it is known."""
    year = year_in_words(point, lang)
    if not point.month:
        words = year
    elif not point.day:
        words = term("date.month_year", lang).format(month=term(f"month.{point.month}", lang), year=year)
    else:
        month = term(f"month.{point.month}", lang)
        words = term("date.day_month_year", lang).format(day=_day(point, lang), month=month, year=year)
    if point.approximate:
        several = point.unspecified == 1 and not point.month
        name = "date.about_day" if point.day and point.month else "date.about_years" if several else "date.about"
        words = term(name, lang).format(date=words)
    return term("date.uncertain", lang).format(date=words) if point.uncertain else words


def year_in_words(point: DatePoint, lang: str) -> str:
    """The year of a date as it is printed: ``2019``, ``44 av. J.-C.``, ``années 1990``."""
    if point.year <= 0:
        return term("date.before_christ", lang).format(year=1 - point.year)
    if point.unspecified == 1:
        return term("date.decade", lang).format(year=point.year)
    if point.unspecified:
        return term("date.between", lang).format(first=point.year, last=point.year + 10**point.unspecified - 1)
    return str(point.year)


def _day(point: DatePoint, lang: str) -> str:
    return term("date.first_day" if point.day == 1 else "date.day", lang).format(day=point.day)
