"""Which documents are one, and which only look so."""

from __future__ import annotations

import pytest

from biblio.formats.bibtex.reader import read_bibtex
from biblio.importing.same import sames

LONG = "title = {Les contrats locaux de santé en région}"


def found(known: str, *records: str, accepted: frozenset[frozenset[str]] = frozenset()) -> list[tuple[int, str] | None]:
    here = read_bibtex(known.encode(), "a.bib").value
    read = [reference for record in records for reference in read_bibtex(record.encode(), "b.bib").value]
    return [(each.number, each.by) if each else None for each in sames(here, read, accepted)]


@pytest.mark.parametrize(
    ("here", "other", "by"),
    [
        ("@article{a, doi = {10.1/A}}", "@article{b, title = {One}, doi = {https://doi.org/10.1/a}}", "doi"),
        ("@book{a, isbn = {2-07-036822-X}}", "@book{b, isbn = {9782070368228}}", "isbn"),
        ("@article{a, pmid = {12}}", "@article{b, pmid = {12}, title = {Un}}", "pmid"),
        ("@misc{a, eprint = {hal-12}, eprinttype = {hal}}", "@misc{b, eprint = {HAL-12}, eprinttype={HAL}}", "eprint"),
        (f"@book{{a, {LONG}, date = 2019, author = {{Roux, M.}}}}",
         "@book{b, title = {Les Contrats locaux de sante en regions}, date = {2019-05}, author = {Roux, Marie}}",
         "title"),
        ("@book{a, title = {Un}, note = {x}}", "@book{b, note = {x}, title = {Un}, importedfrom = {c}}", "content"),
        ("@book{a, title = {Un}, note = {x}}", "@book{a, title = {un}, note = {y}}", "key"),
        ("@online{a, title={Un}, url={http://x.org/a}}", "@online{b, title = {un}, url = {https://x.org/a/}}", "url"),
    ],
)  # fmt: skip
def test_a_document_is_known_by_what_tells_it(here: str, other: str, by: str) -> None:
    assert found(here, other) == [(0, by)]


@pytest.mark.parametrize(
    ("here", "other"),
    [
        # One key, two documents.
        ("@book{a, title = {Un}}", "@book{a, title = {Deux}}"),
        # One title, and what says that they are two.
        (f"@article{{a, {LONG}, date = 2019, author = {{Roux}}, doi = {{10.1/a}}}}",
         f"@article{{b, {LONG}, date = 2019, author = {{Roux}}, doi = {{10.1/b}}}}"),
        (f"@book{{a, {LONG}, date = 2019, isbn = {{2-07-036822-X}}}}",
         f"@book{{b, {LONG}, date = 2019, isbn = {{978-2-02-012345-7}}}}"),
        (f"@article{{a, {LONG}, date = 2019, author = {{Roux}}, number = 3}}",
         f"@article{{b, {LONG}, date = 2019, author = {{Roux}}, number = {{n° 4}}}}"),
        ("@book{a, isbn = {2-07-036822-X}, volume = 1}", "@book{b, isbn = {2-07-036822-X}, volume = 2}"),
        # Two chapters with the identifier of their book, and one address for two pages.
        ("@inbook{a, title = {La ville et ses murs}, doi = {10.1/a}}", "@inbook{b, title = {Le port}, doi = {10.1/a}}"),
        ("@online{a, title = {Un}, url = {http://x.example}}", "@online{b, title = {Deux}, url = {http://x.example}}"),
    ],
)  # fmt: skip
def test_documents_that_look_alike_may_be_two(here: str, other: str) -> None:
    assert found(here, other) == [None]


def test_of_several_alike_all_are_the_first() -> None:
    one = "@book{%s, title = {Un}, isbn = {2-07-036822-X}}"
    assert found(one % "a", one % "b", "@book{c, title = {Autre}}", one % "d") == [(0, "isbn"), None, (0, "isbn")]
    assert found("", one % "b", one % "c") == [None, (0, "isbn")]


def test_a_pair_that_the_project_accepts_is_two() -> None:
    pair = frozenset({frozenset({"a", "b"})})
    assert found(f"@book{{a, {LONG}, date = 2019}}", f"@book{{b, {LONG}, date = 2019}}", accepted=pair) == [None]
