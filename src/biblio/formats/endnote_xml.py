"""EndNote's XML as references.

Source: the elements that EndNote, Zotero and Mendeley write (RSXML); the numbers of the types are EndNote's. ``TAKEN``
is the table of what each element becomes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.formats.records import Body, month_number, references_of_elements
from biblio.formats.xml_tree import Element
from biblio.reference.languages import USUAL_WORDS, tag_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

TAKEN = {
    "ref-type": "the type",
    "contributors": "author editor translator",
    "titles": "title journaltitle booktitle series shorttitle paralleltitle",
    "periodical": "journaltitle shortjournal",
    "pages": "pages (pagetotal of a book)",
    "volume": "volume",
    "number": "number",
    "issue": "number",
    "num-vols": "volumes",
    "edition": "edition",
    "section": "chapter",
    "keywords": "keywords",
    "dates": "date",
    "pub-dates": "date",
    "year": "date",
    "pub-location": "location",
    "publisher": "publisher",
    "isbn": "isbn (issn of an article)",
    "accession-num": "pmid (of PubMed)",
    "electronic-resource-num": "doi",
    "abstract": "abstract",
    "notes": "note",
    "research-notes": "annotation",
    "work-type": "type",
    "language": "langid",
    "call-num": "library",
    "urls": "url links",
    "access-date": "urldate",
}
# What says something of the record.
ASIDE = frozenset(
    "database source-app rec-number foreign-keys auth-address auth-affiliaton remote-database-name label "
    "record-properties remote-database-provider modified-date added-date caption size image-uri".split()
)
_ISSN = re.compile(r"(?<![\dXx-])\d{4}-?\d{3}[\dXx](?![\dXx-])")
_ISBN = re.compile(r"(?<![\dXx-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dXx])")
_TYPES = {
    "0": "article",
    "1": "book",
    "2": "thesis",
    "3": "inproceedings",
    "4": "unpublished",
    "5": "incollection",
    "6": "book",
    "7": "jurisdiction",
    "8": "audio",
    "9": "software",
    "10": "proceedings",
    "12": "online",
    "13": "misc",
    "14": "legislation",
    "16": "online",
    "17": "article",
    "19": "article",
    "20": "image",
    "21": "video",
    "22": "misc",
    "23": "article",
    "25": "patent",
    "26": "letter",
    "27": "report",
    "28": "book",
    "31": "legislation",
    "32": "thesis",
    "34": "misc",
    "36": "unpublished",
    "43": "article",
    "44": "book",
    "46": "legislation",
    "47": "inproceedings",
    "48": "reference",
    "52": "incollection",
    "53": "misc",
    "57": "standard",
    "59": "dataset",
}
_NAMES = {
    "journal article": "article",
    "newspaper article": "article",
    "magazine article": "article",
    "electronic article": "article",
    "book": "book",
    "edited book": "collection",
    "book section": "incollection",
    "thesis": "thesis",
    "conference proceedings": "inproceedings",
    "conference paper": "inproceedings",
    "conference": "inproceedings",
    "report": "report",
    "web page": "online",
    "blog": "online",
    "statute": "legislation",
    "patent": "patent",
    "film or broadcast": "video",
    "personal communication": "letter",
    "encyclopedia": "inreference",
    "dictionary": "inreference",
    "manuscript": "manuscript",
    "generic": "misc",
    "case": "jurisdiction",
    "bill": "legislation",
    "standard": "standard",
    "dataset": "dataset",
    "computer program": "software",
    "audiovisual material": "video",
    "artwork": "image",
    "map": "image",
    "government document": "report",
    "unpublished work": "unpublished",
}
_IN_JOURNALS = frozenset({"article"})
_IN_BOOKS = frozenset({"incollection", "inproceedings", "inreference"})
Value = str | Sequence[str]


def looks_like_endnote_xml(content: bytes) -> bool:
    """Whether a file holds records of EndNote in XML."""
    start = content[:200_000].replace(b"\0", b"")
    return re.search(rb"<record[\s>]", start) is not None and re.search(rb"<ref-type[\s>/]", start) is not None


def read_endnote_xml(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file. Never raises for what it holds; what has no place is said once (P308)."""
    return references_of_elements(content, path, "record", fields_of, TAKEN.keys() | ASIDE, ("rec-number",))


