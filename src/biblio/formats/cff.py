"""Reads CFF, the file in which a program or a set of data says how it is to be cited.

Source: *Citation File Format*, schema 1.2.0. The work itself comes first, then what it wants to be cited instead, then
the references that it lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from biblio.formats.records import Body, Record, references_of
from biblio.formats.text import decode_bytes, start_of
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern, entry_type
from biblio.text.figures import number_in
from biblio.words.faults import Parsed, Span
from biblio.yaml_model.loader import load_plain

# The types that are not called as biblatex calls them.
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("article", "magazine-article", "newspaper-article"), "article"),
    **dict.fromkeys(("conference-paper", "conference"), "inproceedings"),
    **dict.fromkeys(("software", "software-code", "software-container", "software-executable"), "software"),
    **dict.fromkeys(("software-virtual-machine",), "software"),
    **dict.fromkeys(("data", "database", "dataset"), "dataset"),
    **dict.fromkeys(("website", "blog"), "online"),
    **dict.fromkeys(("book", "manual", "report", "thesis", "patent", "proceedings", "standard", "unpublished"), ""),
    **dict.fromkeys(("video", "music"), ""),
    "encyclopedia": "inreference",
    "dictionary": "inreference",
    "pamphlet": "booklet",
    "film-broadcast": "movie",
}
# What each key is in an entry; lists of people, and what needs more than a name, are below.
_FIELDS: Mapping[str, str] = {
    "title": "title",
    "version": "version",
    "doi": "doi",
    "url": "url",
    "abstract": "abstract",
    "license": "license",
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "number-volumes": "volumes",
    "edition": "edition",
    "isbn": "isbn",
    "issn": "issn",
    "pmcid": "pmcid",
    "date-accessed": "urldate",
    "notes": "note",
    "medium": "howpublished",
    "thesis-type": "type",
    "collection-title": "",
    "journal": "",
    "pages": "pagetotal",
    "issue-title": "issuetitle",
    "section": "chapter",
}
_PEOPLE: Mapping[str, str] = {"authors": "author", "editors": "editor", "translators": "translator"}
_NAMES = frozenset({"family-names", "given-names", "name-particle", "name-suffix", "name"})
_FRAME = frozenset({"cff-version", "message", "type", "preferred-citation", "references"})
_FIRST = re.compile(r"^cff-version[ \t]*:", re.MULTILINE)


def looks_like_cff(content: bytes) -> bool:
    """Whether a file says the version of the format that it is in."""
    return _FIRST.search(start_of(content)) is not None


def read_cff(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a CFF file, with the faults of its YAML. Never raises for what the file holds."""
    decoded = decode_bytes(content, path)
    loaded = load_plain(decoded.value, path)
    records = list(_records(loaded.value, decoded.value, path)) if isinstance(loaded.value, dict) else []
    read = references_of(records)
    return Parsed(read.value, (*decoded.diagnostics, *loaded.diagnostics, *read.diagnostics))


def _records(root: Mapping[str, Any], text: str, path: str) -> Iterator[Record]:
    yield _record({"type": "software", **root}, Span(path))
    for name in ("preferred-citation", "references"):
        found = re.search(rf"^{name}[ \t]*:", text, re.MULTILINE)
        place = Span(path, text.count("\n", 0, found.start()) + 1 if found else 1)
        value = root.get(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield _record(each, place)


def _record(work: Mapping[str, Any], place: Span) -> Record:
    named = str(work.get("type", ""))
    kind = (_TYPES[named] or named) if named in _TYPES else "misc"
    fields: dict[str, str | Sequence[str]] = {}
    for name, field in _PEOPLE.items():
        if people := tuple(_people(work.get(name))):
            fields[field] = people
            if details := _details(work[name]):
                fields[f"cff-{name}"] = details
    _date(work, fields)
    _host(work, kind, fields)
    for name, value in work.items():
        _put(fields, name, value)
    return Record(kind, "", fields, place)


def _people(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else []:
        if not isinstance(each, dict):
            continue
        parts = {name: part for name, part in each.items() if isinstance(part, str)}
        family = " ".join(filter(None, (parts.get("name-particle"), parts.get("family-names"))))
        if family:
            yield ", ".join(filter(None, (family, parts.get("name-suffix"), parts.get("given-names"))))
        elif alone := parts.get("name") or parts.get("given-names") or parts.get("alias"):
            yield Body(alone)


def _details(people: Sequence[Any]) -> str:
    """What is said of people beside their names: identifiers, bodies, addresses."""
    told = []
    for each in people:
        if isinstance(each, dict) and (rest := {name: part for name, part in each.items() if name not in _NAMES}):
            whose = each.get("family-names") or each.get("name") or each.get("alias") or ""
            told.append(f"{whose} ({_text(rest)})")
    return "; ".join(told)


def _date(work: Mapping[str, Any], fields: dict[str, str | Sequence[str]]) -> None:
    date = work.get("date-released") or work.get("date-published")
    if not date and (year := work.get("year")):
        month = number_in(str(work.get("month") or ""))
        date = str(year) if month is None else f"{year}-{month:02d}"
    if isinstance(date, str):
        fields["date"] = date


def _host(work: Mapping[str, Any], kind: str, fields: dict[str, str | Sequence[str]]) -> None:
    """What it is a part of, who published it, its pages."""
    host = _name(work.get("journal")) or _name(work.get("collection-title"))
    pattern = entry_type(kind).pattern
    if host:
        fields[{Pattern.ARTICLE: "journaltitle", Pattern.PART: "booktitle"}.get(pattern, "series")] = host
    if event := _name(work.get("conference")):
        fields["eventtitle"] = event
    if house := _name(work.get("publisher")) or _name(work.get("institution")):
        fields["publisher"] = (house,)
    first, last = _name(work.get("start")), _name(work.get("end"))
    if first:
        fields["pages"] = f"{first}-{last}" if last and last != first else first
    address = next((_name(work.get(name)) for name in ("url", "repository-code", "repository") if work.get(name)), "")
    if address:
        fields["url"] = address
    for each in work.get("identifiers") or () if isinstance(work.get("identifiers"), list) else ():
        if isinstance(each, dict) and each.get("type") == "doi" and not work.get("doi"):
            fields.setdefault("doi", _name(each.get("value")))
    words = work.get("keywords")
    if isinstance(words, list):
        fields["keywords"] = tuple(word for word in words if isinstance(word, str))


def _put(fields: dict[str, str | Sequence[str]], name: str, value: Any) -> None:
    """A value under its field, or kept under the name of its key."""
    if name in _FRAME or name in _PEOPLE or not value:
        return
    placed = {each for value in fields.values() for each in ((value,) if isinstance(value, str) else value)}
    text = _text(value)
    field = _FIELDS.get(name, "")
    if field and isinstance(value, str):
        fields.setdefault(field, value)
    elif text not in placed and name not in ("year", "month", "start", "end", "keywords"):
        fields[f"cff-{name}"] = text


def _name(value: Any) -> str:
    """A text, or the name of an object that has one."""
    found = value.get("name") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return _name(value) or ", ".join(f"{name}: {_text(each)}" for name, each in value.items())
    return "; ".join(map(_text, value)) if isinstance(value, list) else str(value)
