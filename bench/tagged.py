"""References in the formats that biblio reads and does not write: as plain as their programs write them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from biblio.formats import FORMATS
from biblio.reference.reference import Reference

Item = Mapping[str, Any]


def written(name: str, references: Sequence[Reference]) -> bytes:
    """A file of these references in the format ``name``, one of ``WRITERS``."""
    items = json.loads(FORMATS["csl-json"].written(references))
    for item in items:
        item.setdefault("title", "Sans titre")
    return WRITERS[name](items).encode()


def _value(item: Item, name: str) -> str:
    return " ".join(str(item.get(name, "")).split())


def _year(item: Item) -> str:
    parts = item.get("issued", {}).get("date-parts", [[""]])
    return str(parts[0][0])


def _people(item: Item) -> list[tuple[str, str]]:
    return [(each.get("family", each.get("literal", "")), each.get("given", "")) for each in item.get("author", ())]


def _names(item: Item) -> list[str]:
    return [", ".join(filter(None, person)) for person in _people(item)]


def _lines(rows: Sequence[tuple[str, str]], form: str) -> str:
    return "\n".join(form.format(tag, value) for tag, value in rows if value)


def _medline(items: Sequence[Item]) -> str:
    return "\n\n".join(
        _lines(
            [
                ("PMID", str(number)),
                ("TI", _value(item, "title")),
                ("AB", _value(item, "abstract")),
                *(("FAU", name) for name in _names(item)),
                ("LA", "fre"),
                ("PT", "Journal Article"),
                ("DP", _year(item)),
                ("JT", _value(item, "container-title")),
                ("VI", _value(item, "volume")),
                ("IP", _value(item, "issue")),
                ("PG", _value(item, "page")),
                ("AID", f"{_value(item, 'DOI')} [doi]" if "DOI" in item else ""),
            ],
            "{:<4}- {}",
        )
        for number, item in enumerate(items, 20_000_000)
    )


def _wos(items: Sequence[Item]) -> str:
    records = "\n\n".join(
        _lines(
            [
                ("PT", "J"),
                ("AF", "\n   ".join(_names(item))),
                ("TI", _value(item, "title")),
                ("SO", _value(item, "container-title")),
                ("AB", _value(item, "abstract")),
                ("PY", _year(item)),
                ("VL", _value(item, "volume")),
                ("IS", _value(item, "issue")),
                ("DI", _value(item, "DOI")),
                ("UT", f"WOS:{number:015}"),
            ],
            "{} {}",
        )
        + "\nER"
        for number, item in enumerate(items, 1)
    )
    return f"FN Clarivate Analytics Web of Science\nVR 1.0\n{records}\n\nEF\n"


def _ovid(items: Sequence[Item]) -> str:
    return "\n\n".join(
        f"<{number}>\n"
        + _lines(
            [
                ("Unique Identifier", str(number)),
                ("Title", _value(item, "title")),
                ("Authors", "; ".join(_names(item))),
                ("Source", f"{_value(item, 'container-title')}. {_year(item)}."),
                ("Abstract", _value(item, "abstract")),
                ("Year of Publication", _year(item)),
            ],
            "{}\n  {}",
        )
        for number, item in enumerate(items, 1)
    )


def _refer(items: Sequence[Item]) -> str:
    return "\n\n".join(
        _lines(
            [
                ("0", "Journal Article"),
                *(("A", name) for name in _names(item)),
                ("T", _value(item, "title")),
                ("J", _value(item, "container-title")),
                ("D", _year(item)),
                ("V", _value(item, "volume")),
                ("N", _value(item, "issue")),
                ("X", _value(item, "abstract")),
                ("U", _value(item, "URL")),
            ],
            "%{} {}",
        )
        for item in items
    )


def _refworks(items: Sequence[Item]) -> str:
    return "\n\n".join(
        _lines(
            [
                ("RT", "Journal Article"),
                ("ID", str(number)),
                *(("A1", name) for name in _names(item)),
                ("T1", _value(item, "title")),
                ("JF", _value(item, "container-title")),
                ("YR", _year(item)),
                ("VO", _value(item, "volume")),
                ("AB", _value(item, "abstract")),
                ("UL", _value(item, "URL")),
            ],
            "{} {}",
        )
        for number, item in enumerate(items, 1)
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _pubmed_xml(items: Sequence[Item]) -> str:
    def one(number: int, item: Item) -> str:
        authors = "".join(
            f"<Author>{_element('LastName', family)}{_element('ForeName', given)}</Author>"
            for family, given in _people(item)
        )
        return (
            f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><Journal><JournalIssue>"
            f"{_element('Volume', _value(item, 'volume'))}<PubDate>{_element('Year', _year(item))}</PubDate>"
            f"</JournalIssue>{_element('Title', _value(item, 'container-title'))}</Journal>"
            f"{_element('ArticleTitle', _value(item, 'title'))}"
            f"<Abstract>{_element('AbstractText', _value(item, 'abstract'))}</Abstract>"
            f"<AuthorList>{authors}</AuthorList></Article></MedlineCitation></PubmedArticle>"
        )

    records = "\n".join(one(number, item) for number, item in enumerate(items, 20_000_000))
    return f"<PubmedArticleSet>\n{records}\n</PubmedArticleSet>\n"


def _word_sources(items: Sequence[Item]) -> str:
    def one(number: int, item: Item) -> str:
        people = "".join(
            f"<b:Person>{_element('b:Last', family)}{_element('b:First', given)}</b:Person>"
            for family, given in _people(item)
        )
        return (
            f"<b:Source><b:Tag>T{number}</b:Tag><b:SourceType>JournalArticle</b:SourceType>"
            f"{_element('b:Title', _value(item, 'title'))}{_element('b:Year', _year(item))}"
            f"<b:Author><b:Author><b:NameList>{people}</b:NameList></b:Author></b:Author>"
            f"{_element('b:JournalName', _value(item, 'container-title'))}{_element('b:URL', _value(item, 'URL'))}"
            f"{_element('b:Comments', _value(item, 'abstract'))}</b:Source>"
        )

    records = "\n".join(one(number, item) for number, item in enumerate(items, 1))
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
    return f'<b:Sources xmlns:b="{namespace}">\n{records}\n</b:Sources>\n'


def _zotero_rdf(items: Sequence[Item]) -> str:
    def one(number: int, item: Item) -> str:
        people = "".join(
            f"<rdf:li><foaf:Person>{_element('foaf:surname', family)}{_element('foaf:givenName', given)}"
            "</foaf:Person></rdf:li>"
            for family, given in _people(item)
        )
        return (
            f'<bib:Article rdf:about="#item_{number}"><z:itemType>journalArticle</z:itemType>'
            f"<bib:authors><rdf:Seq>{people}</rdf:Seq></bib:authors>{_element('dc:title', _value(item, 'title'))}"
            f"{_element('dcterms:abstract', _value(item, 'abstract'))}{_element('dc:date', _year(item))}"
            f"<dcterms:isPartOf><bib:Journal>{_element('dc:title', _value(item, 'container-title'))}</bib:Journal>"
            "</dcterms:isPartOf></bib:Article>"
        )

    records = "\n".join(one(number, item) for number, item in enumerate(items, 1))
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:bib="http://purl.org/net/biblio#" '
        'xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:foaf="http://xmlns.com/foaf/0.1/">\n'
        f"{records}\n</rdf:RDF>\n"
    )


def _marc21(items: Sequence[Item]) -> str:
    """MARC 21 in XML, a book a record."""

    def field(tag: str, *parts: tuple[str, str]) -> str:
        inside = "".join(f'<subfield code="{code}">{escape(value)}</subfield>' for code, value in parts if value)
        return f'<datafield tag="{tag}" ind1=" " ind2=" ">{inside}</datafield>' if inside else ""

    def one(number: int, item: Item) -> str:
        first, *others = _names(item) or [""]
        return (
            f'<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">{number}</controlfield>'
            f'<controlfield tag="008">130101s{_year(item):<4.4}    fr            000 0 fre d</controlfield>'
            + field("020", ("a", _value(item, "ISBN")))
            + field("100", ("a", first))
            + field("245", ("a", f"{_value(item, 'title')} /"), ("c", " ; ".join(_names(item))))
            + field("260", ("a", f"{_value(item, 'publisher-place')} :"), ("b", f"{_value(item, 'publisher')},"))
            + field("300", ("a", f"{number % 500} p."))
            + field("520", ("a", _value(item, "abstract")))
            + "".join(field("700", ("a", name)) for name in others)
            + "</record>"
        )

    records = "\n".join(one(number, item) for number, item in enumerate(items, 1))
    return f'<collection xmlns="http://www.loc.gov/MARC21/slim">\n{records}\n</collection>\n'


WRITERS: Mapping[str, Callable[[Sequence[Item]], str]] = {
    "medline": _medline,
    "wos": _wos,
    "ovid": _ovid,
    "refer": _refer,
    "refworks": _refworks,
    "pubmed-xml": _pubmed_xml,
    "word-sources": _word_sources,
    "zotero-rdf": _zotero_rdf,
    "marc21-xml": _marc21,
}