def fields_of(record: Element) -> tuple[str, dict[str, Value]]:
    """The biblatex type of a record, and its fields."""
    kind = _type(record)
    fields: dict[str, Value] = {
        "author": _people(record, "authors"),
        "editor": _people(record, "secondary-authors"),
        "translator": _people(record, "subsidiary-authors"),
        "title": record.word("titles", "title"),
        "shorttitle": record.word("titles", "short-title"),
        "paralleltitle": record.word("titles", "translated-title"),
        "volume": record.word("volume"),
        "volumes": record.word("num-vols"),
        "edition": record.word("edition"),
        "location": record.word("pub-location"),
        "publisher": record.word("publisher"),
        "doi": _doi(record.word("electronic-resource-num")),
        "abstract": _paragraphs(record.first("abstract")),
        "note": _paragraphs(record.first("notes")),
        "annotation": _paragraphs(record.first("research-notes")),
        "type": record.word("work-type"),
        "library": record.word("call-num"),
        "keywords": [word for each in record.every("keywords", "keyword") for word in _words(each)],
        "date": _date(record),
        "urldate": record.word("access-date"),
    }
    if kind == "thesis":
        # EndNote's second people of a thesis are who advised it.
        fields["editora"], fields["editoratype"] = fields["editor"], "supervisor" if fields["editor"] else ""
        fields["editor"] = ()
    tag = tag_of(record.word("language"))
    fields["langid"] = USUAL_WORDS.get(tag, tag)
    secondary = record.word("titles", "secondary-title")
    journal = record.word("periodical", "full-title") or record.word("titles", "alt-title")
    fields["number"] = record.word("number") or record.word("issue")
    if kind in _IN_JOURNALS:
        fields["journaltitle"] = secondary or journal
        fields["shortjournal"] = record.word("periodical", "abbr-1")
    elif kind in _IN_BOOKS:
        fields["booktitle"] = secondary or journal
        fields["series"] = record.word("titles", "tertiary-title")
        fields["chapter"] = record.word("section")
    elif kind == "misc" and secondary and record.word("pages"):
        # What stands on pages of something is a part of it, whatever its type.
        fields["booktitle"] = secondary
        fields["series"] = record.word("titles", "tertiary-title")
    else:
        fields["series"] = secondary or record.word("titles", "tertiary-title")
    pages = re.sub(r"(?:(?<!\s)\s+)?[-–]+\s*", "-", record.word("pages"))
    in_host = kind in _IN_JOURNALS | _IN_BOOKS or "-" in pages
    fields["pages" if in_host else "pagetotal"] = (
        pages if in_host else re.sub(r"(?:(?<!\s)\s+)?p(?:p|ages)?\.?\Z", "", pages)
    )
    code = record.word("isbn")
    if kind == "patent":
        fields["number"], code = fields["number"] or code, ""
    issns = _ISSN.findall(code)
    if issns and not _ISBN.search(code):
        fields["issn"] = code if code.startswith(issns[0]) else ", ".join(dict.fromkeys(issns))
    else:
        fields["isbn"] = code
    accession = record.word("accession-num")
    source = " ".join((record.word("remote-database-name"), record.word("remote-database-provider"))).lower()
    if re.fullmatch(r"\d{5,9}", accession) and re.search("pubmed|medline|nlm", source):
        fields["pmid"] = accession
    _addresses(record, fields)
    return kind, {name: value for name, value in fields.items() if value}


def _type(record: Element) -> str:
    declared = record.first("ref-type")
    if declared is None:
        return "misc"
    name = declared.attributes.get("name", "").strip().lower()
    return _NAMES.get(name) or _TYPES.get(declared.text, "misc")


def _people(record: Element, group: str) -> list[str]:
    names: list[str] = []
    for each in record.every("contributors", group, "author"):
        name = each.text
        # A comma at its end says that a name is not to be taken apart.
        if name.endswith(","):
            names.append(Body(name.rstrip(", ")))
        elif name:
            names.append(name)
    return names


def _words(keyword: Element) -> list[str]:
    return [word for line in re.split(r"[\n\r;]", keyword.raw_text) if (word := " ".join(line.split()))]


def _paragraphs(element: Element | None) -> str:
    if element is None:
        return ""
    lines = (" ".join(line.split()) for line in re.split(r"[\n\r]+", element.raw_text))
    return "\n\n".join(filter(None, lines))


def _doi(text: str) -> str:
    found = re.search(r"10\.\d{4,9}/\S+", text)
    return found[0] if found else text


def _date(record: Element) -> str:
    """The year, with the month and the day that the date beside it says, « 12 May » or « May 12 »."""
    year = record.word("dates", "year")
    beside = record.word("dates", "pub-dates", "date")
    in_figures = record.word("dates", "month")
    if not beside and re.fullmatch(r"0?[1-9]|1[0-2]", in_figures) and re.fullmatch(r"\d{4}", year):
        return f"{year}-{int(in_figures):02}"
    if re.fullmatch(r"\d{4}-\d{2}(?:-\d{2})?", beside):
        return beside
    if not re.fullmatch(r"\d{4}", year):
        found = re.search(r"\b\d{4}\b", beside)
        return year or (found[0] if found else beside)
    month = next((number for word in re.findall(r"[^\W\d_]+", beside) if (number := month_number(word))), None)
    if month is None:
        return year
    day = re.search(r"\b(\d{1,2})\b", beside)
    return f"{year}-{month:02}-{int(day[1]):02}" if day and month < 13 else f"{year}-{month:02}"


def _addresses(record: Element, fields: dict[str, Value]) -> None:
    found = [each.text for urls in record.every("urls") for each in urls.below("url") if each.text.startswith("http")]
    found = list(dict.fromkeys(found))
    if found:
        fields["url"] = found[0]
        fields["links"] = "\n".join(f"<{address}>" for address in found[1:])
