"""What a web page says of the document that it shows, in the ways that publishers, archives and blogs have.

Of two ways that a page has, the first one of ``WAYS`` counts, field by field.
"""

from __future__ import annotations

from collections.abc import Callable

from biblio.formats.records import Record, references_of
from biblio.online.metadata.coins import said_in_coins
from biblio.online.metadata.dublin_core import said_in_dublin_core
from biblio.online.metadata.highwire import said_in_highwire
from biblio.online.metadata.json_ld import said_in_json_ld
from biblio.online.metadata.open_graph import said_in_open_graph
from biblio.online.metadata.tags import PageTags, tags_of
from biblio.online.metadata.values import DOI, Fields
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span

# Each gives the kind of the document, if it says one, and fields by their biblatex names.
WAYS: tuple[Callable[[PageTags], tuple[str, Fields]], ...] = (
    said_in_highwire,
    said_in_coins,
    said_in_dublin_core,
    said_in_json_ld,
    said_in_open_graph,
)


def read_page(content: bytes, address: str, day: str) -> Parsed[tuple[Reference, ...]]:
    """The document that a page at an address shows, seen on a day; none for a page without even a title."""
    page = tags_of(content)
    ways = [said_in(page) for said_in in WAYS]
    kind = next((found for found, _ in ways if found), "online")
    fields: Fields = {}
    for _, said in ways:
        for name, value in said.items():
            if value and name not in fields:
                fields[name] = value
    if not fields.get("title"):
        fields["title"] = page.title
    if not fields["title"]:
        return Parsed(())
    fields.setdefault("langid", page.language)
    fields["url"] = address
    if kind == "online":
        fields["urldate"] = day
    doi = DOI.search(str(fields.get("doi", "")))
    fields["doi"] = doi[0].lower() if doi else ""
    host = fields.pop("host", "")
    if host:
        place = {"article": "journaltitle", "online": "organization"}.get(kind, "booktitle")
        fields.setdefault(place, host)
    return references_of([Record(kind, "", {name: value for name, value in fields.items() if value}, Span(address))])
