"""MODS as references.

Source: Library of Congress, MODS user guidelines, version 3. ``TAKEN`` is the table of what each element becomes; any
other, but for what is said of the record itself, is said once a file (P308).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from biblio.formats.records import Body, month_number, references_of_elements
from biblio.formats.xml_tree import Element
from biblio.reference.languages import USUAL_WORDS, tag_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

TAKEN = {
    "titleInfo": "title subtitle volume titleaddon paralleltitle",
    "name": "author editor translator publisher",
    "typeOfResource": "the type",
    "genre": "the type",
    "originInfo": "location publisher date edition",
    "language": "langid",
    "physicalDescription": "pagetotal",
    "abstract": "abstract",
    "tableOfContents": "contents",
    "targetAudience": "audience",
    "note": "note",
    "subject": "keywords",
    "classification": "library (without a shelf locator)",
    "relatedItem": "journaltitle booktitle series volume number pages issn isbn",
    "identifier": "doi isbn issn pmid url",
    "location": "url library",
    "part": "volume number pages date",
}
ASIDE = frozenset({"recordInfo", "extension"})
Value = str | Sequence[str]

_ROLES = {
    **dict.fromkeys("aut author auteur cre creator dis cmp art pht drt inv ctb".split(), "author"),
    **dict.fromkeys("edt editor éditeur com compiler pbd".split(), "editor"),
    **dict.fromkeys("trl translator traducteur".split(), "translator"),
    **dict.fromkeys("ths supervisor".split(), "advisor"),
    **dict.fromkeys("pbl publisher dgg prt dst spn fnd his rcp".split(), ""),
}
_GENRES = (
    (re.compile(r"thes|dissert"), "thesis"),
    (re.compile(r"conference (?:paper|publication)|proceeding"), "inproceedings"),
    (re.compile(r"chapter|book ?section|book ?part"), "incollection"),
    (re.compile(r"article"), "article"),
    (re.compile(r"report"), "report"),
    (re.compile(r"patent"), "patent"),
    (re.compile(r"web ?(?:site|page)|blog"), "online"),
    (re.compile(r"standard"), "standard"),
    (re.compile(r"legislation|statute"), "legislation"),
    (re.compile(r"periodical|^journal$|^magazine$|^newspaper$"), "periodical"),
    (re.compile(r"data ?set"), "dataset"),
    (re.compile(r"letter"), "letter"),
    (re.compile(r"manuscript"), "manuscript"),
    (re.compile(r"motion picture|videorecording|film"), "video"),
    (re.compile(r"book"), "book"),
)
_RESOURCES = {
    "moving image": "video",
    "sound recording": "audio",
    "sound recording-musical": "audio",
    "sound recording-nonmusical": "audio",
    "still image": "image",
    "cartographic": "image",
    "notated music": "music",
    "software, multimedia": "software",
}


def looks_like_mods(content: bytes) -> bool:
    """Whether a file holds records of MODS."""
    start = content[:200_000].replace(b"\0", b"")
    return re.search(rb"<(?:[\w.-]+:)?mods(?:Collection)?[\s>]", start) is not None


def read_mods(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file. Never raises for what it holds; a record without anything is said (P303)."""
    return references_of_elements(
        content, path, "mods", _fields, TAKEN.keys() | ASIDE, ("recordInfo", "recordIdentifier")
    )


def _fields(record: Element) -> tuple[str, dict[str, Value]]:
    host = next((each for each in record.every("relatedItem") if each.attributes.get("type") == "host"), None)
    kind = _type(record, host)
    fields: dict[str, Value] = {}
    _titles(record, fields)
    _people(record, fields)
    _origin(record, fields)
    for identifier in record.every("identifier"):
        _identify(identifier, fields)
    if host is not None:
        _host(host, kind, fields)
    for series in record.every("relatedItem"):
        if series.attributes.get("type") == "series":
            fields.setdefault("series", _whole_title(series))
            fields.setdefault(
                "number", series.word("titleInfo", "partNumber") or series.word("part", "detail", "number")
            )
    for part in record.every("part"):
        _part(part, fields)
    _said(record, fields)
    if kind == "periodical" and not fields.get("issn"):
        kind = "book"
    return kind, {name: value for name, value in fields.items() if value}


def _type(record: Element, host: Element | None) -> str:
    genres = [each.text.lower() for each in record.every("genre")]
    found = next((kind for form, kind in _GENRES for genre in genres if form.search(genre)), "")
    if host is not None and found in ("", "book", "periodical"):
        codes = [each.attributes.get("type", "") for each in host.every("identifier")]
        numbered = any(each.attributes.get("type") in ("issue", "volume") for each in host.below("detail"))
        if "issn" in codes or (numbered and "isbn" not in codes):
            return "article"
        if "isbn" in codes or host.word("originInfo", "publisher"):
            return "incollection"
        if host.first("part") is not None:
            return "article"
    if found:
        return found
    resources = [each.text.lower() for each in record.every("typeOfResource")]
    issuance = record.word("originInfo", "issuance")
    if issuance in ("continuing", "serial"):
        return "periodical"
    return next((_RESOURCES[each] for each in resources if each in _RESOURCES), "book")


