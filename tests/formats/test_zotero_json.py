"""Items of Zotero in JSON: as its interface answers, and as Better BibTeX exports them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from biblio.importing.files import format_of, read_file
from biblio.reference.reference import Reference

ARTICLE = {
    "key": "ABTFWQ5G",
    "itemType": "journalArticle",
    "title": "Marcher en <i>ville</i>",
    "creators": [
        {"creatorType": "author", "firstName": "Anne", "lastName": "Roux"},
        {"creatorType": "author", "name": "Haute Autorité de santé"},
        {"creatorType": "translator", "firstName": "Paul", "lastName": "Petit"},
        {"creatorType": "contributor", "firstName": "Luc", "lastName": "Morel"},
    ],
    "publicationTitle": "La Santé en action",
    "journalAbbreviation": "Santé action",
    "volume": "18",
    "issue": "2",
    "pages": "12-19",
    "date": "2021-03",
    "DOI": "10.1000/abc.1",
    "ISSN": "2270-3624",
    "url": "https://example.org/article",
    "accessDate": "2022-01-05T10:00:00Z",
    "language": "fr",
    "extra": "PMID: 31425014\nCitation Key: roux-marcher\nlu en commission",
    "tags": [{"tag": "ville"}, {"tag": "marche", "type": 1}],
    "dateAdded": "2022-01-05T10:00:00Z",
    "version": 12,
    "relations": {},
}
NOTE = {"key": "N1", "itemType": "note", "parentItem": "ABTFWQ5G", "note": "<p>À relire</p>"}
FILE = {"key": "F1", "itemType": "attachment", "parentItem": "ABTFWQ5G", "title": "PDF", "creators": []}


def read(value: Any) -> list[Reference]:
    content = json.dumps(value).encode()
    row = format_of(content, "export.json")
    assert row is not None
    assert row.name == "zotero-json"
    return list(read_file(content, "export.json").value.references)


@pytest.mark.parametrize(
    "value",
    [
        [{"key": each["key"], "data": each, "links": {}, "meta": {}} for each in (ARTICLE, NOTE, FILE)],
        [ARTICLE, NOTE, FILE],
        {
            "config": {"label": "BetterBibTeX JSON", "preferences": {f"setting{n}": "x" * 50 for n in range(3_000)}},
            "items": [{**ARTICLE, "notes": [{"note": "<p>À relire</p>"}]}],
        },
    ],
)
def test_an_item_is_a_reference_whole(value: Any) -> None:
    (article,) = read(value)
    assert article.entry_type == "article"
    plain = ("title", "journaltitle", "volume", "number", "pages", "date", "doi")
    assert {name: article.raw[name] for name in plain} == {
        "title": "Marcher en \\emph{ville}",
        "journaltitle": "La Santé en action",
        "volume": "18",
        "number": "2",
        "pages": "12-19",
        "date": "2021-03",
        "doi": "10.1000/abc.1",
    }  # fmt: skip
    assert article.raw["author"] == "Roux, Anne and {Haute Autorité de santé}"
    assert article.raw["translator"] == "Petit, Paul"
    assert article.raw["zotero-contributor"] == "Morel, Luc"
    assert (article.raw["keywords"], article.raw["urldate"]) == ("ville, marche", "2022-01-05")
    assert (article.raw["note"], article.raw["internalnote"]) == ("lu en commission", "À relire")
    assert (article.raw["pmid"], article.citekey) == ("31425014", "roux-marcher")


def test_collections_of_an_export_have_their_names() -> None:
    items = [{**ARTICLE, "itemID": 7}]
    collections = {"C1": {"name": "CLS", "items": [7]}, "C2": {"name": "Autres", "items": [8]}}
    (article,) = read({"config": {"label": "BetterBibTeX JSON"}, "collections": collections, "items": items})
    assert article.raw["collections"] == "CLS"


@pytest.mark.parametrize(
    ("kind", "field", "entry_type", "name"),
    [
        ("bookSection", "bookTitle", "incollection", "booktitle"),
        ("conferencePaper", "proceedingsTitle", "inproceedings", "booktitle"),
        ("thesis", "university", "thesis", "publisher"),
        ("report", "institution", "report", "publisher"),
        ("webpage", "websiteTitle", "online", "journaltitle"),
        ("book", "series", "book", "series"),
    ],
)
def test_the_fields_of_a_type_are_those_of_the_entry(kind: str, field: str, entry_type: str, name: str) -> None:
    (reference,) = read([{"itemType": kind, "title": "Un", "creators": [], field: "Deux"}])
    assert (reference.entry_type, reference.raw.get(name)) == (entry_type, "Deux")


@pytest.mark.parametrize("content", [b'[{"itemType": "book", "creators": [', b'[{"itemType": "book", "tags": [}]'])
def test_json_that_breaks_off_is_told_at_its_place(content: bytes) -> None:
    read = read_file(content, "a.json")
    assert read.value.references == ()
    assert [fault.code for fault in read.diagnostics if fault.code == "P154"] == ["P154"]


@pytest.mark.parametrize(
    "odd",
    [
        {"creators": "Roux"}, {"creators": [None, 3, {"lastName": None}]}, {"tags": ["ville", None]},
        {"title": {"a": 1}, "date": ["2020"]}, {"extra": None, "notes": "x", "collections": 3}, {"volume": 12},
    ],
)  # fmt: skip
def test_odd_values_stop_nothing(odd: dict[str, Any]) -> None:
    (reference,) = read([{"itemType": "book", "publisher": "Seuil", "abstractNote": "a", **odd}])
    assert reference.raw["publisher"] == "Seuil"
