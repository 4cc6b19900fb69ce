"""Reads CSL-JSON: the items of citation processors, Zotero, pandoc, Mendeley and Crossref.

Source: CSL 1.0.2, its schema ``csl-data.json`` and appendices III and IV. ``custom`` has what ``csl_json`` puts there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from biblio.collection.bulk import collector_paused
from biblio.formats.records import Body, Record, marked, own_key, references_of
from biblio.formats.text import decode_bytes, start_of
from biblio.reference.archives import deposited
from biblio.reference.fields import FIELDS, Kind
from biblio.reference.holding import Holding
from biblio.reference.reference import Reference
from biblio.reference.types import ENTRY_TYPES, Pattern, entry_type
from biblio.text.positions import Positions
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

# The types that more than one entry type has, or none.
_TYPES: Mapping[str, str] = {
    "article": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "bill": "legmaterial",
    "book": "book",
    "classic": "book",
    "chapter": "incollection",
    "collection": "misc",
    "document": "misc",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "figure": "image",
    "graphic": "image",
    "hearing": "legmaterial",
    "interview": "misc",
    "legislation": "legislation",
    "manuscript": "manuscript",
    "map": "misc",
    "motion_picture": "movie",
    "musical_score": "music",
    "paper-conference": "inproceedings",
    "post": "online",
    "post-weblog": "online",
    "report": "report",
    "review": "article",
    "review-book": "article",
    "software": "software",
    "song": "audio",
    "speech": "presentation",
    "thesis": "thesis",
    "treaty": "legal",
    "webpage": "online",
    # Crossref's own, which its items bear.
    "journal-article": "article",
    "proceedings-article": "inproceedings",
    "book-chapter": "incollection",
    "edited-book": "collection",
    "monograph": "book",
    "posted-content": "online",
}
_FROM_ROWS = {**{row.csl: row.biblatex for row in reversed(tuple(ENTRY_TYPES.own.values()))}, **_TYPES}
_BY_CSL = {row.csl: row for row in reversed(FIELDS) if row.csl}
_BY_VARIABLE = {row.variable.replace("_", "-"): row for row in FIELDS if not row.private}
_KIND = re.compile(r'"type"\s*:\s*"([a-z_-]+)"')
# What an item says of its document, one at least.
_SAID = re.compile(r'"(?:title|author|editor|issued|container-title|publisher|DOI|URL|ISBN|ISSN|note)"\s*:')
# What the interfaces of other services say of documents, under types of the same names.
_OF_OTHERS = re.compile(
    r'"https://openalex\.org/W|"type"\s*:\s*"dois"|"paperId"\s*:|bibjson|"itemType"\s*:', re.IGNORECASE
)
_SPACE = re.compile(r"[\s,]*")
_LIST = re.compile(r"\s*(?:\{\s*\"(?:items|references)\"\s*:\s*)?\[")
# What an answer of Crossref has around its items, and what an item alone has.
_ANSWER, _OF_AN_ITEM = frozenset({"status", "message-type", "message"}), frozenset({"type", "title", "author", "DOI"})
# Where a variable is not that of a row: what it is for each pattern of notice.
_HOSTS = {
    Pattern.ARTICLE: "journaltitle",
    Pattern.PART: "booktitle",
    Pattern.MONOGRAPH: "series",
    Pattern.LEGAL: "journaltitle",
    Pattern.WEB: "journaltitle",
}
_OTHER = {
    "issue": "number",
    "number": "number",
    "collection-number": "number",
    "container-title-short": "shortjournal",
    "journalAbbreviation": "shortjournal",
    "shortTitle": "shorttitle",
    "event": "eventtitle",
    "genre": "type",
    "part": "part",
    "archive_location": "library",
    "collection-editor": "csl-collection-editor",
}


class _Item(NamedTuple):
    """One item and where it begins in the text."""

    value: Mapping[str, Any]
    offset: int


def looks_like_csl_json(content: bytes) -> bool:
    """Whether a file is JSON that has an object of one of CSL's types."""
    start = start_of(content).lstrip()
    if not start.startswith(("[", "{")) or not _SAID.search(start) or _OF_OTHERS.search(start):
        return False
    return any(kind in _FROM_ROWS for kind in _KIND.findall(start))


