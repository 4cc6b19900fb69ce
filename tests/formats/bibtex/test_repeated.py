"""Fields that come several times in an entry are read whole, and by their heirs as well."""

from __future__ import annotations

import pytest

from biblio.formats.bibtex.reader import read_bibtex

TWICE = "@book{b, title = {B}, keywords = {soin}, note = {Un}, keywords = {ville}, note = {Deux}}\n"


@pytest.mark.parametrize("tie", ["xdata", "crossref"])
def test_an_heir_takes_what_the_entry_itself_says(tie: str) -> None:
    heir, parent = read_bibtex(f"@inbook{{a, title = {{A}}, {tie} = {{b}}}}\n{TWICE}".encode(), "a.bib").value
    assert parent.raw["keywords"] == heir.inherited["keywords"] == "soin, ville"
    assert heir.keyword == parent.keyword == ("soin", "ville")
    assert parent.raw["note"] == heir.inherited["note"] == "Un"


def test_ties_that_come_twice_are_all_ties() -> None:
    content = b"@book{a, related = {b}, related = {c}, crossref = {b}, crossref = {d}}\n@book{b, note = {B}}@book{c}"
    a, _, _ = read_bibtex(content, "a.bib").value
    assert (a.raw["related"], a.raw["crossref"], a.inherited["note"]) == ("b, c", "b", "B")


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ("author = {Carneiro, Pedro}, author = {Heckman, James J.}", ["Carneiro", "Heckman"]),
        ("editor = {Roy, A. and Lee, B.}, editor = {Petit, C.}", ["Roy", "Lee", "Petit"]),
        ("translator = {Roy, A.}, translator = {Roy, A.}", ["Roy"]),
    ],
)
def test_names_in_fields_of_their_own_are_all_named(fields: str, names: list[str]) -> None:
    parsed = read_bibtex(f"@book{{a, title = {{A}}, {fields}}}\n".encode(), "a.bib")
    (read,) = parsed.value
    people = (read.author or read.editor or read.translator).people
    assert [each.family for each in people] == names
    assert "P109" not in {fault.code for fault in parsed.diagnostics}


def test_a_value_that_is_not_read_is_told() -> None:
    (fault,) = read_bibtex(b"@book{a, title = {A}, date = {2019},\n date = {2020}}\n", "a.bib").diagnostics
    assert (fault.code, fault.arguments["value"], fault.span and fault.span.line) == ("P109", "2020", 2)
