"""A reference with other values is what its file would give, whatever the values are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from biblio.editing.reread import reread
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.reference import Reference

ENTRY = b"@article{a, title = {Un}, journal = {Revue}, zz = {reste}, date = {2020}}"


def reference(content: bytes = ENTRY) -> Reference:
    return read_bibtex(content, "a.bib").value[-1]


@given(st.sampled_from(["title", "annotation", "links", "url", "keywords", "zz"]), st.text(max_size=60))
def test_any_value_leaves_one_reference_with_the_others_as_they_were(name: str, value: str) -> None:
    read = reread(reference(), {name: value, "date": None}).reference
    assert read.citekey == "a"
    assert {key: typed for key, typed in read.raw.items() if key != name} == {
        key: typed for key, typed in {"title": "Un", "journal": "Revue", "zz": "reste"}.items() if key != name
    }


def test_another_type_keeps_every_field() -> None:
    read = reread(reference(), {}, "online").reference
    assert (read.entry_type, dict(read.raw)) == ("online", dict(reference().raw))


def test_what_it_takes_from_another_entry_stands_in_its_text() -> None:
    book = b"@book{b, title = {Le livre}, publisher = {Seuil}}\n"
    one = reference(book.replace(b"@book{b", b"@inbook{c, crossref = {b}, title = {Un}}\n@book{b"))
    taken = reference(book + b"@inbook{c, crossref = {b}, title = {Un}}")
    assert one.citekey == "b"
    read = reread(taken, {"title": "Deux"})
    assert read.reference.raw["booktitle"] == "Le livre"
    assert "crossref" not in read.text
    assert read.diagnostics == ()
