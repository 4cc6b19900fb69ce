"""What a catalogue answers to a query by SRU: that of the BnF, Sudoc, or any other that gives MARC or MODS in XML.

Source: SRU 1.1 and 1.2, Library of Congress.
"""

from __future__ import annotations

from urllib.parse import urlencode

from biblio.formats.dc_items import read_dublin_core
from biblio.formats.marc.reader import looks_like_marcxml, read_marcxml
from biblio.formats.mods import looks_like_mods, read_mods
from biblio.formats.xml_tree import Element, markup, read_xml
from biblio.online.client import Client
from biblio.online.received import Received
from biblio.online.sources import SourceSettings
from biblio.reference.reference import Reference
from biblio.words.faults import BiblioError, Diagnostic, diagnose

MOST = 2_000  # records, without another number in the settings
_A_PAGE = 100
# The schemas of catalogues that are asked without one named.
_SCHEMAS = {"catalogue.bnf.fr": "unimarcxchange", "www.sudoc.abes.fr": "unimarc"}


def receive_sru(settings: SourceSettings, client: Client) -> Received:
    """All that a query finds. Raises ``BiblioError``; E190 where there is more than the settings allow."""
    most = int(settings.get("most") or MOST)
    records: dict[str, Reference] = {}
    faults: list[Diagnostic] = []
    start, count = 1, 1
    while start <= min(count, most):
        top = _page(settings, client, start, min(_A_PAGE, most - start + 1))
        told = top.word("numberOfRecords")
        count = int(told[:9]) if told.isdecimal() else 0
        found = list(top.every("records", "record"))
        for record in found:
            data = record.first("recordData")
            name = _name(record)
            read = _read(data, settings.name) if data else ()
            if name and read:
                records.setdefault(name, read[0])
        if not found:
            break
        start += len(found)
    if count > most:
        faults.append(diagnose("E190", source=settings.name, count=count, most=most))
    present = frozenset(records) if count <= most and len(records) == count else None
    return Received(records, frozenset(), present, "", False, tuple(faults))


def _page(settings: SourceSettings, client: Client, start: int, most: int) -> Element:
    address = settings.get("address")
    host = address.partition("://")[2].partition("/")[0].lower()
    asked = {
        "version": settings.get("version") or "1.2",
        "operation": "searchRetrieve",
        "query": settings.get("query"),
        "startRecord": str(start),
        "maximumRecords": str(most),
    }
    schema = settings.get("schema") or _SCHEMAS.get(host, "")
    if schema:
        asked["recordSchema"] = schema
    joint = "&" if "?" in address else "?"
    answer = client.get(f"{address}{joint}{urlencode(asked)}", "text/xml, application/xml;q=0.9", kept=False, pause=1.0)
    tree = read_xml(answer.body, settings.name).value if answer.status == 200 else None
    top = tree.first("searchRetrieveResponse") if tree else None
    if top is None or not top.complete:
        raise BiblioError(diagnose("E184", source=settings.name, found=answer.media_type[:60] or "–"))
    problem = top.first("diagnostics", "diagnostic")
    if problem is not None:
        told = " ".join(filter(None, (problem.word("message"), problem.word("details"))))[:200]
        raise BiblioError(diagnose("E189", source=settings.name, told=told))
    return top


def _name(record: Element) -> str:
    """What a record is called for good: its address, its number in the catalogue, or what the protocol calls it."""
    for element in record.below("controlfield"):
        if element.attributes.get("tag") in ("003", "001") and element.text:
            return element.text
    return record.word("recordIdentifier") or next((each.text for each in record.below("identifier") if each.text), "")


def _read(data: Element, source: str) -> tuple[Reference, ...]:
    content = markup(data).encode()
    if looks_like_marcxml(content):
        return read_marcxml(content, source).value
    return (read_mods if looks_like_mods(content) else read_dublin_core)(content, source).value
