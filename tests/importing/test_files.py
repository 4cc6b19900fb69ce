"""What tells the format of a file."""

from __future__ import annotations

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
