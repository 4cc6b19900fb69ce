"""The RIS writer: rispy reads back what was written, and no value can begin a tag."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import rispy
from formats.samples import house, one
from hypothesis import given
from hypothesis import strategies as st

from biblio.formats.ris import write_ris
from biblio.reference.date import Date
from biblio.reference.name import Name, Names
from biblio.reference.reference import Reference
from biblio.reference.types import ENTRY_TYPES
from biblio.text.inline import Text, plain

LINE = re.compile(r"[A-Z][A-Z0-9]  - [^\x00-\x1f\x7f-\x9f\u2028\u2029]*")


def records(*references: Reference) -> list[dict[str, Any]]:
    """The records as rispy reads them, tags under rispy's names, addresses whole even with a semicolon."""
    written = write_ris(references)
    return list(rispy.loads(written, newline="\r\n", delimiter_tags_mapping={}))


def lines(reference: Reference) -> list[tuple[str, str]]:
    """Tags and values of one record, but for its head and its end."""
    written = write_ris([reference]).split("\r\n")
    assert written[0].startswith("TY  - ")
    assert written[1] == f"ID  - {reference.citekey}"
    assert written[-2:] == ["ER  - ", ""]
    return [(line[:2], line[6:]) for line in written[2:-2]]


def test_nothing_written_is_nothing() -> None:
    assert write_ris([]) == ""


def test_the_form_of_the_file() -> None:
    first = one(
        """@article{k, title = {Titre}, author = {Doe, Jane and Roe, R.}, journaltitle = {Risques & santé},
        date = {2019-03}, volume = {18}, number = {2}, pages = {135-147}, doi = {10.1/x}}""",
    )
    assert write_ris([first, one("@book{b,}")]) == (
        "TY  - JOUR\r\nID  - k\r\nAU  - Doe, Jane\r\nAU  - Roe, R.\r\nTI  - Titre\r\nT2  - Risques & santé\r\n"
        "PY  - 2019\r\nDA  - 2019/03//\r\nVL  - 18\r\nIS  - 2\r\nSP  - 135\r\nEP  - 147\r\nDO  - 10.1/x\r\nER  - \r\n"
        "\r\n"
        "TY  - BOOK\r\nID  - b\r\nER  - \r\n"
    )


def test_the_house_is_read_back() -> None:
    found = records(*house())
    assert [record["id"] for record in found] == [reference.citekey for reference in house()]
    for record, reference in zip(found, house(), strict=True):
        assert record["type_of_reference"] == reference.type.ris
        assert record.get("title", "") == plain(reference.title)
        event = reference.event_title if reference.type.csl in ("paper-conference", "speech") else ()
        around = event or reference.container_title or reference.collection_title
        assert record.get("secondary_title", record.get("tertiary_title", "")) == plain(around)
        assert len(record.get("authors", [])) == len(reference.author.people)
        assert record.get("keywords", []) == list(reference.keyword)
        assert record.get("year", "") == (
            f"{reference.issued.first.year}" if reference.issued and reference.issued.first else ""
        )
        assert record.get("urls", [])[:1] == (
            [reference.url] if reference.url else [link.url for link in reference.links if link.url][:1]
        )
        assert record.get("abstract", "") == " ".join(map(plain, reference.annotation or reference.abstract))


@pytest.mark.parametrize("entry_type", ENTRY_TYPES)
def test_every_type_is_one_of_ris(entry_type: str) -> None:
    (record,) = records(one(f"@{entry_type}{{k,}}"))
    assert record["type_of_reference"] in rispy.TYPE_OF_REFERENCE_MAPPING


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("author = {de La Fontaine, Jean}", [("AU", "de La Fontaine, Jean")]),
        ("author = {Doe, Jr, Jane}", [("AU", "Doe, Jane, Jr")]),
        ("author = {{CRES, Paca}}", [("AU", "CRES, Paca")]),
        ("author = {Doe, J. and others}", [("AU", "Doe, J."), ("N1", "author: et al.")]),
        ("editor = {Doe, J.}, translator = {Roe}", [("A3", "Doe, J."), ("A4", "Roe")]),
        ("title = {Un}, subtitle = {deux}", [("TI", "Un : deux")]),
        ("paralleltitle = {One}", [("TT", "One")]),
        ("series = {S}", [("T2", "S")]),
        ("booktitle = {B}, series = {S}", [("T2", "B"), ("T3", "S")]),
        ("publisher = {A and B}, location = {Aix}", [("PB", "A; B"), ("CY", "Aix")]),
        ("number = {no. 1 suppl.}, issue = {Été}", [("M1", "1 suppl."), ("N1", "issue: Été")]),
        ("pages = {12}", [("SP", "12")]),
        ("pages = {12-15, 18}", [("SP", "12-15, 18")]),
        ("pages = {ff. 12r--13v}", [("SP", "f. 12r-13v")]),
        ("pages = {np}, pagetotal = {np}", []),
        ("pagetotal = {132}", [("SP", "132")]),
        ("pages = {3}, pagetotal = {132}", [("SP", "3"), ("N1", "pagetotal: 132")]),
        ("isbn = {978-2}, issn = {1234-5678}", [("SN", "978-2"), ("N1", "issn: 1234-5678")]),
        ("langid = {french}, keywords = {a, b}", [("LA", "fr"), ("KW", "a"), ("KW", "b")]),
        ("type = {Étude}, entrysubtype = {Dossier}", [("M3", "Étude"), ("N1", "entrysubtype: Dossier")]),
        ("entrysubtype = {Dossier}", [("M3", "Dossier")]),
        ("annotation = {Un.\n\nDeux.}", [("AB", "Un. Deux.")]),
        ("annotation = {Un.}, abstract = {Deux.}", [("AB", "Deux."), ("N1", "annotation: Un.")]),
        ("annotationsource = {extrait d'après éditeur}", [("N1", "annotationsource: extrait d'après éditeur")]),
        ("note = {N.}, updated = {2023-01}", [("N1", "updated: 2023-01"), ("N1", "N.")]),
    ],
)
def test_fields(source: str, expected: list[tuple[str, str]]) -> None:
    assert lines(one(f"@book{{k, {source}}}")) == expected


