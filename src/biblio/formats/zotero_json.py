"""Zotero's own JSON as references: the answers of its interface, and what Better BibTeX exports.

Sources: Zotero's web API v3 (items with their ``data``) and its schema of item types and fields; Better BibTeX's export
« BetterBibTeX JSON ». Notes that are attached stand beside the items under their key, or inside them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from biblio.formats.drafts.draft import Draft, Meaning
from biblio.formats.drafts.entry import record_of
from biblio.formats.drafts.named_kinds import kind_named
from biblio.formats.records import Body, Record, references_of, unmarked
from biblio.formats.text import decode_bytes, start_of
from biblio.reference.languages import USUAL_WORDS, tag_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span, diagnose

# What each field of an item is; the others are kept under their names.
TAKEN: Mapping[str, Meaning] = {
    **dict.fromkeys(("title", "caseName", "nameOfAct", "subject"), Meaning.TITLE),
    "shortTitle": Meaning.SHORT_TITLE,
    **dict.fromkeys(("date", "dateDecided", "dateEnacted", "issueDate", "filingDate"), Meaning.DATE),
    "accessDate": Meaning.ACCESSED,
    "pages": Meaning.PAGES,
    "numPages": Meaning.PAGE_COUNT,
    "volume": Meaning.VOLUME,
    **dict.fromkeys(
        ("issue", "number", "reportNumber", "patentNumber", "billNumber", "docketNumber", "publicLawNumber"),
        Meaning.NUMBER,
    ),
    **dict.fromkeys(("seriesNumber", "episodeNumber"), Meaning.SERIES_NUMBER),
    "numberOfVolumes": Meaning.VOLUMES,
    "edition": Meaning.EDITION,
    "versionNumber": Meaning.EDITION,
    **dict.fromkeys(
        ("publicationTitle", "bookTitle", "proceedingsTitle", "encyclopediaTitle", "dictionaryTitle", "programTitle",
         "websiteTitle", "blogTitle", "forumTitle", "reporter", "code"),
        Meaning.HOST,
    ),
    "journalAbbreviation": Meaning.HOST_IN_SHORT,
    **dict.fromkeys(("series", "seriesTitle"), Meaning.SERIES),
    **dict.fromkeys(("conferenceName", "meetingName"), Meaning.EVENT),
    **dict.fromkeys(
        ("publisher", "university", "institution", "company", "label", "studio", "distributor", "network",
         "repository", "organization"),
        Meaning.PUBLISHER,
    ),
    "place": Meaning.PLACE,
    "DOI": Meaning.DOI,
    **dict.fromkeys(("ISBN", "ISSN"), Meaning.STANDARD_NUMBER),
    "PMID": Meaning.PMID,
    "PMCID": Meaning.PMCID,
    "url": Meaning.ADDRESS,
    "callNumber": Meaning.CALL_NUMBER,
    "abstractNote": Meaning.ABSTRACT,
    **dict.fromkeys(
        ("thesisType", "reportType", "manuscriptType", "mapType", "letterType", "presentationType", "postType",
         "websiteType", "genre"),
        Meaning.GENRE,
    ),
    **dict.fromkeys(("citationKey", "citekey"), Meaning.KEY),
}  # fmt: skip
# What Zotero needs for itself, and what is read apart.
ASIDE = frozenset(
    "key version itemType itemID itemKey libraryID uri select relations collections creators tags notes attachments "
    "dateAdded dateModified libraryCatalog rights language extra inPublications seriesText parentItem uniqueFields "
    "groupName library links meta deleted".split()
)
# The roles that print as those of an entry; the first of a type's are its authors.
_ROLES = {"editor": "editor", "translator": "translator", "bookAuthor": "bookauthor"}
_AUTHORS = frozenset(
    "author artist attorneyAgent cartographer composer contributorAuthor director inventor interviewee performer "
    "podcaster presenter programmer sponsor creator".split()
)
_NOT_ITEMS = frozenset({"attachment", "note", "annotation"})
# What people write a line each into « extra », as Zotero documents it, for what a type of item has no field.
_EXTRA = {
    "doi": Meaning.DOI,
    "isbn": Meaning.STANDARD_NUMBER,
    "issn": Meaning.STANDARD_NUMBER,
    "pmid": Meaning.PMID,
    "pmcid": Meaning.PMCID,
    "citation key": Meaning.KEY,
    "publisher": Meaning.PUBLISHER,
    "place": Meaning.PLACE,
    "issued": Meaning.DATE,
    "event": Meaning.EVENT,
    "genre": Meaning.GENRE,
}
_LINE = re.compile(r"(?P<name>[A-Za-z][A-Za-z -]{1,30}?)\s?:\s?(?P<value>\S.*)")
_KIND = re.compile(r'"itemType"\s*:\s*"[a-zA-Z-]+"')
_OF_ITEMS = re.compile(r'"(?:creators|dateAdded|libraryID|citationKey|abstractNote|tags)"\s*:')


class _Item(NamedTuple):
    """One item and the notes that were attached to it."""

    data: Mapping[str, Any]
    notes: Sequence[str]
    collections: Sequence[str]


def looks_like_zotero_json(content: bytes) -> bool:
    """Whether a file is JSON with items of Zotero's own types."""
    start = start_of(content).lstrip()
    if not start.startswith(("[", "{")):
        return False
    # The settings of an export stand before its items, and may be long.
    return "BetterBibTeX JSON" in start[:5_000] or bool(_KIND.search(start) and _OF_ITEMS.search(start))


