"""The citations that Zotero, Mendeley and EndNote leave in the field codes of a document, taken as they are.

Sources: Zotero's word processor plug-ins (``ADDIN ZOTERO_ITEM CSL_CITATION``, ``ZOTERO_BREF_…`` properties), Mendeley's
(``ADDIN CSL_CITATION``, content controls with a tag ``MENDELEY_CITATION_v3_…`` in base64), EndNote's
(``ADDIN EN.CITE`` with records in XML, in the code or in base64 in the field's data; ``ADDIN EN.REFLIST``).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from biblio.formats.csl_items import record_of
from biblio.formats.endnote_xml import fields_of
from biblio.formats.records import Record
from biblio.formats.xml_tree import read_xml
from biblio.words.faults import Span

_CITATION = re.compile(r"CSL_CITATION\s*(?=\{)")
_MENDELEY = re.compile(r"MENDELEY_CITATION_v\d+_(?P<code>[A-Za-z0-9+/=_-]+)")
_LISTS = ("ZOTERO_BIBL", "CSL_BIBLIOGRAPHY", "MENDELEY_BIBLIOGRAPHY", "EN.REFLIST")
ENDNOTE = "endnote"
_LONGEST = 4_000_000
_MOST_ITEMS = 20_000


def items_in(code: str) -> tuple[Mapping[str, Any], ...]:
    """The CSL items of a field code, or of the tag of a content control; none for any other code.

    A record of EndNote is an item with its biblatex type under ``ENDNOTE`` and its fields under ``fields``.
    """
    if len(code) > _LONGEST:
        return ()
    if "EN.CITE" in code:
        return _of_endnote(code[code.find("<EndNote") :]) if "<EndNote" in code else ()
    found = _CITATION.search(code)
    if found:
        return _items(code[found.end() :])
    tag = _MENDELEY.search(code)
    if tag:
        return _items(_of_base64(tag["code"].replace("-", "+").replace("_", "/")))
    return ()


def items_of_data(data: str) -> tuple[Mapping[str, Any], ...]:
    """The items of the data that Word keeps beside a field code, in base64."""
    text = _of_base64("".join(data.split())) if len(data) <= _LONGEST else ""
    return _of_endnote(text) if text.startswith("<EndNote") else ()


def record_of_item(item: Mapping[str, Any], place: Span) -> Record:
    """An item as a record that stands at ``place``."""
    return Record(item[ENDNOTE], "", item["fields"], place) if ENDNOTE in item else record_of(item, place)


def is_bibliography(code: str) -> bool:
    """Whether a field's result is the list of what is cited, as the plug-in sets it."""
    return any(name in code for name in _LISTS)


def each_once(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The items, those cited several times once, without the numbers by which the program counts them."""
    seen: dict[str, dict[str, Any]] = {}
    for item in items:
        bare = {name: value for name, value in item.items() if name not in ("id", "uris", "uri")}
        key = json.dumps(bare, sort_keys=True, ensure_ascii=False, default=str)
        if len(seen) < _MOST_ITEMS:
            seen.setdefault(key, bare)
    return list(seen.values())


def _of_base64(code: str) -> str:
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _of_endnote(text: str) -> tuple[Mapping[str, Any], ...]:
    records = read_xml(text.encode("utf-8", "replace"), "").value.below("record")
    return tuple({ENDNOTE: kind, "fields": fields} for kind, fields in map(fields_of, records) if fields)


def _items(text: str) -> tuple[Mapping[str, Any], ...]:
    try:
        value, _ = json.JSONDecoder().raw_decode(text.strip())
    except (ValueError, RecursionError):
        return ()
    cited = value.get("citationItems") if isinstance(value, dict) else None
    if not isinstance(cited, list):
        return ()
    data = [each.get("itemData") for each in cited if isinstance(each, dict)]
    return tuple(each for each in data if isinstance(each, dict))