def read_csl_json(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a CSL-JSON file: a list, an object with one, one item alone or one a line.

    Where the JSON breaks off the items before are read and the place is told (P154), and so is what is no item. What
    has no field of ours is kept in one named after it. Never raises for what the file holds.
    """
    with collector_paused():
        decoded = decode_bytes(content, path)
        text = decoded.value.removeprefix("\ufeff")
        positions = Positions(text, path)
        faults: list[Diagnostic] = [*decoded.diagnostics]
        records = []
        for found in _items(text):
            line, _ = positions.place(min(found.offset, max(0, len(text) - 1)))
            if isinstance(found, _Item):
                records.append(record_of(found.value, Span(path, line)))
            else:
                faults.append(diagnose("P154", Span(path, line), problem=found.problem))
        read = references_of(records)
        return Parsed(read.value, (*faults, *read.diagnostics))


class _Broken(NamedTuple):
    """A place where the text is no JSON, or no item."""

    problem: str
    offset: int


def _items(text: str) -> Iterator[_Item | _Broken]:
    # Catalogues leave controls in their texts.
    decoder = json.JSONDecoder(strict=False)
    opening = _LIST.match(text)
    position = opening.end() if opening else 0
    while True:
        blank = _SPACE.match(text, position)
        position = blank.end() if blank else position
        if position >= len(text):
            if opening:
                yield _Broken("end of file", position)
            return
        if opening and text[position] == "]":
            return
        try:
            value, end = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            yield _Broken(error.msg, error.pos)
            return
        except (RecursionError, ValueError) as error:
            yield _Broken(type(error).__name__, position)
            return
        items = _items_in(value) if isinstance(value, dict) else ()
        # An object alone that says nothing of a document is another program's.
        if items and (opening or items[0] is not value or value.keys() & _OF_AN_ITEM):
            yield from (_Item(item, position) for item in items)
        elif items != []:
            yield _Broken(f"{str(value)[:40]!r}", position)
        position = end


def _items_in(value: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """The items of an object: itself, those of an answer of Crossref, or those that it has each under its key."""
    if value.keys() & _ANSWER >= {"status", "message"} and isinstance(value["message"], dict):
        message = value["message"]
        items = message.get("items", [message])
        return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else [message]
    inside = [item for item in value.values() if isinstance(item, dict) and item.get("type") in _FROM_ROWS]
    if inside and len(inside) == len(value) and not value.keys() & _OF_AN_ITEM:
        return [{"id": key, **item} for key, item in value.items()]
    return [value]


def record_of(item: Mapping[str, Any], place: Span) -> Record:
    """One item as a record that stands at ``place``."""
    kind = _FROM_ROWS.get(str(item.get("type", "")), "misc")
    pattern = entry_type(kind).pattern
    fields: dict[str, str | Sequence[str]] = {}
    if str(item.get("type", "")) not in _FROM_ROWS and item.get("type"):
        fields["csl-type"] = str(item["type"])
    custom = item.get("custom")
    volume = _text(item.get("volume-title"))
    for given, value in item.items():
        # The title of a volume is a book's own, beside that of the whole work; that of an issue in a journal.
        name = _beside_volume(given, pattern) if volume else given
        if name in ("type", "id", "custom", "citation-key", "citation-label"):
            continue
        _put(fields, *_named(name, pattern), value, given)
    for name, value in custom.items() if isinstance(custom, dict) else ():
        row = _BY_VARIABLE.get(name)
        _put(fields, row.biblatex[0] if row else "", row.kind if row else None, value, name)
    if kind == "article" and (press := str(item["type"]).removeprefix("article-")) in ("newspaper", "magazine"):
        fields.setdefault("entrysubtype", press)
    if fields.get("eid") and fields.get("pages") == fields["eid"]:
        del fields["pages"]  # where other programs look for the number of an article
    if fields.get("url") and fields.get("url") == _address_in_archive(fields):
        del fields["url"]  # and for a preprint
    key = next((str(item[name]) for name in ("citation-key", "id") if isinstance(item.get(name), str)), "")
    return Record(kind, own_key(key), fields, place, key)


def _address_in_archive(fields: Mapping[str, str | Sequence[str]]) -> str:
    """The address that ``eprint`` stands for."""
    found = deposited(str(fields.get("eprinttype", "")), str(fields.get("eprint", "")))
    return found.url if found else ""


def _beside_volume(name: str, pattern: Pattern) -> str:
    """Which variable one is in an item that has the title of a volume."""
    if pattern is Pattern.PART:
        return {"container-title": "main-title", "volume-title": "container-title"}.get(name, name)
    if pattern is Pattern.MONOGRAPH:
        return {"title": "main-title", "volume-title": "title"}.get(name, name)
    return {"volume-title": "issue-title"}.get(name, name)


def _named(name: str, pattern: Pattern) -> tuple[str, Kind | None]:
    """The field of a variable, and its kind; an empty name for one that has no field."""
    if name == "container-title":
        return _HOSTS[pattern], Kind.RICH
    if name in ("main-title", "issue-title"):
        return name.replace("-", ""), Kind.RICH
    if name in _OTHER:
        return _OTHER[name], Kind.LITERAL
    row = _BY_CSL.get(name)
    return (row.biblatex[0], row.kind) if row else ("", None)


def _put(fields: dict[str, str | Sequence[str]], field: str, kind: Kind | None, value: Any, name: str) -> None:
    """One value under its field, or under the name of its variable when it has none or another stands there."""
    made: str | Sequence[str]
    if kind is Kind.NAMES:
        made = tuple(_names(value))
    elif kind is Kind.DATE:
        made = _date(value)
    elif kind is not None and kind in _COMPOSED and isinstance(value, (list, dict)):
        made = "\n".join(_COMPOSED[kind](each) for each in _objects(value))
    else:
        made = _text(value)
        if kind in (Kind.RICH, Kind.PARAGRAPHS) or (kind is Kind.LITERAL and "<" in made):
            made = marked(made.replace("&lt;", "<"))
        elif kind is Kind.LIST:
            made = tuple(part for part in map(str.strip, made.split(";")) if part)
    if made and field and field not in fields:
        fields[field] = made
    elif (plain := made if isinstance(made, str) and made else _text(value)) and fields.get(field) != made:
        fields.setdefault("csl-" + re.sub(r"[^\w]+", "-", name).lower(), plain)


def _objects(value: list[Any] | dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _link(link: Mapping[str, Any]) -> str:
    """A link as a file has it."""
    abstract = "résumé" if link.get("abstract-only") else ""
    details = ", ".join(filter(None, (_text(link.get("format")), _text(link.get("size")), abstract)))
    address = f"<{_text(link['url'])}>" if link.get("url") else ""
    return " ".join(filter(None, (_text(link.get("label")), address, f"({details})" if details else "")))


def _provenance(value: Mapping[str, Any]) -> str:
    """Where an annotation comes from, in the words that a file has."""
    words = ("extrait" if value.get("extract") else "", "d'après" if value.get("adapted") else "")
    return " ".join(filter(None, (*words, _text(value.get("source")))))


def _holding(value: Mapping[str, Any]) -> str:
    """A place and a call number as a file has them."""
    return str(Holding(*(_text(value.get(name)) for name in ("place", "call-number", "terms"))))


_COMPOSED: Mapping[Kind, Callable[[Mapping[str, Any]], str]] = {
    Kind.LINKS: _link,
    Kind.PROVENANCE: _provenance,
    Kind.HOLDINGS: _holding,
}


def _text(value: Any) -> str:
    """A value as text: that of a number, of the first of a list (Crossref's titles) or of an object's parts."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(_text(each) for each in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None or isinstance(value, bool) else str(value)


def _names(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield Body(each)
            continue
        if not isinstance(each, dict):
            continue
        parts = {name: _text(part).strip() for name, part in each.items()}
        literal, family, given = (parts.get(name, "") for name in ("literal", "family", "given"))
        particle = " ".join(filter(None, (parts.get("dropping-particle"), parts.get("non-dropping-particle"))))
        if literal or not family:
            alone = literal or given
            yield "others" if alone.lower() in ("others", "et al.") else Body(alone)
        elif not given and not particle:
            yield Body(family)
        else:
            whole = f"{particle}{'' if particle.endswith(('’', chr(39))) else ' '}{family}".strip()
            yield ", ".join(filter(None, (whole, parts.get("suffix"), given)))


def _date(value: Any) -> str:
    """A date of CSL in EDTF: parts, of a range too, a season, or text as it stands."""
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    points = [_point(part) for part in parts[:2]] if isinstance(parts, list) else []
    points = [point for point in points if point]
    if not points:
        return _text(value.get("raw") or value.get("literal") or "")
    season = _text(value.get("season", ""))
    if len(points) == 1 and len(points[0]) == 4 and season in ("1", "2", "3", "4"):
        points[0] += f"-2{season}"
    circa = "~" if value.get("circa") and len(points) == 1 else ""
    return "/".join(points) + circa


def _point(part: Any) -> str:
    numbers = [_text(each).strip() for each in part] if isinstance(part, list) else []
    if not numbers or not re.fullmatch(r"-?\d{1,4}", numbers[0]):
        return ""
    # CSL counts as historians do: the year before 1 is -1, which is 0 in EDTF.
    year = int(numbers[0])
    made = f"{year:04d}" if year > 0 else f"{year + 1:05d}" if year < -1 else "0000"
    for number in numbers[1:3]:
        if not re.fullmatch(r"\d{1,2}", number) or not int(number):
            break
        # Months 13 to 16 and 21 to 24 are seasons.
        made += f"-{int(number) + 8 if 13 <= int(number) <= 16 and len(made) == 4 else int(number):02d}"
    return made
