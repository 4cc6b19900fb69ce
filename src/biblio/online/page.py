"""What a web page says of the document that it shows, in the ways that publishers, repositories and blogs have.

Sources: Google Scholar's inclusion guidelines (the « Highwire » tags ``citation_…``), DCMI (Dublin Core in HTML),
schema.org in JSON-LD, OpenURL ContextObjects in Spans (COinS), the Open Graph protocol. Of two ways that a page has,
the first one counts, field by field; nothing on the page is run.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from biblio.formats.records import Body, Record, references_of
from biblio.formats.text import decode_bytes
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span

MOST = 3_000_000  # characters
_MOST_VALUES = 500  # of one name
_MOST_TAGS, _MOST_SCRIPTS = 20_000, 20
_TAG = re.compile(
    r"<(meta|span|link|html|title|script)\b((?:[^<>\"']|\"[^\"]{0,60000}\"|'[^']{0,60000}')*)>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([a-z][a-z0-9:._-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=]+))", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?([\w-]{2,40})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+")
_MAX_DEPTH = 20

Fields = dict[str, str | Sequence[str]]


@dataclass(slots=True)
class _Page:
    """What stands in the tags of a page: its values by name, in lower case, and the texts of some elements."""

    values: dict[str, list[str]] = field(default_factory=dict)
    coins: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str = ""
    language: str = ""
    canonical: str = ""

    def all(self, *names: str) -> list[str]:
        """The values of the first of these names that has any."""
        return next((found for name in names if (found := self.values.get(name))), [])

    def first(self, *names: str) -> str:
        return next(iter(self.all(*names)), "")


def read_page(content: bytes, address: str, day: str) -> Parsed[tuple[Reference, ...]]:
    """The document that a page at an address shows, seen on a day; none for a page without even a title."""
    page = _tags(_text(content))
    ways = (_highwire(page), _coins(page), _dublin_core(page), _json_ld(page), _open_graph(page))
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
    doi = _DOI.search(str(fields.get("doi", "")))
    fields["doi"] = doi[0].lower() if doi else ""
    host = fields.pop("host", "")
    if host:
        place = {"article": "journaltitle", "online": "organization"}.get(kind, "booktitle")
        fields.setdefault(place, host)
    return references_of([Record(kind, "", {name: value for name, value in fields.items() if value}, Span(address))])


def _text(content: bytes) -> str:
    declared = _CHARSET.search(content, 0, 4000)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return content.decode(declared[1].decode("ascii"), "replace")[:MOST]
        except LookupError:
            pass
    return decode_bytes(content, "").value[:MOST]


def _tags(text: str) -> _Page:
    page = _Page()
    titled = False
    text = _without_comments(text)
    for count, tag in enumerate(_TAG.finditer(text)):
        if count > _MOST_TAGS:
            break
        name = tag[1].lower()
        if name == "title":
            if not titled:
                page.title = _flat(_inside(text, tag.end(), name, 2_000))
                titled = True
        elif name == "script":
            if "ld+json" in tag[2] and len(page.scripts) < _MOST_SCRIPTS:
                page.scripts.append(_inside(text, tag.end(), name, 400_000))
        else:
            attributes = {
                match[1].lower(): html.unescape(next(filter(None, match.groups()[1:]), ""))
                for match in _ATTRIBUTE.finditer(tag[2])
            }
            _take(page, name, attributes)
    return page


def _without_comments(text: str) -> str:
    parts, end = [], 0
    while (start := text.find("<!--", end)) >= 0:
        parts.append(text[end:start])
        closing = text.find("-->", start)
        if closing < 0:
            end = len(text)
            break
        end = closing + 3
    return "".join([*parts, text[end:]])


def _inside(text: str, start: int, name: str, most: int) -> str:
    """What stands in an element, up to its end or ``most`` characters."""
    part = text[start : start + most]
    end = part.lower().find(f"</{name}")
    return part if end < 0 else part[:end]


def _take(page: _Page, name: str, attributes: Mapping[str, str]) -> None:
    if name == "html":
        page.language = page.language or attributes.get("lang", attributes.get("xml:lang", ""))
    elif name == "link":
        if attributes.get("rel", "").lower() == "canonical":
            page.canonical = attributes.get("href", "")
    elif name == "span":
        if "Z3988" in attributes.get("class", "") and len(page.coins) < 50:
            page.coins.append(attributes.get("title", ""))
    else:
        key = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        value = _flat(attributes.get("content", ""))
        values = page.values.setdefault(key.strip().lower().replace(":", "."), [])
        if key and value and len(values) < _MOST_VALUES:
            values.append(value)


def _flat(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _highwire(page: _Page) -> tuple[str, Fields]:
    first = page.first
    if not first("citation_title"):
        return "", {}
    fields: Fields = {
        "title": first("citation_title"),
        "author": _people(page.all("citation_author", "citation_authors")),
        "editor": _people(page.all("citation_editor")),
        "date": _date(
            first(
                "citation_publication_date",
                "citation_cover_date",
                "citation_date",
                "citation_year",
                "citation_online_date",
            )
        ),
        "volume": first("citation_volume"),
        "number": first("citation_issue"),
        "pages": _pages(first("citation_firstpage"), first("citation_lastpage")),
        "publisher": first("citation_publisher"),
        "doi": first("citation_doi"),
        "isbn": first("citation_isbn"),
        "issn": first("citation_issn"),
        "pmid": first("citation_pmid"),
        "langid": first("citation_language"),
        "abstract": first("citation_abstract"),
        "keywords": _words(page.all("citation_keywords", "citation_keyword")),
    }
    for kind, name, institution in (
        ("article", "citation_journal_title", ""),
        ("inproceedings", "citation_conference_title", ""),
        ("incollection", "citation_inbook_title", ""),
        ("incollection", "citation_book_title", ""),
        ("thesis", "", "citation_dissertation_institution"),
        ("report", "", "citation_technical_report_institution"),
        ("report", "", "citation_technical_report_number"),
    ):
        if name and first(name) and first(name) != fields["title"]:
            return kind, fields | {"host": first(name)}
        if institution and first(institution):
            if institution.endswith("number"):
                return kind, fields | {"number": first(institution)}
            return kind, fields | {"institution": first(institution), "publisher": ""}
    return "book" if fields["isbn"] else "", fields


def _coins(page: _Page) -> tuple[str, Fields]:
    # A page that lists documents has one for each: what none of them says is what the page shows.
    if len(page.coins) != 1:
        return "", {}
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(html.unescape(page.coins[0]), max_num_fields=500):
        values.setdefault(name.removeprefix("rft.").lower(), []).append(_flat(value))

    def first(*names: str) -> str:
        return next((values[name][0] for name in names if values.get(name)), "")

    form, genre = first("rft_val_fmt"), first("genre")
    person = ", ".join(filter(None, (first("aulast"), first("aufirst"))))
    people = list(dict.fromkeys([*([person] if first("aulast") else []), *_people(values.get("au", []))]))
    fields: Fields = {
        "title": first("atitle", "title", "btitle"),
        "author": people,
        "date": _date(first("date")),
        "volume": first("volume"),
        "number": first("issue"),
        "pages": first("pages") or _pages(first("spage"), first("epage")),
        "publisher": first("pub"),
        "location": first("place"),
        "isbn": first("isbn"),
        "issn": first("issn"),
        "doi": next((each for each in values.get("rft_id", []) if "doi" in each), ""),
        "series": first("series"),
        "edition": first("edition"),
    }
    if form.endswith(":journal"):
        return "article", fields | {"host": first("jtitle", "stitle") or (first("title") if first("atitle") else "")}
    if form.endswith(":book"):
        if genre in ("bookitem", "proceeding") and first("btitle", "title"):
            kind = "incollection" if genre == "bookitem" else "inproceedings"
            return kind, fields | {"host": first("btitle", "title")} if first("atitle") else fields
        return {"report": "report"}.get(genre, "book"), fields
    if form.endswith(":dissertation"):
        return "thesis", fields | {"institution": first("inst", "pub"), "publisher": ""}
    return "", fields


def _dublin_core(page: _Page) -> tuple[str, Fields]:
    def all_of(name: str) -> list[str]:
        return page.all(f"dc.{name}", f"dcterms.{name}")

    def first(name: str) -> str:
        return next(iter(all_of(name)), "")

    identifiers = all_of("identifier")
    return "", {
        "title": first("title"),
        "author": _people(all_of("creator")),
        "date": _date(page.first("dcterms.issued", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created")),
        "publisher": first("publisher"),
        "langid": first("language"),
        "abstract": first("description") or page.first("dcterms.abstract"),
        "keywords": _words(all_of("subject")),
        "doi": next((each for each in identifiers if _DOI.search(each)), ""),
        "host": page.first("dcterms.ispartof", "dc.relation.ispartof"),
    }


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


def _json_ld(page: _Page) -> tuple[str, Fields]:
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
    pages = _said(work.get("pagination")) or _pages(_said(work.get("pageStart")), _said(work.get("pageEnd")))
    return kind, {
        "title": _said(work.get("headline")) or _said(work.get("name")),
        "author": _makers(work.get("author") or work.get("creator")),
        "date": _date(_said(work.get("datePublished")) or _said(work.get("dateCreated"))),
        "publisher": "" if kind == "online" else _said(work.get("publisher")),
        "host": _said(work.get("isPartOf")) or (_said(work.get("publisher")) if kind == "online" else ""),
        "langid": _said(work.get("inLanguage")),
        "abstract": _said(work.get("abstract")) or _said(work.get("description")),
        "keywords": _words([_said(each) for each in _listed(work.get("keywords"))]),
        "isbn": _said(work.get("isbn")),
        "doi": next((each for each in map(_said, _listed(work.get("identifier"))) if _DOI.search(each)), ""),
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
        return next((_flat(value[name]) for name in names if isinstance(value.get(name), str)), "")
    return _flat(str(value)) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _makers(value: Any) -> list[str]:
    made: list[str] = []
    for each in _listed(value)[:200]:
        if isinstance(each, dict):
            family, given = _said(each.get("familyName")), _said(each.get("givenName"))
            name = f"{family}, {given}" if family and given else _said(each)
            if name:
                made.append(Body(name) if str(each.get("@type", "")).endswith("Organization") else _person(name))
        elif text := _said(each):
            made.append(_person(text))
    return made


def _open_graph(page: _Page) -> tuple[str, Fields]:
    first = page.first
    author = [each for each in page.all("article.author", "og.article.author", "author") if "://" not in each]
    return "", {
        "title": first("og.title", "twitter.title"),
        "author": _people(author),
        "date": _date(first("article.published_time", "og.article.published_time", "date")),
        "host": first("og.site_name", "application-name"),
        "abstract": first("og.description", "description", "twitter.description"),
        "langid": first("og.locale").replace("_", "-"),
    }


def _people(names: Sequence[str]) -> list[str]:
    """Names, each apart; several in one value are parted by semicolons."""
    parts = [part.strip() for name in names[:500] for part in name.split(";")]
    return [_person(part) for part in parts if part]


def _person(name: str) -> str:
    """A name in the order of files; one of a single word, or in capitals of a body, as it stands."""
    if "," in name:
        return name
    words = name.split()
    if len(words) < 2 or len(words) > 5:
        return Body(name)
    return f"{words[-1]}, {' '.join(words[:-1])}"


def _words(values: Sequence[str]) -> list[str]:
    parts = [part.strip() for value in values for part in re.split(r"[;,]", value)]
    return list(dict.fromkeys(part for part in parts if part))[:40]


def _pages(first: str, last: str) -> str:
    return f"{first}-{last}" if first and last and first != last else first


def _date(text: str) -> str:
    """A date in EDTF: « 2019/03/01 », « 2019-3 », « 01/03/2019 », the day of a time."""
    text = text.strip()
    if match := _DAY_FIRST.match(text):
        parts = [match[3], match[2], match[1]]
    elif match := _YEAR_FIRST.search(text):
        parts = [part for part in match.groups() if part]
    else:
        return ""
    kept = parts[:1]
    for part, most in zip(parts[1:], (12, 31), strict=False):
        if not 1 <= int(part) <= most:
            break
        kept.append(f"{int(part):02}")
    return "-".join(kept)
