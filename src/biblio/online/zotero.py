"""A library of Zotero, a group's, or one of its collections: over the web, or from the program on this machine.

Sources: Zotero Web API v3 (basics, syncing); the local API of Zotero 7, which answers alike under
``http://127.0.0.1:23119/api/``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from biblio.formats.csl_items import read_csl_json
from biblio.formats.records import as_word, own_key
from biblio.online.addresses import parse_address
from biblio.online.client import Answer, Client
from biblio.online.received import Received
from biblio.online.sources import SourceSettings
from biblio.reference.reference import Reference
from biblio.words.faults import BiblioError, Diagnostic, diagnose

SERVICE = "https://api.zotero.org"
PORT = "23119"  # of the program on this machine
KEY_VARIABLE = "ZOTERO_API_KEY"
MOST_PAGES = 2_000
_A_PAGE = 100  # items, the most that the service gives
_TRIES = 3
_NEXT = re.compile(r"<([^<>]*)>\s*+;[^,<]*\brel\s*+=\s*+\"?next\b")
_CITATION_KEY = re.compile(r"^[^\S\n]*+citation key\s*+:\s*+(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
# What is no document of its own.
_ASIDE = frozenset({"attachment", "note", "annotation"})
# What an item says of Zotero's own books, and who printed it where.
_LEFT_OUT = frozenset({"id", "source", "citation-key"})


class _MovedError(Exception):
    """The library changed between two pages."""


def receive_zotero(settings: SourceSettings, client: Client, cursor: str, environment: Mapping[str, str]) -> Received:
    """What is new in a library since the version ``cursor``; everything without one. Raises ``BiblioError``."""
    local = settings.kind == "zotero-local"
    library = _Library(settings, client, _headers(settings, environment, local=local), local=local)
    for _ in range(_TRIES):
        try:
            return library.receive(cursor)
        except _MovedError:
            continue
    raise BiblioError(diagnose("E186", source=settings.name))


def _headers(settings: SourceSettings, environment: Mapping[str, str], *, local: bool) -> Mapping[str, str]:
    key = "" if local else environment.get(settings.get("key-variable") or KEY_VARIABLE, "").strip()
    if key and not re.fullmatch(r"[A-Za-z0-9]{1,100}", key):
        raise BiblioError(diagnose("E187", source=settings.name, variable=settings.get("key-variable") or KEY_VARIABLE))
    return {"Zotero-API-Version": "3"} | ({"Zotero-API-Key": key} if key else {})


class _Library:
    """One library, asked at one version."""

    def __init__(self, settings: SourceSettings, client: Client, headers: Mapping[str, str], *, local: bool) -> None:
        self.name = settings.name
        self.client = client
        self.headers = headers
        self.local = local
        service = f"http://127.0.0.1:{settings.get('port') or PORT}/api" if local else SERVICE
        self.library = f"{service}/{settings.get('library') or 'users/0'}"
        collection = settings.get("collection")
        self.items = f"{self.library}/collections/{collection}/items/top" if collection else f"{self.library}/items/top"
        self.version = ""

    def receive(self, cursor: str) -> Received:
        self.version = ""
        unmodified = {"If-Modified-Since-Version": cursor} if cursor else {}
        versions = self._answer(f"{self.items}?format=versions", unmodified)
        if versions.status == 304:
            return Received(cursor=cursor, unchanged=True)
        present = _json(versions, self.name)
        if not isinstance(present, dict):
            raise _odd(self.name, versions)
        records: dict[str, Reference] = {}
        faults: list[Diagnostic] = []
        collections: dict[str, str] | None = None
        asked = {"format": "json", "include": "csljson,data", "limit": str(_A_PAGE), "since": cursor or "0"}
        for page in self._pages(f"{self.items}?{urlencode(asked)}"):
            items = [each for each in page if isinstance(each, dict) and _is_document(each)]
            if collections is None and any(_data(each).get("collections") for each in items):
                collections = self._collections()
            read = _references(items, collections or {}, self.name)
            records |= read[0]
            faults += read[1]
        # Versions also name what is no document: it is of no use to say that it has gone.
        return Received(records, frozenset(), frozenset(map(str, present)), self.version, False, tuple(faults))

    def _collections(self) -> dict[str, str]:
        """The names of the collections by their keys."""
        names: dict[str, str] = {}
        for page in self._pages(f"{self.library}/collections?limit={_A_PAGE}"):
            for each in page:
                data = _data(each) if isinstance(each, dict) else {}
                if isinstance(data.get("name"), str):
                    names[str(data.get("key"))] = " ".join(data["name"].split())
        return names

    def _pages(self, address: str) -> Iterator[Sequence[Any]]:
        """The pages of a list, each leading to the next one."""
        origin = parse_address(address).origin
        for _ in range(MOST_PAGES):
            answer = self._answer(address)
            page = _json(answer, self.name)
            if not isinstance(page, list):
                raise _odd(self.name, answer)
            yield page
            following = _NEXT.search(answer.headers.get("link", "")[:8000])
            if following is None:
                return
            place = parse_address(following[1], parse_address(address))
            # The key goes to the service, and to nobody whom an answer names.
            if place.origin != origin:
                raise _odd(self.name, answer)
            address = str(place)

    def _answer(self, address: str, more: Mapping[str, str] | None = None) -> Answer:
        headers = {**self.headers, **(more or {})}
        answer = self.client.get(address, "application/json", headers=headers, kept=False, local=self.local)
        if answer.status == 404:
            raise BiblioError(diagnose("E185", source=self.name))
        version = answer.headers.get("last-modified-version", "")
        if version and answer.status == 200:
            if self.version and version != self.version:
                raise _MovedError
            self.version = version
        return answer


def _json(answer: Answer, source: str) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise _odd(source, answer) from error


def _odd(source: str, answer: Answer) -> BiblioError:
    return BiblioError(diagnose("E184", source=source, found=answer.media_type[:60] or "–"))


def _data(item: Mapping[str, Any]) -> Mapping[str, Any]:
    data = item.get("data")
    return data if isinstance(data, dict) else {}


def _is_document(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("csljson"), dict) and _data(item).get("itemType") not in _ASIDE and bool(item.get("key"))


def _references(
    items: Sequence[Mapping[str, Any]], collections: Mapping[str, str], source: str
) -> tuple[dict[str, Reference], tuple[Diagnostic, ...]]:
    """The references of some items by their keys, with their tags as keywords and the names of their collections."""
    described = [{name: value for name, value in each["csljson"].items() if name not in _LEFT_OUT} for each in items]
    if not described:
        return {}, ()
    read = read_csl_json(json.dumps(described).encode("utf-8", "replace"), source)
    made: dict[str, Reference] = {}
    for item, reference in zip(items, read.value, strict=True):
        data = _data(item)
        tags = [str(each.get("tag", "")) for each in _listed(data.get("tags")) if isinstance(each, dict)]
        names = [collections[key] for each in _listed(data.get("collections")) if (key := str(each)) in collections]
        words = {"keyword": ("keywords", tags), "collections": ("collections", sorted(names))}
        values: dict[str, Any] = {"citekey": _own_key(item, data), "raw": dict(reference.raw)}
        for variable, (field, listed) in words.items():
            kept = tuple(dict.fromkeys(flat for each in listed if (flat := " ".join(each.split()))))
            if kept:
                values[variable] = kept
                values["raw"][field] = ", ".join(map(as_word, kept))
        made[str(item["key"])] = Reference.of({**reference.__dict__, **values})
    return made, read.diagnostics


def _own_key(item: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """The key of citation that somebody chose: Zotero's, or the one that Better BibTeX keeps among the notes."""
    noted = _CITATION_KEY.search(str(data.get("extra", ""))[:20_000])
    chosen = data.get("citationKey") or item["csljson"].get("citation-key") or (noted[1] if noted else "")
    return own_key(str(chosen))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
