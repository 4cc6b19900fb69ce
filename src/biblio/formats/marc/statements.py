"""The statements of a catalogue as data: its punctuation, dates, extents, publishers, numbers inside a host.

Sources: IFLA, ISBD consolidated edition, 2021 (areas 1, 4, 5 and their punctuation); the UNIMARC manual, fields 100,
210 and 215.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from biblio.formats.records import month_number

# Statements of a catalogue that are remembered: places, publishers and dates come again and again.
KEPT = 4096
# Around words that do not sort: ISO 6630's controls, and how systems without them write these.
_NOT_SORTED = re.compile("[\x88\x89\x98\x9c]|<<|>>|\ufffd(?=\ufffd)")
_EDGES = re.compile(r"\A[\s:;,/=]+|(?<![\s:;,/=])[\s:;,/=]+\Z")
_AT_EDGES = frozenset(" :;,/=")
# What a statement that is tidy already has nothing of, beside what cannot be printed.
_UNTIDY = ("  ", "<<", ">>", "\ufffd\ufffd")
_FULL_STOP = re.compile(r"[^\W\d_]{4}\.\Z|\d\.\Z|[\])]\.\Z")
_WORD_OF_NUMBER = re.compile(r"\A(?:n\s*[°ºo]\.?|no\.?|num\.|vol\.|v\.)\s*(?=\d)", re.IGNORECASE)
_NOBODY = re.compile(
    r"s\.?\s*[ln]\.?|s\.?\s*l\.?\s*+[,:]?\s*+s\.?\s*n\.?|sine (?:loco|nomine)|n\.?\s*p\.?"
    r"|(?:lieu|place|éditeur|editeur|publisher)\b.*(?:inconnue?|not identified|non identifiée?).*"
    r"|(?:lieu|éditeur|editeur) (?:de publication )?(?:inconnue?|non identifiée?)",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """A statement without the marks of words that do not sort and the punctuation that parts it from its neighbours."""
    if text and text[0] not in _AT_EDGES and text[-1] not in _AT_EDGES and text.isprintable():
        for mark in _UNTIDY:
            if mark in text:
                break
        else:
            return text
    return _EDGES.sub("", " ".join(_NOT_SORTED.sub("", text).split()))


def without_stop(text: str) -> str:
    """A statement without the full stop that ends an area; the one of an abbreviation stays."""
    text = tidy(text)
    return text[:-1].rstrip() if text.endswith(".") and _FULL_STOP.search(text) else text


def unbracketed(text: str) -> str:
    """A title that the cataloguer supplied, without the brackets that say so."""
    whole = text.startswith("[") and text.endswith("]") and "[" not in text[1:] and "]" not in text[:-1]
    return text[1:-1].strip() if whole else text


def number_alone(text: str) -> str:
    """« n° 12 » as « 12 »; anything else as it stands."""
    return _WORD_OF_NUMBER.sub("", text)


def joined(texts: Iterable[str]) -> str:
    """Notes as one text, each once."""
    return ". ".join(text.rstrip(".") for text in once(map(tidy, texts)))


@lru_cache(maxsize=KEPT)
def bare(text: str) -> str:
    """A place or a publisher: without brackets, « s.l. » and « s.n. » being none."""
    text = tidy(text).replace("[", "").replace("]", "").strip(" ,;:")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    text = re.sub(r"\A\?+\Z| ?\(\?\)|\?\Z", "", text).strip()
    return "" if _NOBODY.fullmatch(text) else text


def once(values: Iterable[str]) -> tuple[str, ...]:
    """The values that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(filter(None, values)))


def title_and_rest(text: str) -> tuple[str, str, str]:
    """A title statement in one piece, « Titre : complément / auteurs », in three."""
    head, _, people = text.partition(" / ")
    title, _, rest = head.partition(" : ")
    return tidy(title), tidy(rest), tidy(people)


# --- Dates -----------------------------------------------------------------------------------------------------------

