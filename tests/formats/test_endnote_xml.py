"""Records of EndNote in XML."""

from __future__ import annotations

import pytest

from biblio.importing.files import read_file
from biblio.reference.reference import Reference


def record(kind: str, inside: str) -> str:
    return f'<record><database>a</database><ref-type name="{kind}">0</ref-type>{inside}</record>'


def only(content: str) -> Reference:
    (reference,) = read_file(f"<xml><records>{content}</records></xml>".encode(), "a.xml").value.references
    return reference


ARTICLE = record(
    "Journal Article",
    """<contributors><authors><author><style face="normal">Roux, Marie</style></author>
    <author>Santé et territoires,</author></authors></contributors>
    <titles><title><style>Un </style><style face="italic">article</style></title>
    <secondary-title>Revue</secondary-title></titles><periodical><full-title>Revue</full-title></periodical>
    <pages>12–15</pages><volume>3</volume><number>4</number>
    <keywords><keyword>Soin</keyword><keyword>Ville</keyword></keywords>
    <dates><year>2010</year><pub-dates><date>May 12</date></pub-dates></dates><isbn>1234-5679</isbn>
    <electronic-resource-num>https://doi.org/10.1234/abc</electronic-resource-num>
    <urls><related-urls><url>https://example.org/a</url></related-urls></urls>""",
)


def test_an_article() -> None:
    reference = only(ARTICLE)
    assert (reference.entry_type, dict(reference.raw)) == (
        "article",
        {
            "author": "Roux, Marie and {Santé et territoires}",
            "title": "Un article",
            "volume": "3",
            "doi": "10.1234/abc",
            "keywords": "Soin, Ville",
            "date": "2010-05-12",
            "number": "4",
            "journaltitle": "Revue",
            "pages": "12-15",
            "issn": "1234-5679",
            "url": "https://example.org/a",
        },
    )


TITLES = "<titles><title>Titre</title><secondary-title>Autre</secondary-title></titles>"
PEOPLE = "<contributors><secondary-authors><author>Roux, Marie</author></secondary-authors></contributors>"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Book", {"entry": "book", "series": "Autre", "editor": "Roux, Marie", "pagetotal": "132"}),
        ("Book Section", {"entry": "incollection", "booktitle": "Autre", "editor": "Roux, Marie", "pages": "132"}),
        ("Report", {"entry": "report", "series": "Autre", "editor": "Roux, Marie", "pagetotal": "132"}),
    ],
)
def test_what_stands_second_depends_on_the_type(kind: str, expected: dict[str, str]) -> None:
    reference = only(record(kind, TITLES + PEOPLE + "<pages>132</pages>"))
    assert {"entry": reference.entry_type, **reference.raw} == {"title": "Titre", **expected}


def test_what_has_no_place_is_said_once() -> None:
    content = record("Book", TITLES + "<custom1>x</custom1>") * 2
    read = read_file(f"<xml><records>{content}</records></xml>".encode(), "a.xml")
    assert [(fault.code, fault.arguments.get("fields")) for fault in read.diagnostics] == [("P308", "custom1 (2)")]


@pytest.mark.parametrize(
    ("typed", "name", "kept"),
    [
        ("1234-5679", "issn", "1234-5679"),
        ("ISSN 1234-5679 ; 2049-3630 (en ligne)", "issn", "1234-5679, 2049-3630"),
        ("Print 12345679", "issn", "12345679"),
        ("978-2-13-045789-0", "isbn", "978-2-13-045789-0"),
        ("978-2-13-045789-0 ; ISSN 1234-5679", "isbn", "978-2-13-045789-0 ; ISSN 1234-5679"),
    ],
)
def test_an_issn_is_told_from_an_isbn(typed: str, name: str, kept: str) -> None:
    reference = only(record("Book", f"<titles><title>Un</title></titles><isbn>{typed}</isbn>"))
    assert {key: value for key, value in reference.raw.items() if key in ("isbn", "issn")} == {name: kept}


@pytest.mark.parametrize("kind", ["Conference", "Generic"])
def test_what_stands_on_pages_is_a_part_whatever_its_type(kind: str) -> None:
    reference = only(
        record(
            kind,
            "<titles><title>Un</title><secondary-title>Actes</secondary-title><tertiary-title>Cahiers</tertiary-title>"
            "</titles><dates><year>2018</year><month>12</month></dates><pages>3-9</pages>",
        )
    )
    assert [reference.raw[name] for name in ("booktitle", "series", "pages", "date")] == [
        "Actes",
        "Cahiers",
        "3-9",
        "2018-12",
    ]
