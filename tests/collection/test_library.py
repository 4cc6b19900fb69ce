"""A library makes its references when they are asked for, from one file or from several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from formats.samples import values

from biblio.collection.library import Library
from biblio.formats.bibtex.file import open_bibtex
from biblio.formats.bibtex.reader import open_files, open_library, read_bibtex
from biblio.formats.bibtex.writer import write_bibtex
from biblio.reference.fields import BOOKKEEPING, BY_BIBLATEX, FIELDS, STEERING, Field, is_known
from biblio.reference.reference import Reference
from biblio.reference.types import ALIASES, ENTRY_TYPES
from biblio.text.inline import plain
from biblio.words.faults import Parsed

FILES = [
    (b"@book{a, title = {A}, date = {hier}}\n@book{b, title = {B}, crossref = {c}}\n", "un.bib"),
    (
        b"@book{A, title = {Encore A}}\n@book{c, note = {C}, ids = {autre}, x-cote = {1}}\n@book{, title = {Sans}}\n",
        "deux.bib",
    ),
    (b"@book{, title = {Sans non plus}}\n", "trois.bib"),
]


def opened() -> Parsed[Library]:
    return open_library(open_files(FILES))


def test_only_what_is_asked_for_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    of = Reference.of

    def counted(given: Mapping[str, Any]) -> Reference:
        made.append(given["citekey"])
        return of(given)

    monkeypatch.setattr(Reference, "of", counted)
    library = open_library(open_files([FILES[1]])).value
    assert len(library) == 3
    assert library.citekeys == ("A", "c", "sans-cle-1")
    assert made == []
    assert library.get("C") is library.get("c")
    assert made == ["c"]
    assert [fault.code for fault in library.faults_of("c")] == ["R102"]
    assert library.get("absente") is None
    assert library.faults_of("absente") == ()
    assert made == ["c"]
    assert [reference.citekey for reference in library] == ["A", "c", "sans-cle-1"]
    assert made == ["c", "A", "sans-cle-1"]


def test_the_faults_of_reading_are_known_at_once_and_those_of_values_when_asked_for() -> None:
    library = opened()
    assert [(fault.code, fault.span.path if fault.span else "") for fault in library.diagnostics] == [
        ("P105", "deux.bib"),
        ("P105", "trois.bib"),
        ("P202", "deux.bib"),
    ]
    assert [fault.code for fault in library.value.faults()] == ["R301", "R102"]


def test_files_know_each_other() -> None:
    library = opened().value
    child = library.get("b")
    assert child
    assert plain(child.note) == "C"
    assert child.origin.fields["note"].path == "deux.bib"
    assert dict(child.inherited) == {"note": "C", "x-cote": "1"}
    assert "note" not in child.raw
    alias = library.get("AUTRE")
    assert alias
    assert alias is library.get("c")


def test_entries_without_keys_do_not_fight_for_one() -> None:
    library = opened().value
    titles = [plain(reference.title) for reference in library if reference.citekey.startswith("sans-cle")]
    assert titles == ["Sans", "Sans non plus"]
    assert len(set(library.citekeys)) == len(library)


def test_the_same_references_as_read_together() -> None:
    content = FILES[0][0] + FILES[1][0]
    whole = read_bibtex(content, "un.bib").value
    library = open_library([open_bibtex(content, "un.bib")]).value
    assert [values(reference) for reference in library] == [values(each) for each in whole if each.citekey != "A"]


def test_a_key_may_be_broken_over_lines() -> None:
    content = (
        b"@book{hote, title = {H\xc3\xb4te}, publisher = {CRES}, ids = {un\n   autre nom}}\n"
        b"@inbook{a, title = {A}, crossref = {un autre\n  nom}}\n"
    )
    (host, part) = read_bibtex(content, "un.bib").value
    assert part.publisher == host.publisher == ("CRES",)
    written = write_bibtex([host, part])
    assert write_bibtex(read_bibtex(written.encode(), "un.bib").value) == written


def test_an_empty_library() -> None:
    assert len(Library()) == 0
    assert list(Library()) == []
    assert Library().get("a") is None


# --- the tables ---


def test_every_variable_of_the_table_is_one_of_references() -> None:
    own = {"citekey", "entry_type", "origin", "raw", "inherited"}
    assert {row.variable for row in FIELDS} == set(Reference.__dataclass_fields__) - own
    assert len({row.variable for row in FIELDS}) == len(FIELDS)


def test_a_field_is_in_one_table() -> None:
    assert not BY_BIBLATEX.keys() & STEERING
    assert not (BY_BIBLATEX.keys() | STEERING) & BOOKKEEPING
    assert all(name == name.lower() for name in (*BY_BIBLATEX, *STEERING, *BOOKKEEPING))


# The data model of biblatex 3 (manual §§ 2.1 and 2.2), as its documentation lists it.
TYPES = """article artwork audio bibnote book bookinbook booklet collection commentary customa customb customc customd
    custome customf dataset image inbook incollection inproceedings inreference jurisdiction legal legislation letter
    manual misc movie music mvbook mvcollection mvproceedings mvreference online patent performance periodical
    proceedings reference report review set software standard suppbook suppcollection suppperiodical thesis unpublished
    video xdata"""
DATA_MODEL = """abstract addendum afterword annotation annotator author authortype bookauthor bookpagination
    booksubtitle booktitle booktitleaddon chapter commentator crossref date doi edition editor editora editorb editorc
    editortype editoratype editorbtype editorctype eid entryset entrysubtype eprint eprintclass eprinttype eventdate
    eventtitle eventtitleaddon execute file foreword gender holder howpublished ids indextitle indexsorttitle
    institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle issuetitleaddon iswc
    journalsubtitle journaltitle journaltitleaddon keywords label langid langidopts language library lista listb listc
    listd liste listf location mainsubtitle maintitle maintitleaddon month namea nameb namec nameatype namebtype
    namectype nameaddon note number options organization origdate origlanguage origlocation origpublisher origtitle
    pages pagetotal pagination part presort publisher pubstate related relatedoptions relatedstring relatedtype
    reprinttitle series shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey
    sortname sortshorthand sorttitle sortyear subtitle title titleaddon translator type url urldate usera userb userc
    userd usere userf venue verba verbb verbc version volume volumes xdata xref year"""


@pytest.mark.parametrize("name", [*TYPES.split(), *ALIASES])
def test_every_type_of_biblatex_is_known(name: str) -> None:
    assert name in ENTRY_TYPES
    parsed = read_bibtex(f"@{name.upper()}{{k, title = {{T}}}}".encode(), "essai.bib")
    assert parsed.diagnostics == ()
    assert parsed.value[0].type.biblatex == name


@pytest.mark.parametrize("name", DATA_MODEL.split())
def test_every_field_of_biblatex_is_known(name: str) -> None:
    assert is_known(name)


@pytest.mark.parametrize("row", FIELDS, ids=lambda row: row.variable)
def test_every_field_gives_its_variable(row: Field) -> None:
    typed = {"provenance": "auteur", "date": "2019-03", "links": "<https://a.example>"}.get(row.kind.value, "12")
    typed = "https://a.example" if row.variable == "url" else "fr" if row.kind.value == "language" else typed
    for name in row.biblatex:
        (reference,) = read_bibtex(f"@misc{{k, {name.upper()} = {{{typed}}}}}".encode(), "essai.bib").value
        assert getattr(reference, row.variable), name
