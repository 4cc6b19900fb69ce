"""The sources of Word (``Sources.xml``, « Gérer les sources ») as references.

Source: ECMA-376, part 1, § 22.6 (bibliography). ``TAKEN`` is the table of what each element becomes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from biblio.formats.records import Body, month_number, references_of_elements
from biblio.formats.xml_tree import Element
from biblio.reference.reference import Reference
from biblio.text.figures import number_in
from biblio.words.faults import Parsed

TAKEN = {
    "SourceType": "the type",
    "Title": "title",
    "ShortTitle": "shorttitle",
    "Author": "author editor translator bookauthor",
    "Year": "date",
    "Month": "date",
    "Day": "date",
    "YearAccessed": "urldate",
    "MonthAccessed": "urldate",
    "DayAccessed": "urldate",
    "JournalName": "journaltitle",
    "PeriodicalTitle": "journaltitle",
    "PublicationTitle": "journaltitle",
    "BookTitle": "booktitle",
    "ConferenceName": "booktitle eventtitle",
    "InternetSiteTitle": "journaltitle",
    "AlbumTitle": "booktitle",
    "BroadcastTitle": "booktitle",
    "Publisher": "publisher",
    "Institution": "publisher",
    "ProductionCompany": "publisher",
    "Distributor": "publisher",
    "Court": "publisher",
    "City": "location",
    "StateProvince": "location",
    "CountryRegion": "location",
    "Pages": "pages pagetotal",
    "Volume": "volume",
    "NumberVolumes": "volumes",
    "Issue": "number",
    "PatentNumber": "number",
    "CaseNumber": "number",
    "Edition": "edition",
    "Version": "version",
    "ChapterNumber": "chapter",
    "StandardNumber": "isbn issn doi",
    "DOI": "doi",
    "URL": "url",
    "ThesisType": "type",
    "Comments": "note",
    "Medium": "howpublished",
    "Tag": "the key",
    "BIBTEX_Abstract": "abstract",
    "BIBTEX_KeyWords": "keywords",
    "BIBTEX_Series": "series",
}
ASIDE = frozenset({"Guid", "LCID", "RefOrder"})
_TYPES = {
    "Book": "book",
    "BookSection": "incollection",
    "JournalArticle": "article",
    "ArticleInAPeriodical": "article",
    "ConferenceProceedings": "inproceedings",
    "Report": "report",
    "SoundRecording": "audio",
    "Performance": "performance",
    "Art": "artwork",
    "DocumentFromInternetSite": "online",
    "InternetSite": "online",
    "Film": "movie",
    "Patent": "patent",
    "ElectronicSource": "online",
    "Case": "jurisdiction",
}
_PEOPLE = {
    "author": (
        "Author",
        "Artist",
        "Composer",
        "Inventor",
        "Performer",
        "Writer",
        "Director",
        "Interviewee",
        "Compiler",
    ),
    "editor": ("Editor",),
    "translator": ("Translator",),
    "bookauthor": ("BookAuthor",),
}
_PUBLISHERS = ("Publisher", "Institution", "ProductionCompany", "Distributor", "Court")
_HOSTS = (
    "JournalName",
    "PeriodicalTitle",
    "PublicationTitle",
    "BookTitle",
    "InternetSiteTitle",
    "AlbumTitle",
    "BroadcastTitle",
)
Value = str | Sequence[str]


def looks_like_word_sources(content: bytes) -> bool:
    """Whether a file holds sources of Word."""
    start = content[:200_000].replace(b"\0", b"")
    return re.search(rb"<(?:[\w.-]+:)?Sources?[\s>]", start) is not None and b"/bibliography" in start


def read_word_sources(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file. Never raises for what it holds; what has no place is said once (P308)."""
    return references_of_elements(content, path, "Source", _fields, TAKEN.keys() | ASIDE, ("Tag",))


def _fields(source: Element) -> tuple[str, dict[str, Value]]:
    kind = _TYPES.get(source.word("SourceType"), "misc")
    if kind == "report" and source.word("ThesisType"):
        kind = "thesis"
    fields: dict[str, Value] = {name: tuple(_people(source, roles)) for name, roles in _PEOPLE.items()}
    fields |= {
        "title": source.word("Title"),
        "shorttitle": source.word("ShortTitle"),
        "date": _date(source, ""),
        "urldate": _date(source, "Accessed"),
        "publisher": tuple(found for name in _PUBLISHERS if (found := source.word(name))),
        "location": ", ".join(filter(None, map(source.word, ("City", "StateProvince", "CountryRegion")))),
        "volume": source.word("Volume"),
        "volumes": source.word("NumberVolumes"),
        "number": source.word("Issue") or source.word("PatentNumber") or source.word("CaseNumber"),
        "edition": source.word("Edition"),
        "version": source.word("Version"),
        "chapter": source.word("ChapterNumber"),
        "type": source.word("ThesisType"),
        "note": source.word("Comments"),
        "howpublished": source.word("Medium"),
        "url": source.word("URL"),
        "doi": source.word("DOI"),
        # JabRef's own, in what it writes for Word.
        "abstract": source.word("BIBTEX_Abstract"),
        "keywords": tuple(filter(None, re.split(r"[;,]\s*", source.word("BIBTEX_KeyWords")))),
        "series": source.word("BIBTEX_Series"),
    }
    host = next((found for name in _HOSTS if (found := source.word(name))), "")
    if kind in ("incollection", "inproceedings", "audio"):
        fields["booktitle"] = source.word("BookTitle") or source.word("ConferenceName") or host
        fields["eventtitle"] = source.word("ConferenceName") if source.word("BookTitle") else ""
    else:
        name = "journaltitle" if kind in ("article", "online") else "series"
        fields[name] = host or fields.get(name, "")
    pages = source.word("Pages").replace("–", "-")
    whole = kind in ("book", "report", "thesis") and re.fullmatch(r"\d+(?:\s*p\.?)?", pages)
    fields["pagetotal" if whole else "pages"] = pages.rstrip(" p.") if whole else pages
    _number(source.word("StandardNumber"), fields)
    return kind, {name: value for name, value in fields.items() if value}


def _people(source: Element, roles: Sequence[str]) -> Iterator[str]:
    for role in roles:
        for holder in source.every("Author", role):
            for person in holder.every("NameList", "Person"):
                given = " ".join(filter(None, (person.word("First"), person.word("Middle"))))
                family = person.word("Last")
                yield f"{family}, {given}" if family and given else Body(family or given)
            if body := holder.word("Corporate"):
                yield Body(body)


def _date(source: Element, suffix: str) -> str:
    year, month, day = (source.word(f"{part}{suffix}") for part in ("Year", "Month", "Day"))
    number = number_in(month) or (month_number(month) if month else None)
    if not re.fullmatch(r"\d{4}", year) or not number or not 0 < number < 13:
        return year
    of_month = number_in(day) or 0
    return f"{year}-{number:02}" + (f"-{of_month:02}" if 0 < of_month < 32 else "")


def _number(value: str, fields: dict[str, Value]) -> None:
    """A standard number: which one it is stands before it, or is told by its form; another one is that of the work."""
    bare = re.sub(r"\b(?:ISBN|ISSN|DOI)\b[\s:]*", "", value).strip(" :")
    if found := re.search(r"10\.\d{4,9}/\S+", value):
        fields["doi"] = fields.get("doi") or found[0]
    elif re.fullmatch(r"\d{4}-?\d{3}[\dXx]", bare):
        fields["issn"] = bare
    elif re.search(r"\d(?:[\s-]?\d){8}", bare):
        fields["isbn"] = bare
    elif bare:
        fields.setdefault("number", bare)