def test_the_length_of_a_part_is_no_start_page() -> None:
    assert lines(one("@article{k, pagetotal = {4}}")) == [("N1", "pagetotal: 4")]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2019", [("PY", "2019"), ("DA", "2019///")]),
        ("2019-03-15", [("PY", "2019"), ("DA", "2019/03/15/")]),
        ("2019-03/2020-04", [("PY", "2019"), ("DA", "2019/03//"), ("N1", "date: 2019-03/2020-04")]),
        ("../2020", [("PY", "2020"), ("DA", "2020///"), ("N1", "date: ../2020")]),
        ("2019-21", [("PY", "2019"), ("DA", "2019///spring"), ("N1", "date: 2019-21")]),
        ("2019~", [("PY", "2019"), ("DA", "2019///"), ("N1", "date: 2019~")]),
        ("2019-XX-12", [("PY", "2019"), ("DA", "2019///"), ("N1", "date: 2019-XX-12")]),
        ("0800", [("PY", "0800"), ("DA", "0800///")]),
        ("199X", [("DA", "///199X"), ("N1", "date: 199X")]),
        ("-0043", [("DA", "///-0043"), ("N1", "date: -0043")]),
        ("vers 1990/91", [("DA", "///vers 1990-91"), ("N1", "date: vers 1990/91")]),
    ],
)
def test_dates(date: str, expected: list[tuple[str, str]]) -> None:
    assert lines(one(f"@book{{k, date = {{{date}}}}}")) == expected
    assert lines(one(f"@book{{k, urldate = {{{date}}}}}")) == [("Y2", dict(expected)["DA"])]


def test_links() -> None:
    reference = one(
        """@online{k, url = {https://a.example/?x=1;y=2}, links = {
          <https://b.example>
          Cahier <https://c.example> (pdf, 1,67 Mo)
          <https://a.example/?x=1;y=2> (résumé)
          À venir (docx)
        }}""",
    )
    assert lines(reference) == [
        ("UR", "https://a.example/?x=1;y=2"),
        ("UR", "https://b.example"),
        ("UR", "https://c.example"),
        ("N1", "links: Cahier <https://c.example> (pdf, 1,67 Mo)"),
        ("N1", "links: <https://a.example/?x=1;y=2> (résumé)"),
        ("N1", "links: À venir (docx)"),
    ]
    assert records(reference)[0]["urls"] == ["https://a.example/?x=1;y=2", "https://b.example", "https://c.example"]


def test_an_unsafe_address_is_kept_but_is_no_link() -> None:
    reference = one("@online{k, url = {javascript:alert(1)}, links = {<file:///etc/passwd>}}")
    assert lines(reference) == [("N1", "url: javascript:alert(1)"), ("N1", "links: <file:///etc/passwd>")]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028", "\u2029", "\0"])
def test_no_line_end_begins_a_tag(end: str) -> None:
    hostile = f"Un{end}ER  - {end}TY  - JOUR{end}TI  - Deux"
    reference = replace(one("@book{k,}"), title=(Text(hostile),), citekey=f"k{end}TY  - X", keyword=(hostile,))
    written = write_ris([reference])
    assert [line[:5] for line in written.splitlines()] == ["TY  -", "ID  -", "TI  -", "KW  -", "ER  -"]
    (record,) = records(reference)
    assert record["title"] == "Un ER  - TY  - JOUR TI  - Deux"


@given(st.text(), st.text())
def test_any_text_is_one_record_of_tagged_lines(text: str, name: str) -> None:
    reference = replace(
        one("@misc{k,}"),
        title=(Text(text),),
        author=Names((Name(family=name, given=text),), others=True),
        publisher=(text, name),
        keyword=(text, name),
        issued=Date(literal=text),
        annotation=((Text(text),), (Text(name),)),
        url=text,
        doi=name,
        edition=text,
    )
    written = write_ris([reference])
    *tagged, last = written.split("\r\n")
    assert last == ""
    assert all(LINE.fullmatch(line) for line in tagged)
    assert [line[:2] for line in tagged].count("ER") == 1
    assert written.encode().decode() == written
    assert len(records(reference)) == 1