def read_zotero_json(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file. JSON that breaks off is told (P154); what has no field is kept. Never raises."""
    decoded = decode_bytes(content, path)
    faults = list(decoded.diagnostics)
    text = decoded.value.removeprefix("\ufeff")
    try:
        whole = json.loads(text, strict=False)
    except (RecursionError, ValueError) as error:
        line = getattr(error, "lineno", 1)
        faults.append(diagnose("P154", Span(path, line), problem=getattr(error, "msg", type(error).__name__)))
        return Parsed((), tuple(faults))
    records: list[Record] = []
    for number, item in enumerate(_items(whole), 1):
        record = _record(item, Span(path), number)
        if record is None:
            faults.append(diagnose("P303", Span(path), number=number))
        else:
            records.append(record)
    read = references_of(records)
    return Parsed(read.value, (*faults, *read.diagnostics))


def _items(whole: Any) -> Iterator[_Item]:
    """The items of a file: a list, one alone, or those that an export has beside the names of its collections."""
    top = whole if isinstance(whole, dict) else {}
    listed = top.get("items", whole)
    found = [data for each in (listed if isinstance(listed, list) else [listed]) if (data := _data(each))]
    names = _collections(top.get("collections"))
    notes: dict[str, list[str]] = {}
    for each in found:
        if each.get("itemType") == "note" and (parent := str(each.get("parentItem") or "")):
            notes.setdefault(parent, []).append(str(each.get("note") or ""))
    for each in found:
        if each.get("itemType") in _NOT_ITEMS:
            continue
        inside = (note.get("note") if isinstance(note, dict) else note for note in _listed(each.get("notes")))
        own = [*map(str, filter(None, inside)), *notes.get(str(each.get("key") or ""), ())]
        holders = (str(each.get("itemID", "")), *map(str, _listed(each.get("collections"))))
        yield _Item(each, own, [name for holder in holders for name in names.get(holder, ())])


def _data(item: Any) -> Mapping[str, Any]:
    """What is said of a document: an item of the interface has it apart."""
    if not isinstance(item, dict):
        return {}
    data = item.get("data", item)
    return data if isinstance(data, dict) and isinstance(data.get("itemType"), str) else {}


def _collections(value: Any) -> Mapping[str, list[str]]:
    """The names of the collections that an item is in, by its number and by their keys."""
    found: dict[str, list[str]] = {}
    for key, each in value.items() if isinstance(value, dict) else ():
        if isinstance(each, dict) and (name := str(each.get("name") or "")):
            for holder in (str(key), *map(str, _listed(each.get("items")))):
                found.setdefault(holder, []).append(name)
    return found


def _record(item: _Item, place: Span, number: int) -> Record | None:
    data = item.data
    draft = Draft(kind_named(data["itemType"])[0] or "misc", place)
    language = str(data.get("language") or "")
    if language:
        tag = tag_of(language)
        draft.fields["langid"] = USUAL_WORDS.get(tag, tag) or language
    _take_people(draft, _listed(data.get("creators")))
    for name, value in data.items():
        said = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
        if name in ASIDE or not said:
            continue
        if name in TAKEN:
            draft.add(TAKEN[name], name, said[:10] if name == "accessDate" else said)
        elif name == "type" and not draft.all(Meaning.GENRE):
            draft.add(Meaning.GENRE, name, said)
        else:
            draft.keep(name.lower(), said)
    for each in _listed(data.get("tags")):
        word = each.get("tag") if isinstance(each, dict) else each
        draft.add(Meaning.KEYWORDS, "tags", str(word or ""))
    _take_extra(draft, str(data.get("extra") or "").splitlines())
    if notes := [said for note in item.notes if (said := unmarked(note))]:
        draft.fields["internalnote"] = "\n\n".join(notes)
    if item.collections:
        draft.fields["collections"] = tuple(dict.fromkeys(item.collections))
    if not draft.values and not draft.fields:
        return None
    record = record_of(draft, "zotero")
    own = str(data.get("key") or data.get("itemKey") or "")
    return Record(record.entry_type, record.citekey, record.fields, record.place, own, number)


def _take_people(draft: Draft, creators: Sequence[Any]) -> None:
    people: dict[str, list[str]] = {}
    for each in creators:
        if not isinstance(each, dict) or not (name := _name(each)):
            continue
        role = str(each.get("creatorType") or "author")
        if role in _AUTHORS:
            people.setdefault("author", []).append(name)
        elif role in _ROLES:
            people.setdefault(_ROLES[role], []).append(name)
        else:
            draft.keep(role.lower(), name)
    draft.fields |= {role: tuple(names) for role, names in people.items()}


def _name(creator: Mapping[str, Any]) -> str:
    family, given = (" ".join(str(creator.get(name) or "").split()) for name in ("lastName", "firstName"))
    whole = " ".join(str(creator.get("name") or "").split())
    if family and given:
        return f"{family}, {given}"
    return Body(family or given or whole) if family or given or whole else ""


def _take_extra(draft: Draft, lines: Iterable[str]) -> None:
    rest = []
    for line in lines:
        found = _LINE.fullmatch(line.strip())
        meaning = _EXTRA.get(found["name"].lower()) if found else None
        if found and meaning:
            draft.add(meaning, found["name"], found["value"])
        elif line.strip():
            rest.append(line.strip())
    if rest:
        draft.add(Meaning.NOTE, "extra", "\n".join(rest))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
