"""A set of an archive that is harvested by OAI-PMH: HAL, OpenEdition, a catalogue of Koha or PMB.

Source: The Open Archives Initiative Protocol for Metadata Harvesting 2.0.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

from biblio.formats.dc_items import read_dublin_core
from biblio.formats.marc.reader import read_marcxml
from biblio.formats.mods import read_mods
from biblio.formats.xml_tree import Element, markup, read_xml
from biblio.online.client import Client
from biblio.online.received import Received
from biblio.online.sources import SourceSettings
from biblio.reference.reference import Reference
from biblio.words.faults import BiblioError, Diagnostic, Parsed, diagnose

MOST_PAGES = 2_000
_XML = "text/xml, application/xml;q=0.9"
# How the formats begin that archives give records in, and what reads each.
_READERS: tuple[tuple[str, Callable[[bytes, str], Parsed[tuple[Reference, ...]]]], ...] = (
    ("oai_dc", read_dublin_core),
    ("qdc", read_dublin_core),
    ("dc", read_dublin_core),
    ("oai_qdc", read_dublin_core),
    ("mods", read_mods),
    ("oai_mods", read_mods),
    ("marc", read_marcxml),
    ("unimarc", read_marcxml),
    ("oai_marc", read_marcxml),
    ("intermarc", read_marcxml),
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?")


def receive_oai(settings: SourceSettings, client: Client, cursor: str) -> Received:
    """What is new or deleted in a set since the date ``cursor``; everything without one. Raises ``BiblioError``."""
    prefix = settings.get("prefix") or "oai_dc"
    read = next((reader for start, reader in _READERS if prefix.lower().startswith(start)), None)
    if read is None:
        known = ", ".join(start for start, _ in _READERS)
        raise BiblioError(diagnose("E188", source=settings.name, prefix=prefix, known=known))
    asked = {"verb": "ListRecords", "metadataPrefix": prefix}
    if settings.get("set"):
        asked["set"] = settings.get("set")
    if cursor:
        asked["from"] = cursor
    records: dict[str, Reference] = {}
    gone: set[str] = set()
    faults: list[Diagnostic] = []
    since, tokens = "", set[str]()
    for _ in range(MOST_PAGES):
        top = _page(settings, client, asked)
        since = since or _cursor(top.word("responseDate"), cursor)
        error = top.first("error")
        if error is not None:
            if error.attributes.get("code") == "noRecordsMatch":
                break
            told = f"{error.attributes.get('code', '')} {error.text}".strip()[:200]
            raise BiblioError(diagnose("E189", source=settings.name, told=told))
        for record in top.every("ListRecords", "record"):
            header = record.first("header")
            name = header.word("identifier") if header else ""
            if header is None or not name:
                continue
            if header.attributes.get("status") == "deleted":
                records.pop(name, None)
                gone.add(name)
                continue
            made = read(markup(record.first("metadata")).encode(), settings.name)
            if made.value:
                gone.discard(name)
                records[name] = made.value[0]
            faults += made.diagnostics
        token = top.word("ListRecords", "resumptionToken")
        if not token:
            break
        if token in tokens:
            raise BiblioError(diagnose("E184", source=settings.name, found="resumptionToken"))
        tokens.add(token)
        asked = {"verb": "ListRecords", "resumptionToken": token}
    return Received(records, frozenset(gone), None, since, not records and not gone, tuple(faults))


def _page(settings: SourceSettings, client: Client, asked: dict[str, str]) -> Element:
    address = settings.get("address")
    joint = "&" if "?" in address else "?"
    answer = client.get(f"{address}{joint}{urlencode(asked)}", _XML, kept=False, pause=1.0)
    top = read_xml(answer.body, settings.name).value.first("OAI-PMH") if answer.status == 200 else None
    if top is None or not top.complete:
        raise BiblioError(diagnose("E184", source=settings.name, found=answer.media_type[:60] or "–"))
    return top


def _cursor(date: str, before: str) -> str:
    """From when to ask the next time: the day of the answer, for every archive knows days."""
    return date[:10] if _DATE.fullmatch(date) else before