ZOTERO_READS = [
    # Editors: those of the book itself, not of its series.
    ("@collection{k, editor = {Roux, A.}}", "EDBOOK", [("AU", "Roux, A.")]),
    (
        "@mvcollection{k, editor = {Roux, A. and Vert, P. and others}}",
        "EDBOOK",
        [("AU", "Roux, A."), ("AU", "Vert, P.")],
    ),
    ("@collection{k, author = {Noir, L.}, editor = {Roux, A.}}", "BOOK", [("AU", "Noir, L."), ("A3", "Roux, A.")]),
    ("@book{k, author = {Noir, L.}, editor = {Roux, A.}}", "BOOK", [("AU", "Noir, L."), ("A3", "Roux, A.")]),
    ("@book{k, editor = {Roux, A.}}", "BOOK", [("A3", "Roux, A.")]),
    ("@incollection{k, author = {N}, editor = {Roux, A.}}", "CHAP", [("AU", "N"), ("A2", "Roux, A.")]),
    ("@inproceedings{k, editor = {Roux, A.}, translator = {Vert, P.}}", "CPAPER", [("A2", "Roux, A.")]),
    ("@report{k, editor = {Roux, A.}}", "RPRT", [("ED", "Roux, A.")]),
    ("@incollection{k, bookauthor = {Noir, L.}}", "CHAP", [("C2", "Noir, L.")]),
    # Series and numbers.
    ("@incollection{k, booktitle = {B}, series = {S}, number = {4}}", "CHAP", [("T2", "B"), ("T3", "S"), ("SV", "4")]),
    ("@incollection{k, series = {S}, volumes = {2}}", "CHAP", [("T3", "S"), ("NV", "2")]),
    ("@book{k, series = {S}, number = {4}, volume = {2}}", "BOOK", [("T2", "S"), ("VL", "2"), ("M1", "4")]),
    ("@report{k, series = {S}, number = {12}, isbn = {978-2}}", "RPRT", [("T2", "S"), ("SN", "12")]),
    ("@techreport{k, issn = {1234-5678}}", "RPRT", [("M3", "technical report"), ("N1", "issn: 1234-5678")]),
    ("@article{k, number = {3}, issn = {1234-5678}, isbn = {978-2}}", "JOUR", [("IS", "3"), ("SN", "1234-5678")]),
    ("@article{k, eid = {e1002}, shortjournal = {J.}}", "JOUR", [("T2", "J."), ("J2", "J."), ("SP", "e1002")]),
    ("@article{k, eid = {e1002}, pages = {1-9}}", "JOUR", [("SP", "1"), ("EP", "9"), ("N1", "eid: e1002")]),
    ("@misc{k, number = {3}, series = {S}}", "GEN", [("T3", "S"), ("IS", "3")]),
    ("@online{k, number = {3}, volume = {2}}", "ELEC", [("N1", "number: 3"), ("N1", "volume: 2")]),
    ("@software{k, version = {1.2}, number = {3}}", "COMP", [("ET", "1.2"), ("N1", "number: 3")]),
    # Conferences.
    ("@inproceedings{k, booktitle = {Actes}, eventtitle = {Congrès}}", "CPAPER", [("T2", "Congrès"), ("C3", "Actes")]),
    ("@inproceedings{k, booktitle = {Actes}, series = {S}}", "CPAPER", [("T2", "Actes"), ("C3", "Actes"), ("T3", "S")]),
    ("@unpublished{k, eventtitle = {Congrès}}", "SLIDE", [("T2", "Congrès")]),
    ("@unpublished{k,}", "MANSCPT", []),
    ("@book{k, eventtitle = {Congrès}, shorttitle = {C}}", "BOOK", [("ST", "C"), ("N1", "eventtitle: Congrès")]),
]


@pytest.mark.parametrize(("source", "kind", "expected"), ZOTERO_READS)
def test_values_stand_where_zotero_looks_for_them_in_their_type(
    source: str, kind: str, expected: list[tuple[str, str]]
) -> None:
    reference = one(source)
    assert write_ris([reference]).startswith(f"TY  - {kind}\r\n")
    written = lines(reference)
    assert [line for line in written if line in expected] == expected
    assert [line for line in written if line not in expected and line[0] != "N1"] == []


def test_what_a_type_has_no_tag_for_is_a_note() -> None:
    for source, note in (
        ("@report{k, number = {12}, isbn = {978-2}}", "isbn: 978-2"),
        ("@inproceedings{k, translator = {Vert, P.}}", "translator: Vert, P."),
        ("@collection{k, editor = {Roux, A. and others}}", "editor: et al."),
        ("@book{k, bookauthor = {Noir, L.}}", "bookauthor: Noir, L."),
    ):
        assert ("N1", note) in lines(one(source))