def _whole_title(holder: Element) -> str:
    return next((title for each in holder.every("titleInfo") if (title := _title(each))), "")


def _title(info: Element) -> str:
    """The title with the article that does not sort."""
    first, title = info.word("nonSort"), info.word("title").strip(" :/;=")
    joint = "" if first.endswith(("'", "’")) else " "
    return f"{first}{joint}{title}".strip()


def _titles(record: Element, fields: dict[str, Value]) -> None:
    addons: list[str] = []
    for info in record.every("titleInfo"):
        kind = info.attributes.get("type", "")
        if kind == "translated":
            fields.setdefault("paralleltitle", _title(info))
        elif kind == "abbreviated":
            fields.setdefault("shorttitle", _title(info))
        elif kind or fields.get("title"):
            addons.append(_title(info))
        elif info.word("partName"):
            fields["maintitle"], fields["mainsubtitle"] = _title(info), info.word("subTitle")
            fields["title"] = info.word("partName")
            fields["volume"] = info.word("partNumber")
        else:
            fields["title"], fields["subtitle"] = _title(info), info.word("subTitle")
            fields["volume"] = info.word("partNumber")
    fields["titleaddon"] = " ; ".join(dict.fromkeys(each for each in addons if each and each != fields.get("title")))


def _people(record: Element, fields: dict[str, Value]) -> None:
    groups: dict[str, list[str]] = {}
    for name in record.every("name"):
        typed = _name(name)
        if not typed:
            continue
        words = [each.text.lower().strip(".") for each in name.below("roleTerm")]
        places = [_ROLES[word] for word in words if word in _ROLES]
        place = next(iter(places), "" if words and places else "author")
        groups.setdefault(place, []).append(typed)
    for place in ("author", "editor", "translator"):
        fields[place] = groups.get(place, [])
    if groups.get("advisor"):
        fields["editora"], fields["editoratype"] = groups["advisor"], "supervisor"


def _name(name: Element) -> str:
    parts: dict[str, list[str]] = {}
    for part in name.every("namePart"):
        parts.setdefault(part.attributes.get("type", ""), []).append(part.text)
    family, given = " ".join(parts.get("family", [])), " ".join(parts.get("given", []))
    if family:
        return f"{family}, {given}" if given else Body(family)
    whole = ". ".join(filter(None, parts.get("", []))) or given
    # The years of a life, typed behind the name.
    whole = re.sub(r"(?:,?(?<!\s)\s+)?[(\[]?\b\d{4}\s*+-\s*+(?:\d{4})?[)\]]?\s*+\Z", "", whole).strip(" ,")
    return Body(whole) if name.attributes.get("type") in ("corporate", "conference", "family") else whole


def _origin(holder: Element, fields: dict[str, Value]) -> None:
    for origin in holder.every("originInfo"):
        places = [each.text for each in origin.every("place", "placeTerm") if each.attributes.get("type") != "code"]
        fields["location"] = fields.get("location") or tuple(dict.fromkeys(filter(None, places)))
        publishers = tuple(dict.fromkeys(each.text for each in origin.every("publisher") if each.text))
        fields["publisher"] = fields.get("publisher") or publishers
        fields["edition"] = fields.get("edition") or origin.word("edition")
        fields["date"] = fields.get("date") or _date(origin)


def _date(origin: Element) -> str:
    for name in ("dateIssued", "dateCreated", "copyrightDate", "dateOther"):
        dates = list(origin.every(name))
        # « -1988 » beside the years of a beginning and an end says less than they do.
        plain = [each.text for each in dates if each.text.lstrip("[")[:1] != "-" and not each.attributes.get("point")]
        plain = [each for each in plain if each]
        marc = [each.text for each in dates if each.attributes.get("encoding") == "w3cdtf"] or plain
        if marc:
            return _edtf(marc[0])
        start = next((each.text for each in dates if each.attributes.get("point") == "start"), "")
        end = next((each.text for each in dates if each.attributes.get("point") == "end"), "")
        if start or end:
            return f"{_edtf(start) or '..'}/{'..' if end in ('', '9999') else _edtf(end)}"
    return ""


