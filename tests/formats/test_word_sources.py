"""The sources of Word."""

from __future__ import annotations

from biblio.importing.files import read_file

SOURCES = """<?xml version="1.0"?>
<b:Sources SelectedStyle="" xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">
<b:Source><b:Tag>Dup19</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Guid>{1}</b:Guid><b:Title>Le soin</b:Title>
<b:Author><b:Author><b:NameList><b:Person><b:Last>Dupont</b:Last><b:First>Jean</b:First><b:Middle>P.</b:Middle></b:Person>
<b:Person><b:Last>Roux</b:Last></b:Person></b:NameList></b:Author></b:Author><b:JournalName>Prescrire</b:JournalName>
<b:Year>2019</b:Year><b:Month>mars</b:Month><b:Day>5</b:Day><b:Volume>12</b:Volume><b:Issue>4</b:Issue>
<b:Pages>12–15</b:Pages><b:StandardNumber>ISSN 1234-5679</b:StandardNumber><b:URL>https://a.example/</b:URL>
<b:YearAccessed>2020</b:YearAccessed><b:Humeur>bonne</b:Humeur></b:Source>
<b:Source><b:SourceType>BookSection</b:SourceType><b:Title>Un chapitre</b:Title><b:Author><b:Author>
<b:Corporate>HAS</b:Corporate></b:Author><b:Editor><b:NameList><b:Person><b:Last>Petit</b:Last><b:First>Anne</b:First></b:Person></b:NameList></b:Editor>
</b:Author><b:BookTitle>Le livre</b:BookTitle>
<b:City>Lyon</b:City><b:StateProvince>Rhône</b:StateProvince><b:CountryRegion>France</b:CountryRegion><b:Publisher>Dunod</b:Publisher><b:Year>2010</b:Year>
<b:Pages>1-9</b:Pages><b:StandardNumber>978-2-07-036822-8</b:StandardNumber></b:Source>
<b:Source><b:SourceType>Book</b:SourceType></b:Source></b:Sources>"""


def test_word_sources() -> None:
    read = read_file(SOURCES.encode(), "Sources.xml")
    assert [(fault.code, fault.arguments.get("fields")) for fault in read.diagnostics] == [
        ("P303", None),
        ("P308", "Humeur (1)"),
    ]
    assert [(each.entry_type, dict(each.raw)) for each in read.value.references] == [
        (
            "article",
            {
                "author": "Dupont, Jean P. and {Roux}",
                "title": "Le soin",
                "journaltitle": "Prescrire",
                "date": "2019-03-05",
                "urldate": "2020",
                "volume": "12",
                "number": "4",
                "pages": "12-15",
                "issn": "1234-5679",
                "url": "https://a.example/",
            },
        ),
        (
            "incollection",
            {
                "author": "{HAS}",
                "editor": "Petit, Anne",
                "title": "Un chapitre",
                "booktitle": "Le livre",
                "publisher": "Dunod",
                "location": "Lyon, Rhône, France",
                "date": "2010",
                "pages": "1-9",
                "isbn": "978-2-07-036822-8",
            },
        ),
    ]