_YEAR = r"(?:1\d{3}|20\d{2}|[1-9]\d{2}(?=$)|1\d{2}[-xXuU?_.]|20\d[-xXuU?_.]|(?:1\d|20)(?:--|xx|XX|uu|UU|\?\?|\.\.|__))"
_NO_DATE = re.compile(
    r"s\.?\s*d\.?|n\.?\s*d\.?|sans date|sine dato|date (?:de publication )?(?:inconnue|non identifiée)|undated"
    r"|(?:date of publication )?not identified|\?+|0000|9999|nan|null",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:T.*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(?:(\d{1,2})[/. -])?(\d{1,2})[/. -](\d{4})")
_YEAR_SLASH = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?")
_DAY_MONTH = re.compile(
    r"(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\s+)?(?<![^\W\d_])(?P<month>[^\W\d_]++\.?)"
    r"(?:\s*+[-/–&]\s*+(?:et\s+)?(?:(?P<day_2>\d{1,2})\s+)?(?P<month_2>[^\W\d_]+\.?))?\.?,?\s+(?P<year>\d{4})",
)
_MONTH_DAY = re.compile(
    r"(?P<year>\d{4}),?\s+(?P<month>[^\W\d_]+\.?)(?:\s*[-/–]\s*(?P<month_2>[^\W\d_]+\.?))?(?:\s+(?P<day>\d{1,2}))?"
)
_IE = re.compile(rf"\b(?:i\.?\s?e\.?|c\.-à-d\.|i\.?\s?é\.?|recte|pour)\s*(?P<year>{_YEAR})", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?:entre|between)\s*({_YEAR})\s*(?:et|and|-)\s*({_YEAR})", re.IGNORECASE)
_BOUND = re.compile(rf"(?P<word>not before|not after|avant|before|ante|après|after|post)\.?\s*({_YEAR})", re.IGNORECASE)
_BEFORE = frozenset({"avant", "before", "ante", "not after"})
_RANGE = re.compile(rf"({_YEAR})\s*+(\?)?\s*+(?:[-–/]|à|et)\s*+({_YEAR}|\d{{2}}(?!\d))\s*+(\?)?\s*+(?P<open>[-–])?")
_OPEN = re.compile(rf"({_YEAR})\s*(?:[-–]+|/\.\.)\s*(?:\.{{2,3}}|\?)?\Z")
_CENTURY = re.compile(
    r"\b(?P<number>[XVI]+|\d{1,2})\s*(?:e|ème|eme|th|st|nd|rd)\.?\s*(?:s\.|siècle|siecle|century)", re.IGNORECASE
)
_LATER = re.compile(
    rf"(?:cop|copyright|impr|imp|dl|d\.l|dépôt légal|dep\. leg|tir|réimpr|reimpr|©|p|℗|\bc)\.?\s*+:?\s*+({_YEAR})",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:ca|circa|vers|env|environ|approximately|about|ca\.)\b|~", re.IGNORECASE)
_ROMAN = re.compile(r"M[MDCLXVI. ]{2,}")
_ROMAN_VALUES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}


@lru_cache(maxsize=KEPT)
def date_of(text: str) -> str:
    """The date of a statement, in EDTF; empty when it says that there is none, and as it stands when it says none."""
    typed = tidy(text)
    plain = " ".join(re.sub(r"[\[\]<>{}]", "", typed).split()).strip(" ,;:")
    plain = re.sub(r"\A\((.*)\)\.?\Z", r"\1", plain).strip(" ,;:")
    if not plain or _NO_DATE.fullmatch(plain):
        return ""
    return _bound(plain) or _exact(plain) or _years(plain) or typed


def _bound(plain: str) -> str:
    """A date of which one side is known, « avant 1850 »; else empty."""
    found = _BOUND.search(plain)
    if found is None:
        return ""
    year = _digits(found[2])
    return f"../{year}" if found["word"].lower() in _BEFORE else f"{year}/.."


def _exact(plain: str) -> str:
    """A date to the month or the day; else empty."""
    stopped = plain.rstrip(".")
    for form, order in ((_ISO, (1, 2, 3)), (_COMPACT, (1, 2, 3)), (_YEAR_SLASH, (1, 2, 3)), (_NUMERIC, (3, 2, 1))):
        found = form.fullmatch(stopped)
        if found and (date := _point(*(found[group] for group in order))):
            return date
    halves = re.split(r"(?:(?<!\s)\s+)?[-–/]\s*", plain)
    if len(halves) == 2 and all(re.search(r"\d{4}", half) and re.search(r"[^\W\d]{3}", half) for half in halves):
        start, end = (_exact(half) for half in halves)
        if start and end:
            return f"{start}/{end}"
    for form in (_DAY_MONTH, _MONTH_DAY):
        found = form.search(plain)
        if found is None or (month := month_number(found["month"])) is None:
            continue
        second = month_number(found["month_2"]) if found["month_2"] else None
        days = found.groupdict()
        first = _point(found["year"], str(month), days.get("day") if month < 13 else None)
        if second is None:
            return first
        day = days.get("day_2") if form is _DAY_MONTH else None
        return f"{first}/{_point(found['year'], str(second), day)}" if second > month else first
    return ""


