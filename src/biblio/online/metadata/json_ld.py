"""The terms of schema.org in JSON-LD.

Source: schema.org, ``CreativeWork`` and the types below it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from biblio.formats.records import Body
from biblio.online.metadata.tags import PageTags
from biblio.online.metadata.values import DOI, Fields, date_of, flat, pages_of, person, words

_MAX_DEPTH = 20

_OF_SCHEMA = {
    "scholarlyarticle": "article",
    "medicalscholarlyarticle": "article",
    "article": "online",
    "newsarticle": "online",
    "reportagenewsarticle": "online",
    "blogposting": "online",
    "webpage": "online",
    "report": "report",
    "book": "book",
    "chapter": "incollection",
    "thesis": "thesis",
    "dataset": "dataset",
    "videoobject": "video",
    "podcastepisode": "audio",
    "softwareapplication": "software",
    "softwaresourcecode": "software",
    "legislation": "legislation",
    "creativework": "online",
}


def said_in_json_ld(page: PageTags) -> tuple[str, Fields]:
    """The kind of the document and its fields; empty where the page has nothing of this."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    for script in page.scripts:
        try:
            value = json.loads(script.strip().removesuffix(";"))
        except (ValueError, RecursionError):
            continue
        found += [(kind, each) for each in _objects(value, 0) if (kind := _schema(each)) in _OF_SCHEMA]
    if not found:
        return "", {}
    # A page often is a WebPage, besides what it is about.
    schema, work = min(found, key=lambda each: (each[0] == "webpage", _OF_SCHEMA[each[0]] == "online"))
    kind = _OF_SCHEMA[schema]
    pages = _said(work.get("pagination")) or pages_of(_said(work.get("pageStart")), _said(work.get("pageEnd")))
    return kind, {
        "title": _said(work.get("headline")) or _said(work.get("name")),
        "author": _makers(work.get("author") or work.get("creator")),
        "date": date_of(_said(work.get("datePublished")) or _said(work.get("dateCreated"))),
        "publisher": "" if kind == "online" else _said(work.get("publisher")),
        "host": _said(work.get("isPartOf")) or (_said(work.get("publisher")) if kind == "online" else ""),
        "langid": _said(work.get("inLanguage")),
        "abstract": _said(work.get("abstract")) or _said(work.get("description")),
        "keywords": words([_said(each) for each in _listed(work.get("keywords"))]),
        "isbn": _said(work.get("isbn")),
        "doi": next((each for each in map(_said, _listed(work.get("identifier"))) if DOI.search(each)), ""),
        "pages": pages,
    }


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD text that are about the page: those of its lists and graphs, and its main entity."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for each in value[:200]:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity"):
            yield from _objects(value.get(name), depth + 1)


def _schema(value: Mapping[str, Any]) -> str:
    kinds = [str(each).rpartition("/")[2].lower() for each in _listed(value.get("@type"))]
    return next((kind for kind in kinds if kind in _OF_SCHEMA), "")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _said(value: Any) -> str:
    """The text of a value: itself, the first of several, or what an object is called."""
    if isinstance(value, list):
        return next((text for each in value if (text := _said(each))), "")
    if isinstance(value, dict):
        names = ("name", "@value", "value", "headline", "alternateName")
        return next((flat(value[name]) for name in names if isinstance(value.get(name), str)), "")
    return flat(str(value)) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _makers(value: Any) -> list[str]:
    made: list[str] = []
    for each in _listed(value)[:200]:
        if isinstance(each, dict):
            family, given = _said(each.get("familyName")), _said(each.get("givenName"))
            name = f"{family}, {given}" if family and given else _said(each)
            if name:
                made.append(Body(name) if str(each.get("@type", "")).endswith("Organization") else person(name))
        elif text := _said(each):
            made.append(person(text))
    return made
