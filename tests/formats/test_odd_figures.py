"""Signs that are digits and no figures, and figures without an end, where files have a month, a day or a place."""

from __future__ import annotations

import json

import pytest

from biblio.importing.files import read_file
from biblio.online.registries import read_registry
from biblio.reference.date import edtf
from biblio.text.figures import number_in

ODD = ("²", "⓪", "9" * 5_000)
WORD = """<?xml version="1.0"?>
<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source>
<b:SourceType>Book</b:SourceType><b:Title>Titre</b:Title><b:Year>2019</b:Year>%s</b:Source></b:Sources>"""
PUBMED = """<?xml version="1.0"?>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><Journal><JournalIssue><PubDate>
<Year>2019</Year><Month>03</Month><Day>%s</Day></PubDate></JournalIssue><Title>Revue</Title></Journal>
<ArticleTitle>Titre</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
FILES = {
    "sources.xml": (WORD % "<b:Month>%s</b:Month>", "2019"),
    "sources-day.xml": (WORD % "<b:Month>3</b:Month><b:Day>%s</b:Day>", "2019-03"),
    "pubmed.xml": (PUBMED, "2019-03"),
    "CITATION.cff": ("cff-version: 1.2.0\ntitle: Titre\nmessage: A\nyear: 2019\nmonth: '%s'\n", "2019"),
}


@pytest.mark.parametrize("odd", ODD, ids=["raised", "circled", "endless"])
@pytest.mark.parametrize("name", FILES)
def test_a_date_is_read_as_far_as_it_is_one(name: str, odd: str) -> None:
    template, date = FILES[name]
    parsed = read_file((template % odd).encode(), name)
    assert [reference.issued and edtf(reference.issued) for reference in parsed.value.references] == [date]


@pytest.mark.parametrize("odd", ODD, ids=["raised", "circled", "endless"])
def test_a_cell_of_a_month_or_a_day_is_no_fault_of_ours(odd: str) -> None:
    table = f"Titre;Année;Mois;Jour;Auteur {odd}\nA;2019;{odd};4;Un\nB;2019;3;{odd};Deux\n"
    parsed = read_file(table.encode(), "table.csv")
    assert [reference.raw["title"] for reference in parsed.value.references] == ["A", "B"]


@pytest.mark.parametrize("odd", ODD, ids=["raised", "circled", "endless"])
def test_a_date_of_a_registry_ends_where_it_is_none(odd: str) -> None:
    message = {"DOI": "10.1000/a", "type": "book", "title": ["Titre"], "issued": {"date-parts": [["2019", odd]]}}
    (reference,) = read_registry(json.dumps({"status": "ok", "message": message}).encode(), "a").value
    assert reference.issued is not None
    assert edtf(reference.issued) == "2019"


def test_numbers() -> None:
    assert [number_in(text) for text in ("12", "٣", "012", "", "-1", "1.0", *ODD)] == [12, 3, 12, *[None] * 6]
    assert number_in("9" * 9) == 999_999_999
