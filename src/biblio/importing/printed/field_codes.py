"""The citations that Zotero and Mendeley leave in the field codes of a document: CSL items, taken as they are.

Sources: Zotero's word processor plug-ins (``ADDIN ZOTERO_ITEM CSL_CITATION``, ``ZOTERO_BREF_…`` properties), Mendeley's
(``ADDIN CSL_CITATION``, content controls with a tag ``MENDELEY_CITATION_v3_…`` in base64).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_CITATION = re.compile(r"CSL_CITATION\s*(?=\{)")
_MENDELEY = re.compile(r"MENDELEY_CITATION_v\d+_(?P<code>[A-Za-z0-9+/=_-]+)")
_LONGEST = 4_000_000
_MOST_ITEMS = 20_000


def items_in(code: str) -> tuple[Mapping[str, Any], ...]:
    """The CSL items of a field code, or of the tag of a content control; none for any other code."""
    if len(code) > _LONGEST:
        return ()
    found = _CITATION.search(code)
    if found:
        return _items(code[found.end() :])
    tag = _MENDELEY.search(code)
    if tag:
        try:
            padded = tag["code"] + "=" * (-len(tag["code"]) % 4)
            text = base64.b64decode(padded.replace("-", "+").replace("_", "/"))
        except (binascii.Error, ValueError):
            return ()
        return _items(text.decode("utf-8", "replace"))
    return ()


def is_bibliography(code: str) -> bool:
    """Whether a field's result is the list of what is cited, as the plug-in sets it."""
    return "ZOTERO_BIBL" in code or "CSL_BIBLIOGRAPHY" in code or "MENDELEY_BIBLIOGRAPHY" in code


def each_once(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The items, those cited several times once, without the numbers by which the program counts them."""
    seen: dict[str, dict[str, Any]] = {}
    for item in items:
        bare = {name: value for name, value in item.items() if name not in ("id", "uris", "uri")}
        key = json.dumps(bare, sort_keys=True, ensure_ascii=False, default=str)
        if len(seen) < _MOST_ITEMS:
            seen.setdefault(key, bare)
    return list(seen.values())


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
