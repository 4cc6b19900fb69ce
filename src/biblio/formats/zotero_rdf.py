"""Zotero's RDF as references.

Sources: the vocabularies that Zotero writes: bib (net.xbib), Dublin Core and its terms, FOAF, PRISM, vCard and its own
(``z:``). A host stands inside its part, or beside the records under the name that the part gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from biblio.formats.drafts.draft import Draft, Meaning
from biblio.formats.drafts.entry import record_of
from biblio.formats.drafts.named_kinds import kind_named
from biblio.formats.records import Body, Record, references_of, unmarked
from biblio.formats.xml_tree import Element, read_xml
from biblio.reference.languages import USUAL_WORDS, tag_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span, diagnose

# What each element of an item is; the others are kept under their names.
TAKEN: Mapping[str, Meaning] = {
    "title": Meaning.TITLE,
    "shortTitle": Meaning.SHORT_TITLE,
    "date": Meaning.DATE,
    "dateSubmitted": Meaning.ACCESSED,
    "pages": Meaning.PAGES,
    "numPages": Meaning.PAGE_COUNT,
    "volume": Meaning.VOLUME,
    "number": Meaning.NUMBER,
    "numberOfVolumes": Meaning.VOLUMES,
    "edition": Meaning.EDITION,
    "abstract": Meaning.ABSTRACT,
    "description": Meaning.NOTE,
    "type": Meaning.GENRE,
    "coverage": Meaning.CALL_NUMBER,
    "meetingName": Meaning.EVENT,
    "conferenceName": Meaning.EVENT,
}
ASIDE = frozenset(
    "itemType authors editors translators contributors seriesEditors isPartOf publisher identifier subject language "
    "link isReferencedBy relation libraryCatalog rights presentedAt".split()
)
_HOSTS = frozenset({"Journal", "Book", "Periodical", "Series", "CourtReporter", "Newspaper", "Magazine"})
_NOT_ITEMS = frozenset({"Attachment", "Memo", "Collection", "Journal", "Series", "Tag", "Annotation"})
_ITEM_TYPES = frozenset({"attachment", "note", "annotation"})
_SIGNS = (b"zotero.org/namespaces/export", b"xbiblio/", b"net/xbib")
_ROLES = {"authors": "author", "editors": "editor", "translators": "translator"}


def looks_like_zotero_rdf(content: bytes) -> bool:
    """Whether a file is RDF that Zotero wrote."""
    start = content[:200_000].replace(b"\0", b"")
    return b"<rdf:RDF" in start and any(sign in start for sign in _SIGNS)


def read_zotero_rdf(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file. Never raises for what it holds; what has no field is kept under its name."""
    tree = read_xml(content, path)
    faults = list(tree.diagnostics)
    top = tree.value.first("RDF")
    resources = list(top.children) if top is not None else []
    by_name = {each.attributes["about"]: each for each in resources if each.attributes.get("about")}
    collections = _collections(resources)
    records: list[Record] = []
    for number, item in enumerate((each for each in resources if _is_item(each)), 1):
        record = _record(item, by_name, Span(path, item.line), number)
        if record is not None and (names := collections.get(item.attributes.get("about", ""))):
            record = replace(record, fields={**record.fields, "collections": tuple(names)})
        if record is None:
            faults.append(diagnose("P303", Span(path, item.line), number=number))
        else:
            records.append(record)
    read = references_of(records)
    return Parsed(read.value, (*faults, *read.diagnostics))


def _collections(resources: Sequence[Element]) -> Mapping[str, list[str]]:
    """The names of the collections that each resource is in."""
    found: dict[str, list[str]] = {}
    for collection in (each for each in resources if each.name == "Collection"):
        for part in collection.every("hasPart"):
            if (resource := part.attributes.get("resource")) and (name := collection.word("title")):
                found.setdefault(resource, []).append(name)
    return found


def _is_item(resource: Element) -> bool:
    kind = resource.word("itemType")
    if kind:
        return kind not in _ITEM_TYPES
    said = resource.first("title") is not None and resource.first("authors") is not None
    return said and resource.name not in _NOT_ITEMS


