"""The small parts that every notice is made of, found in print: dates, pages, numbers, identifiers and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from biblio.formats.drafts.dates import date_of

MONTHS = (
    r"(?:jan(?:v(?:ier)?|uary)?|f[ée]v(?:r(?:ier)?)?|feb(?:ruary)?|mar(?:s|ch)?|avr(?:il)?|apr(?:il)?|mai|may|juin|june?"
    r"|juil(?:l(?:et)?)?|july?|ao[uû]t|aug(?:ust)?|sept?(?:embre|ember)?|oct(?:obre|ober)?|nov(?:embre|ember)?"
    r"|d[ée]c(?:embre)?|dec(?:ember)?|printemps|[ée]t[ée]|automne|hiver|spring|summer|autumn|fall|winter)\b\.?"
)
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
# A date as sources print it: in figures, in words, a range of years, none.
DATE = (
    rf"(?:{YEAR}(?:-\d{{2}}(?:-\d{{2}})?)?(?![\d-]|\s*p\.)|(?:(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s*(?:-|–|et|au|and)\s*)?\d{{1,2}}(?:er|st|nd|rd|th)?\s+)?"
    rf"{MONTHS}(?:\s*[-–/]\s*{MONTHS})?\s+{YEAR}|{YEAR}\s*[-–/]\s*{YEAR}|\d{{1,2}}/\d{{1,2}}/{YEAR}|{YEAR}\s+{MONTHS}(?:\s+\d{{1,2}})?)"
)
NO_DATE = r"(?:(?:\[\s*+)?(?:s\.\s?d\.|n\.\s?d\.|sans date)\s*\]?)"
_FOLIO = r"(?:[A-Za-z]{0,3}\d+[A-Za-z]?|[ivxlcdm]{1,7}\b)"
_RANGE = rf"{_FOLIO}(?:\s*[-–—]\s*{_FOLIO})?"
PAGES = rf"(?:\b(?:pp?|pages?)\b\.?\s*{_RANGE}(?:\s*[,;]\s*(?:pp?\.\s*)?{_RANGE}(?=\s*(?:[,;.]|$)))*)"
EXTENT = (
    r"(?:\[?\d{1,5}\]?\s*(?:p(?:ages|\.)|pp\.|p\b)|(?:[ivxlc]+|\[\d+\])\s*[-,+]\s*\d+\s*p\.?|\d+\s*f(?:euillets|\.))"
)
NOT_PAGED = r"(?:n\.?\s?p\.?|non paginé|n\.\s?pag\.|pagination multiple)"
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/|\bdoi\s*+[:=]?\s*+(?:https?://(?:dx\.)?doi\.org/)?)(10\.\d{4,9}/[^\s<>\"]+)"
    r"|(?<![\w./])(10\.\d{4,9}/[^\s<>\"]+)",
    re.IGNORECASE,
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?\s*+:?\s*+((?:97[89][\s-]?)?\d(?:[\s-]?\d){8}[\s-]?[\dXx])", re.IGNORECASE)
_ISSN = re.compile(r"\be?-?ISSN\s*+:?\s*+(\d{4}-?\d{3}[\dXx])", re.IGNORECASE)
_PMID = re.compile(r"\b(?:PMID|PubMed(?: PMID)?)\s*+:?\s*+(\d{4,9})\b")
_PMCID = re.compile(r"\b(?:PMCID\s*+:?\s*+)?(PMC\d{4,9})\b")
_HAL = re.compile(r"[<⟨(]?\b((?:hal|tel|halshs|inserm|dumas|cel|hal-\w{2,8})-\d{7,9}(?:v\d+)?)\b[>⟩)]?")
_ARXIV = re.compile(r"\barXiv\s*:\s*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"«»]+|\bmailto:[^\s<>]+", re.IGNORECASE)
_DAY_SEEN = (
    rf"(?:\d{{1,2}}(?:er)?\s+{MONTHS}\s+{YEAR}|{MONTHS}\s+\d{{1,2}},?\s+{YEAR}|{YEAR}\s+{MONTHS}(?:\s+\d{{1,2}})?"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:{YEAR}|\d\d)|{YEAR}-\d\d-\d\d|{MONTHS}\s+{YEAR})"
)
_ACCESSED = re.compile(
    r"(?:(?<![\s,.;])[\s,.;]+)?(?:[\[(]\s*+)?"
    r"(?:page |site )?(?:consult[ée]e?s?|visit[ée]e?s?|vue?|cited|accessed|viewed|retrieved|accès"
    r"|last accessed|date de consultation)"
    rf"\s*+(?:le|en|on|:)?\s*+:?\s*+(?P<date>{_DAY_SEEN})\s*[\])]?(?:,?\s*(?:from|sur|at)\b:?)?",
    re.IGNORECASE,
)
_SAID_IN_FRENCH = re.compile(r"[\s,.;\[(]*(?:page |site )?(?:consult|visit[ée]|vue?\b|accès|date de)", re.IGNORECASE)
_BEFORE_ADDRESS = re.compile(
    r"(?<![\s.,;:<(\[])[\s.,;:<(\[]*+"
    r"(?:\b(?:disponible|accessible|consultable|en ligne|available|retrieved|url|lien|voir|adresse|repéré"
    r"|récupéré|lire en ligne)(?:\s+(?:en ligne|à l['’]adresse|à|sur|from|at|on|online|in))*"
    r"(?:\s*\(?\bURL\)?)?[\s:<(\[]*+)?$",
    re.IGNORECASE,
)
NUMBERS = re.compile(
    r"(?:\b(?P<volume>(?:vol(?:ume|\.)?|tome|t\.|v\.)\s*[\w.]+(?:[-–/]\w+)?)(?:[\s,;]+|\s*\(\s*)?)?"
    r"(?:(?:\b(?P<hors>hors[- ]s[ée]rie)\b[\s,]*)?"
    r"(?P<number>(?:\b(?:num[ée]ro|n[or]s?\.?|issue|fasc(?:icule|\.)?)|n\s?[°º]s?|№)\s*[\w./]+(?:\s*[-–/]\s*\d+)?"
    r"(?:\s+suppl\.?(?:ément)?(?:\s*\d+)?)?)\)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<volume>\d{1,4}(?:[-–/]\d{1,4})?)\s*(?:\(\s*(?P<number>[^()]{1,30}?)\s*\))?(?:\s*[:,]\s*(?:pp?\.?\s*)?(?P<pages>(?:[A-Za-z]{0,3}\d[\w.]*)(?:\s*[-–—]\s*[A-Za-z]?\d\w*)?))?"
)
_LABEL = re.compile(r"^(?:vol(?:ume|\.)?|v\.|num[ée]ro|n[or]s?\.?|n\s?[°º]s?|№|issue)\s*(?=\S)", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """What was taken out of a text, by its biblatex field, and the text without it."""

    rest: str
    fields: dict[str, str] = field(default_factory=dict)


def without_label(value: str) -> str:
    """« 18 » of « vol. 18 », « 118 » of « n° 118 »; other labels (« tome 1 », « no. 1 suppl. ») stay."""
    if re.search(r"suppl", value, re.IGNORECASE):
        return value.strip()
    return _LABEL.sub("", value.strip()).replace("–", "-").strip()


def pages_of(value: str) -> str:
    """Pages without their label: « 135-147 »."""
    bare = re.sub(r"\b(?:pp?|pages?)\b\.?\s*", "", value.strip(" ,.;"))
    return re.sub(r"\s*[-–—]\s*", "-", bare)


def date_in(value: str) -> str:
    """A date in EDTF; empty when there is none."""
    value = value.strip(" ,.;()[]")
    years = re.fullmatch(rf"({YEAR})\s*[-–/]\s*({YEAR})", value)
    if years:
        return f"{years[1]}/{years[2]}"
    days = re.fullmatch(
        rf"(\d{{1,2}})(?:er)?\s*(?:-|–|et|au)\s*(\d{{1,2}})\s+({MONTHS})\s+({YEAR})", value, re.IGNORECASE
    )
    if days:
        first, last = (date_of(f"{day} {days[3]} {days[4]}") for day in (days[1], days[2]))
        return f"{first}/{last}" if first and last else date_of(value)
    ordinal = re.sub(r"(\d)(?:er|st|nd|rd|th)\b", r"\1", value)
    return ordinal if re.fullmatch(rf"{YEAR}(?:-\d\d){{0,2}}", ordinal) else date_of(ordinal)


def take_identifiers(text: str, addresses: bool = True) -> Found:
    """DOI, ISBN, ISSN, PMID, HAL, arXiv, the address and the day on which it was seen, taken out of a text."""
    found = Found(text)
    accessed = _ACCESSED.search(found.rest)
    if accessed:
        date = _day_first(accessed["date"]) if _SAID_IN_FRENCH.match(accessed[0]) else date_in(accessed["date"])
        if date:
            found.fields["urldate"] = date
            found.rest = f"{found.rest[: accessed.start()]} {found.rest[accessed.end() :]}"
    doi = _DOI.search(found.rest)
    if doi:
        value = doi[1] or doi[2]
        value = _closed(value.rstrip(".,;:"))
        found.fields["doi"] = value
        end = doi.start(1 if doi[1] else 2) + len(value)
        found.rest = _BEFORE_ADDRESS.sub("", found.rest[: doi.start()]) + " " + found.rest[end:].lstrip(">)].,;")
    for name, pattern in (("isbn", _ISBN), ("issn", _ISSN), ("pmid", _PMID), ("pmcid", _PMCID)):
        match = pattern.search(found.rest)
        if match and not _inside_address(found.rest, match.start()):
            found.fields[name] = match[1].strip()
            found.rest = found.rest[: match.start()].rstrip(" ;,(") + found.rest[match.end() :]
    for archive, pattern in (("arxiv", _ARXIV), ("hal", _HAL)):
        match = pattern.search(found.rest)
        if match and not _inside_address(found.rest, match.start()) and "eprint" not in found.fields:
            found.fields |= {"eprint": match[1], "eprinttype": archive}
            found.rest = found.rest[: match.start()] + found.rest[match.end() :]
    if addresses:
        _take_addresses(found)
    return found


def _day_first(value: str) -> str:
    """A date of which nothing but the usage of French says which number is the day: « 12/03/2022 »."""
    figures = re.fullmatch(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-]({YEAR})", value.strip())
    if figures and int(figures[2]) <= 12:
        return f"{figures[3]}-{int(figures[2]):02d}-{int(figures[1]):02d}"
    return date_in(value)


def _take_addresses(found: Found) -> None:
    for match in reversed(list(ADDRESS.finditer(found.rest))):
        url = _closed(match[0].rstrip(".,;:'’"))
        if url.lower().startswith("www."):
            url = "https://" + url
        if "url" in found.fields:
            found.fields["links"] = "\n".join(filter(None, (found.fields["url"], found.fields.get("links"))))
        found.fields["url"] = url
        end = match.start() + len(match[0].rstrip(".,;:'’"))
        found.rest = _BEFORE_ADDRESS.sub("", found.rest[: match.start()]) + " " + found.rest[end:].lstrip(">)]")


def compact_numbers(text: str) -> dict[str, str]:
    """Volume, number and pages without labels: « 18(2), 135-147 », « 18(2):135-47 », « 18 »; empty for other text."""
    match = _COMPACT.fullmatch(text.strip(" ,.;"))
    if not match:
        return {}
    fields = {"volume": match["volume"], "number": (match["number"] or "").strip(), "pages": ""}
    if match["pages"]:
        pages = pages_of(match["pages"])
        fields["pages" if "-" in pages or not re.match(r"[A-Za-z]", pages) else "eid"] = whole_range(pages)
    return {name: without_label(value) if name == "number" else value for name, value in fields.items() if value}


def whole_range(pages: str) -> str:
    """« 135-147 » of « 135-47 »: the figures that the last page has in common with the first are put back."""
    match = re.fullmatch(r"(\d+)-(\d+)", pages)
    if match and len(match[2]) < len(match[1]):
        return f"{match[1]}-{match[1][: len(match[1]) - len(match[2])]}{match[2]}"
    return pages


def _closed(value: str) -> str:
    """An identifier without a closing bracket that nothing in it opened."""
    for opening, closing in ("()", "[]", "<>"):
        while value.endswith(closing) and value.count(closing) > value.count(opening):
            value = value[:-1].rstrip(".,;:")
    return value


def _inside_address(text: str, at: int) -> bool:
    start = max(text.rfind(blank, 0, at) for blank in " \n<")
    return text[start + 1 : at].lower().startswith(("http:", "https:", "www."))
