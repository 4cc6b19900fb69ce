"""What tells the format of a file."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from biblio.importing.files import format_of, read_file

ENTRY = "@book{a, title = {Le soin}, date = {2019}}"


@pytest.mark.parametrize("name", ["a.bib", "a.ris", "a.txt", "a"])
@pytest.mark.parametrize(
    "content",
    [ENTRY.encode(), ("\n% fiches\nVoici :\n  " + ENTRY).encode("utf-8-sig"), ENTRY.encode("utf-16")],
)
def test_entries_are_known_under_any_name(name: str, content: bytes) -> None:
    row = format_of(content, name)
    assert row is not None
    assert row.name == "biblatex"
    assert [reference.citekey for reference in read_file(content, name).value.references] == ["a"]


@pytest.mark.parametrize("content", [b"Rien de tout cela.", b"anne@book.example", b"\xff\xfer\0i\0e\0n\0"])
def test_what_is_of_no_format_is_said_with_those_that_are_read(content: bytes) -> None:
    read = read_file(content, "a.bib")
    assert read.value.references == ()
    (fault,) = read.diagnostics
    assert (fault.code, fault.span and fault.span.path) == ("E124", "a.bib")
    assert "biblatex" in fault.arguments["known"]


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", "E172", ""),
        (b"\xef\xbb\xbf\r\n \0", "E172", ""),
        (b"\x1f\x8b\x08\0\0\0", "E174", "gzip"),
        (b"Rar!\x1a\x07\x01\0", "E174", "rar"),
        (bytes(range(256)), "E175", "biblatex"),
        (b"9780521137348\n9780521190268\n", "E249", ""),
        (b"isbn\r\n978-0-521-13734-8\r\n0521190266\r\n", "E249", ""),
        (b"10.1684/ers.2019.1277\nhttps://doi.org/10.3917/spub.196.0797\n", "E249", ""),
        (b"PMID: 31425014\nPMID: 31425015\n", "E249", ""),
        (b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20\0\0\x02\x8b", "E191", "SQLite"),
        (b"title: Un\nsections:\n  - title: Deux\n", "E176", "dossiers/*.yaml"),
        (b"# nos themes\ncls:\n  fr: Contrats\n  en: Contracts\n", "E176", "themes.yaml"),
        (b"title: Maison\nextends: cres\n", "E176", "style.yaml"),
        (b'ignore = ["F1"]\n[import]\nkey = "{auth}"\n', "E176", "biblio.toml"),
    ],
)
def test_what_is_no_file_of_references_is_said_by_what_it_is(content: bytes, code: str, said: str) -> None:
    (fault,) = read_file(content, "a").diagnostics
    assert fault.code == code
    assert said in " ".join(fault.arguments.values())


BIBTEXML = b"""<?xml version="1.0"?><b:file xmlns:b="http://bibtexml.sf.net/"><b:entry id="a"><b:book>
<b:author>Roux, Anne</b:author><b:title>Le soin</b:title><b:year>2010</b:year></b:book></b:entry></b:file>"""


def test_bibtexml_is_known_under_any_name() -> None:
    assert [each.citekey for each in read_file(BIBTEXML, "export.xml").value.references] == ["a"]


def test_every_format_is_named_once() -> None:
    (fault,) = read_file(b"Rien de tout cela.", "a").diagnostics
    names = fault.arguments["known"].split(", ")
    assert len(names) == len(set(names))


NOTICES = (
    "DURAND Paul, ROUX Marie. La santé en ville. Revue du soin, 2019, vol. 12, n° 3, p. 12-20.",
    "ROUX Marie. La ville et le soin. Paris : Dunod, 2021, 230 p.",
    "Un mot que personne ne comprend",
)


def test_a_column_of_whole_references_is_read_as_a_list_is() -> None:
    rows = "\n".join(f'"{notice}";{year}' for notice, year in zip(NOTICES, ("", "", "1998"), strict=True))
    read = read_file(f"Référence;Mots-clés\n{rows}\n".encode(), "a.csv")
    one, two, three = read.value.references
    assert (one.entry_type, one.raw["journaltitle"], one.raw["pages"]) == ("article", "Revue du soin", "12-20")
    assert (two.entry_type, two.raw["title"], two.raw["publisher"]) == ("book", "La ville et le soin", "{Dunod}")
    assert (three.raw["title"], three.raw["keywords"]) == (NOTICES[2], "1998")
    assert [(fault.code, fault.span and fault.span.line) for fault in read.diagnostics if fault.code != "P321"] == [
        ("P341", 4)
    ]
    assert [each.origin.number for each in read.value.references] == [1, 2, 3]


@pytest.mark.parametrize("heading", ["Bibliographie\n", ""])
def test_a_table_of_one_column_is_a_list(heading: str) -> None:
    rows = "\n".join(f'"{notice}"' for notice in NOTICES[:2])
    read = read_file(f"{heading}{rows}\n".encode(), "a.csv").value
    assert (read.format, [each.raw["title"] for each in read.references]) == (
        "csv",
        ["La santé en ville", "La ville et le soin"],
    )


def test_what_is_packed_in_an_archive_as_it_is_does_not_tell_its_format() -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("meta.xml", "<a xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>Tableau</dc:title></a>")
    assert [fault.code for fault in read_file(packed.getvalue(), "a.ods").diagnostics] == ["E174"]