def _record(item: Element, by_name: Mapping[str, Element], place: Span, number: int) -> Record | None:
    draft = Draft(kind_named(item.word("itemType") or item.name)[0] or "misc", place)
    language = item.word("language")
    if language:
        tag = tag_of(language)
        draft.fields["langid"] = USUAL_WORDS.get(tag, tag) or language
    for group, role in _ROLES.items():
        people = tuple(_people(item, group))
        if people:
            draft.fields[role] = people
    for part in item.children:
        _take(draft, part, by_name)
    about = item.attributes.get("about", "")
    if about.startswith("urn:isbn:"):
        draft.add(Meaning.STANDARD_NUMBER, "about", about.removeprefix("urn:isbn:"))
    elif about.startswith("http") and "zotero.org/" not in about and not draft.all(Meaning.ADDRESS):
        draft.add(Meaning.ADDRESS, "about", about)
    if not draft.values and not draft.fields:
        return None
    record = record_of(draft, "zotero")
    return Record(record.entry_type, record.citekey, record.fields, record.place, about, number)


def _take(draft: Draft, part: Element, by_name: Mapping[str, Element]) -> None:
    if part.name in TAKEN:
        draft.add(TAKEN[part.name], part.name, part.text)
    elif part.name == "identifier":
        _identify(draft, part.text)
    elif part.name == "subject":
        lcc = part.first("LCC")
        draft.add(Meaning.CALL_NUMBER if lcc is not None else Meaning.KEYWORDS, part.name, part.text)
    elif part.name == "isPartOf":
        named = by_name.get(part.attributes.get("resource", ""))
        for host in [named] if named is not None else part.children:
            _host(draft, host)
    elif part.name == "publisher":
        _publisher(draft, part)
    elif part.name == "isReferencedBy":
        # A note that somebody attached: for them, not for print.
        memo = by_name.get(part.attributes.get("resource", "")) or part.first("Memo")
        if memo is not None:
            notes = filter(None, (str(draft.fields.get("internalnote", "")), unmarked(memo.word("value"))))
            draft.fields["internalnote"] = "\n\n".join(notes)
    elif part.name == "presentedAt":
        draft.add(Meaning.EVENT, part.name, part.word("Conference", "title") or part.text)
    elif part.name not in ASIDE and part.text:
        draft.keep(part.name.lower(), part.text)


def _host(draft: Draft, host: Element) -> None:
    series = host.name == "Series"
    draft.add(Meaning.SERIES if series else Meaning.HOST, host.name, host.word("title"))
    for part in host.children:
        if part.name == "identifier":
            _identify(draft, part.text)
        elif part.name == "isPartOf":
            for outer in part.children:
                _host(draft, outer)
        elif part.name == "alternative":
            draft.add(Meaning.HOST_IN_SHORT, part.name, part.text)
        elif part.name == "number" and series:
            draft.add(Meaning.SERIES_NUMBER, part.name, part.text)
        elif part.name in ("volume", "number", "edition"):
            draft.add(TAKEN[part.name], part.name, part.text)
        elif part.name == "publisher":
            _publisher(draft, part)
    about = host.attributes.get("about", "")
    if about.startswith(("urn:issn:", "urn:isbn:")):
        draft.add(Meaning.STANDARD_NUMBER, "about", about.rpartition(":")[2])


def _publisher(draft: Draft, part: Element) -> None:
    name = next((each.text for each in part.below("name")), "")
    place = next((each.text for each in part.below("locality")), "")
    draft.add(Meaning.PUBLISHER, "publisher", name or ("" if place else part.text))
    draft.add(Meaning.PLACE, "locality", place)


def _identify(draft: Draft, value: str) -> None:
    kind, _, number = value.partition(" ")
    if kind.upper() in ("ISBN", "ISSN"):
        draft.add(Meaning.STANDARD_NUMBER, "identifier", number)
    elif kind.upper() == "DOI" or re.match(r"10\.\d{4,9}/", value):
        draft.add(Meaning.DOI, "identifier", value)
    elif value.startswith("http"):
        draft.add(Meaning.ADDRESS, "identifier", value)
    elif value:
        draft.keep("identifier", value)


def _people(item: Element, group: str) -> Iterator[str]:
    for person in (each for holder in item.every(group) for each in holder.below("Person", "Organization", "Agent")):
        family = person.word("surname") or person.word("familyName")
        given = person.word("givenName") or person.word("givenname") or person.word("firstName")
        whole = person.word("name")
        if family and given:
            yield f"{family}, {given}"
        elif family or given or whole:
            yield Body(family or given or whole)