def _point(year: str, month: str | None, day: str | None) -> str:
    """An EDTF point of figures; empty when they are none."""
    if month is None or not int(month):
        return year
    if not (1 <= int(month) <= 12 or 21 <= int(month) <= 24):
        return ""
    if day is None or not int(day):
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}" if int(day) <= 31 else ""


def _years(plain: str) -> str:
    """Years, alone or in a range, with what is uncertain about them; else empty."""
    corrected = _IE.search(plain)
    if corrected:
        return _digits(corrected["year"])
    about = "~" if _ABOUT.search(plain) else ""
    between = _BETWEEN.search(plain)
    if between:
        return f"{_digits(between[1])}{about}/{_digits(between[2])}{about}"
    century = _CENTURY.search(plain)
    if century and not re.search(_YEAR, plain):
        number = century["number"]
        count = int(number) if number.isdigit() else _roman(number.upper())
        return f"{count - 1:02}XX" if 10 < count < 22 else ""
    # What is later than the publication, a copyright or a printing, counts where there is nothing else.
    first = _LATER.sub("", plain)
    first = first if re.search(rf"(?<!\d){_YEAR}", first) else plain
    found = _RANGE.search(first)
    if found:
        start, end = _digits(found[1]), found[3]
        end = start[:2] + end if len(end) == 2 else _digits(end)
        if found["open"]:
            return f"{start}/.."
        if end.replace("X", "9") > start.replace("X", "0"):
            return f"{start}{'?' if found[2] else ''}/{end}{'?' if found[4] else ''}"
    found = _OPEN.search(first)
    if found:
        return f"{_digits(found[1])}/.."
    found = re.search(rf"(?<!\d)({_YEAR})(?!\d)\s*(\(?\?\)?)?", first)
    if found:
        return _digits(found[1]) + (("?" if found[2] else "") or about)
    return str(_roman(plain)) if _ROMAN.fullmatch(plain.rstrip(". ")) else ""


def _digits(year: str) -> str:
    """A year with X for each figure that is left open."""
    return re.sub(r"\D", "X", year).rjust(4, "0")


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral if letter in _ROMAN_VALUES]
    return sum(-one if one < next_one else one for one, next_one in zip(values, [*values[1:], 0], strict=True))


# --- Extents, and numbers inside a host ------------------------------------------------------------------------------

