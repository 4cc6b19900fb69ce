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


@pytest.mark.parametrize("content", [b"", b"Rien de tout cela.", b"anne@book.example", bytes(range(256))])
def test_what_is_of_no_format_is_said_with_those_that_are_read(content: bytes) -> None:
    read = read_file(content, "a.bib")
    assert read.value.references == ()
    (fault,) = read.diagnostics
    assert (fault.code, fault.span and fault.span.path) == ("E124", "a.bib")
    assert "biblatex" in fault.arguments["known"]