def _edtf(text: str) -> str:
    text = re.sub(r"\A(?:cop\.?|[cp©])\s*(?=\d)", "", text.strip(" .[]-"))
    named = re.fullmatch(r"(?:(\d{1,2})\s+)?([^\W\d_]+\.?)\s+(\d{4})", text)
    month = month_number(named[2]) if named else None
    if named and month:
        return f"{named[3]}-{month:02}" + (f"-{int(named[1]):02}" if named[1] else "")
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    found = re.match(r"\d{4}(?:-\d{2}){0,2}", text)
    return "-".join(compact.groups()) if compact else found[0] if found and text[10:11] in ("T", "") else text


def _identify(identifier: Element, fields: dict[str, Value]) -> None:
    kind, value = identifier.attributes.get("type", "").lower(), identifier.text
    doi = re.search(r"10\.\d{4,9}/\S+", value)
    if identifier.attributes.get("invalid") == "yes":
        return
    if doi and (kind == "doi" or "doi" in value.lower()):
        fields.setdefault("doi", doi[0])
    elif kind in ("isbn", "issn", "ismn", "pmid"):
        fields.setdefault(kind, re.split(r"[(:]", value, maxsplit=1)[0].strip())
    elif value.startswith("http"):
        fields.setdefault("url", value)


def _host(host: Element, kind: str, fields: dict[str, Value]) -> None:
    title = _whole_title(host)
    if kind == "article":
        fields["journaltitle"] = title
        fields["shortjournal"] = next(
            (_title(each) for each in host.every("titleInfo") if each.attributes.get("type") == "abbreviated"), ""
        )
    elif kind in ("incollection", "inproceedings"):
        fields["booktitle"], fields["booksubtitle"] = title, host.word("titleInfo", "subTitle")
        people: dict[str, Value] = {}
        _people(host, people)
        fields["editor"] = fields.get("editor") or people.get("editor") or ()
        fields["bookauthor"] = people.get("author") or ()
    else:
        fields["series"] = title
    for identifier in host.every("identifier"):
        if identifier.attributes.get("type") in ("issn", "isbn"):
            _identify(identifier, fields)
    _origin(host, fields)
    for part in host.every("part"):
        _part(part, fields)


def _part(part: Element, fields: dict[str, Value]) -> None:
    for detail in part.every("detail"):
        name = {"volume": "volume", "issue": "number", "number": "number"}.get(detail.attributes.get("type", ""))
        value = detail.word("number") or detail.word("caption")
        if name and value:
            fields[name] = fields.get(name) or value
    for extent in part.every("extent"):
        start, end = extent.word("start"), extent.word("end")
        pages = (f"{start}-{end}" if end and end != start else start) or extent.word("list")
        fields["pages"] = fields.get("pages") or re.sub(r"\App?\.\s*", "", pages).replace("–", "-")
    if part.word("date"):
        fields["date"] = _edtf(part.word("date"))


def _said(record: Element, fields: dict[str, Value]) -> None:
    fields["abstract"] = "\n\n".join(each.text for each in record.every("abstract") if each.text)
    fields["contents"] = "\n\n".join(each.text for each in record.every("tableOfContents") if each.text)
    notes = [each.text.rstrip(".") for each in record.every("note") if each.text]
    fields["note"] = ". ".join(notes)
    fields["audience"] = tuple(each.text for each in record.every("targetAudience") if each.text)
    fields["keywords"] = tuple(dict.fromkeys(word for each in record.every("subject") if (word := _subject(each))))
    terms = [each.text for each in record.every("language", "languageTerm")]
    tag = next((tag for term in terms if (tag := tag_of(term)) and tag not in ("und", "mul")), "")
    fields["langid"] = USUAL_WORDS.get(tag, tag)
    for extent in record.every("physicalDescription", "extent"):
        pages = re.search(r"((?:(?<![ivxlc])[ivxlc]++,\s*+)?(?<!\d)\d++)\s*+(?:p\b|pages?\b)", extent.text)
        if pages:
            fields.setdefault("pagetotal", pages[1])
    found = (each.text.replace(" ", "%20") for each in record.every("location", "url"))
    urls = list(dict.fromkeys(filter(None, found)))
    if urls:
        fields["url"] = urls[0]
        fields["links"] = "\n".join(f"<{url}>" for url in urls[1:])
    shelves = [each.text for each in record.below("shelfLocator")] or [
        each.text for each in record.every("classification")
    ]
    fields["library"] = "; ".join(dict.fromkeys(filter(None, shelves)))


def _subject(subject: Element) -> str:
    return " -- ".join(_heads(subject))


def _heads(subject: Element) -> Iterator[str]:
    for part in subject.children:
        if part.name == "name":
            yield _name(part)
        elif part.name == "titleInfo":
            yield _title(part)
        elif part.name in ("topic", "geographic", "temporal", "genre", "occupation") and part.text:
            yield part.text