_INSIDE = re.compile(
    r"(?:\bpp?\.?|\bpages?|\bs\.|\bseiten?)\s*+:?\s*+"
    r"(?P<pages>[\w.]{0,40}?\d[\w.]*+\s*+(?:[-–à]\s*+[\w.]{0,40}?\d[\w.]*+)?(?:\s*,\s*\d+[-–]\d+)*)",
    re.IGNORECASE,
)
# « XII-132 p. »: a dozen numbers at most, each entered at its beginning.
_PAGES = re.compile(
    r"(?:(?=\[)|(?<!\d)(?=\d)|(?<![ivxlcdmIVXLCDM])(?=[ivxlcdmIVXLCDM]))"
    r"(?P<count>(?:\[?(?:\d++|[ivxlcdmIVXLCDM]++)\]?\s*+(?:[-,+]\s*+)?){0,12}?\[?\d++\]?)\)?\s*+"
    r"(?:p\b\.?|pp\b\.?|pages?\b|S\b\.?|s\.|Seiten|leaves\b|f\b\.?|ff\b\.?|feuillets?)"
)
_VOLUMES = re.compile(r"(?<!\d)(\d{1,9})\s*+(?:vol|volumes?|tomes?|t)\b", re.IGNORECASE)
_DURATION = re.compile(
    r"(?<!\d)(?:\d++\s*+h(?:eures?)?\.?\s*+)?\d++\s*+(?:min|mn|minutes?|h)\b\.?(?:\s*+\d++\s*+s(?:ec)?\b\.?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Extent:
    """What an extent says: its pages, those that it is on inside a host, its volumes, how long it lasts."""

    count: str = ""
    pages: str = ""
    volumes: str = ""
    duration: str = ""


NO_EXTENT = Extent()


@lru_cache(maxsize=KEPT)
def extent_of(text: str, part: bool = False) -> Extent:
    """Reads « 1 vol. (XII-132 p.) », « 2 vol. », « 1 DVD (52 min) », and of a ``part`` « p. 12-15 »."""
    text = tidy(text)
    inside = _INSIDE.search(text)
    # « P. 12-15 » is where an article stands; « p. » behind a number counts.
    if inside and (part or re.search(r"[-–]", inside["pages"])) and not re.search(r"\d\s*\Z", text[: inside.start()]):
        return Extent(pages=pages_of(inside["pages"]))
    if part and re.fullmatch(r"\[?[A-Za-z]?\d+\s*[-–]\s*[A-Za-z]?\d+\]?(?:\s*p\.?)?", text):
        return Extent(pages=pages_of(text.rstrip("p. ")))
    count = _PAGES.search(text)
    volumes = _VOLUMES.search(text)
    duration = _DURATION.search(text)
    number = re.sub(r"[\[\]]", "", " ".join(count["count"].split())) if count else ""
    many = volumes[1] if volumes and int(volumes[1]) > 1 else ""
    if not number and text.isdigit():
        number = text
    return Extent(number, "", many, "" if count or not duration else duration[0])


def pages_of(text: str) -> str:
    """Pages as biblatex types them."""
    return re.sub(r"(?:(?<!\s)\s+)?[-–à]\s*", "-", text.strip(" .,;[]"))


@dataclass(frozen=True, slots=True)
class Inside:
    """Where something stands in its host: volume, issue, pages, date."""

    volume: str = ""
    issue: str = ""
    pages: str = ""
    date: str = ""
    rest: str = ""


_VOLUME = re.compile(
    r"\b(?:vol(?:ume)?|v|t|tome|bd|band|année|annee)\b\.?\s*+[:=]?\s*+(?P<value>[\w]+(?:[-/]\d+)?)", re.IGNORECASE
)
_ISSUE = re.compile(
    r"(?:(?<!\w)n\s*[°ºo]s?\.?|\bnum(?:[ée]ro)?s?\b\.?|\bnos?\b\.?|\biss(?:ue)?\b\.?|\bfasc(?:icule)?\b\.?|\bheft\b|\bnr\b\.?|#)"
    r"\s*+[:=]?\s*+"
    r"(?P<value>(?:hors[- ]s[ée]rie|sp[ée]cial|HS|suppl[^\W\d]*+\.?)?\s*+[^\W\d]*+\d[\w.]*+(?:\s*[-–/]\s*\d+)?)",
    re.IGNORECASE,
)
_VOLUME_ISSUE = re.compile(r"\A\s*(\d+)\s*[(/:]\s*(\d+(?:[-/]\d+)?)\s*\)?")
_IN_BRACKETS = re.compile(r"\((?=[^()]*?\d{4})([^()]*+)\)")


@lru_cache(maxsize=KEPT)
def inside_of(text: str) -> Inside:
    """Reads « Vol. 12, n° 3 (mars 2010), pp. 45-60 » and its kind; ``rest`` is the text when nothing was read."""
    text = tidy(text)
    if not text:
        return Inside()
    left = text
    pages = _INSIDE.search(left)
    left = left.replace(pages[0], " ") if pages else left
    issue = _ISSUE.search(left)
    left = left.replace(issue[0], " ") if issue else left
    volume = _VOLUME.search(left)
    left = left.replace(volume[0], " ") if volume else left
    date = ""
    dated = _IN_BRACKETS.search(left)
    candidate = dated[1] if dated else left.strip(" ,;.()")
    if re.search(r"\b(?:1[5-9]|20)\d{2}\b", candidate):
        date = date_of(candidate)
        left = left.replace(dated[0] if dated else candidate, " ")
    both = None if volume or issue else _VOLUME_ISSUE.match(left)
    found = Inside(
        both[1] if both else volume["value"] if volume else "",
        both[2] if both else re.sub(r"(?:(?<!\s)\s+)?[-–]\s*", "-", issue["value"]).strip() if issue else "",
        pages_of(pages["pages"]) if pages else "",
        date if not date or re.match(r"\d", date) else "",
    )
    return found if found != Inside() else Inside(rest=text)
