"""French names of fields and types, in a file of references, have their English ones suggested."""

from __future__ import annotations

import pytest

from biblio.check.check import check, fix, of_files
from biblio.check.settings import Settings
from biblio.project.source import SourceFile
from biblio.reference.fields import is_known
from biblio.reference.types import ENTRY_TYPES
from biblio.words.tables import french_names


@pytest.mark.parametrize(
    ("typed", "english"),
    [("auteur", "author"), ("titre", "title"), ("Année", "date"), ("mots-clés", "keywords"), ("revue", "journaltitle")],
)
def test_a_field_with_a_french_name(typed: str, english: str) -> None:
    file = SourceFile("essai.bib", f"@book{{martin-2019, {typed} = {{2019}}}}\n".encode())
    (told,) = check(of_files([file]), Settings(select=("R112",)))
    assert told.arguments["suggestion"] == english
    assert f"{english} = {{2019}}".encode() in fix(file, Settings(select=("R112",)), unsafe=True).content


@pytest.mark.parametrize(("typed", "english"), [("livre", "book"), ("rapport", "report"), ("ouvrage", "book")])
def test_a_type_with_a_french_name(typed: str, english: str) -> None:
    file = SourceFile("essai.bib", f"@{typed}{{martin-2019, title = {{Un}}}}\n".encode())
    (told,) = check(of_files([file]), Settings(select=("R114",)))
    assert told.arguments["suggestion"] == english


def test_every_english_name_exists_and_no_french_one_is_known_already() -> None:
    names = french_names()
    assert [name for row in names["fields"].values() for name in row if not is_known(name)] == []
    assert {name for row in names["types"].values() for name in row} - ENTRY_TYPES.keys() == set()
    assert [name for name in names["fields"] if is_known(name)] == []
    assert [name for name in names["types"] if name in ENTRY_TYPES] == []


def test_a_merge_that_was_not_finished_is_named_for_what_it_is() -> None:
    text = "@book{martin-2019,\n<<<<<<< HEAD\n  title = {Un},\n=======\n  title = {Deux},\n>>>>>>> b\n}\n"
    told = [fault for fault in check(of_files([SourceFile("a.bib", text.encode())])) if fault.code == "P123"]
    assert [(fault.span.line, fault.span.column) for fault in told if fault.span] == [(2, 1)]
