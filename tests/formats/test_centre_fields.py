"""The fields of a documentation centre: read, exported, written back; and a note that nothing carries out."""

from __future__ import annotations

import json

import pytest

from biblio.check.rules.dossiers import Dossiers, reference_placed_twice
from biblio.collection.themes import Themes
from biblio.dossier.difference import compare, edition_of_references
from biblio.dossier.loader import load_dossier
from biblio.dossier.select import select
from biblio.formats.bibtex.reader import open_files, open_library, read_bibtex
from biblio.formats.bibtex.writer import write_bibtex
from biblio.formats.csl_json import write_csl_json
from biblio.formats.ris import write_ris
from biblio.reference.holding import Holding, parse_holding
from biblio.reference.reference import Reference
from biblio.text.inline import plain

KIT = r"""@mallette{k,
  ids = {ancienne-cle, plus-ancienne},
  title = {Manger, bouger},
  holdings = {
    CRES Marseille : PREV 12.3 (prêt 3 semaines)
    Antenne de Nice : 614:364
    B 17
  },
  loanterms = {Sur réservation},
  audience = {enfants; enseignants},
  territory = {Var},
  openaccess = {yes},
  license = {CC BY-NC 4.0},
  duration = {45 min},
  contents = {12 fiches et un livret.

Un jeu de cartes.},
  annotation = {Un outil.},
  annotationsource = {éditeur},
  annotationlanguage = {english},
  abstractrights = {avec l'accord de l'éditeur},
  internalnote = {À ne pas \emph{diffuser} : SECRET},
}
"""


def kit() -> Reference:
    parsed = read_bibtex(KIT.encode(), "a.bib")
    assert parsed.diagnostics == ()
    return parsed.value[0]


def test_they_are_read() -> None:
    reference = kit()
    assert reference.holdings == (
        Holding("CRES Marseille", "PREV 12.3", "prêt 3 semaines"),
        Holding("Antenne de Nice", "614:364"),
        Holding("", "B 17"),
    )
    assert (reference.loan_terms, reference.license, reference.duration) == (
        "Sur réservation",
        "CC BY-NC 4.0",
        "45 min",
    )
    assert (reference.audience, reference.territory, reference.is_open) == (("enfants", "enseignants"), ("Var",), True)
    assert [plain(paragraph) for paragraph in reference.contents] == ["12 fiches et un livret.", "Un jeu de cartes."]
    assert reference.annotation_language == "en"
    assert reference.abstract_rights == "avec l'accord de l'éditeur"
    assert [plain(paragraph) for paragraph in reference.internal_note] == ["À ne pas diffuser : SECRET"]


@pytest.mark.parametrize(
    ("line", "holding"),
    [
        ("Nice : B 12", Holding("Nice", "B 12")),
        ("B 12 (consultation)", Holding("", "B 12", "consultation")),
        ("Nice :  (prêt)", Holding("Nice", "", "prêt")),
        ("614:364", Holding("", "614:364")),
        ("   ", None),
    ],
)
def test_a_holding_is_a_place_a_call_number_and_terms(line: str, holding: Holding | None) -> None:
    assert parse_holding(line) == holding
    assert holding is None or parse_holding(str(holding)) == holding


def test_they_are_exported() -> None:
    (item,) = json.loads(write_csl_json([kit()]))
    assert (item["custom"]["license"], item["dimensions"]) == ("CC BY-NC 4.0", "45 min")
    assert item["custom"]["holdings"][0] == {
        "place": "CRES Marseille",
        "call-number": "PREV 12.3",
        "terms": "prêt 3 semaines",
    }
    assert item["custom"]["contents"] == "12 fiches et un livret.\n\nUn jeu de cartes."
    ris = write_ris([kit()])
    assert "N1  - holdings: Antenne de Nice : 614:364\r\n" in ris
    assert "N1  - contents: 12 fiches et un livret. Un jeu de cartes.\r\n" in ris


def test_they_are_written_back() -> None:
    (again,) = read_bibtex(write_bibtex([kit()]).encode(), "a.bib").value
    assert (again.holdings, again.contents, again.duration) == (kit().holdings, kit().contents, kit().duration)


@pytest.mark.parametrize("write", [write_bibtex, write_csl_json, write_ris])
def test_no_export_carries_the_internal_note(write: object) -> None:
    assert callable(write)
    assert "SECRET" not in write([kit()])
    assert "internal" not in write([kit()])


def test_no_comparison_carries_the_internal_note() -> None:
    (other,) = read_bibtex(KIT.replace("SECRET", "AUTRE").encode(), "a.bib").value
    assert compare(edition_of_references([kit()], "fr"), edition_of_references([other], "fr")).changed == ()


@pytest.mark.parametrize("key", ["k", "ancienne-cle", "PLUS-ANCIENNE"])
def test_former_keys_lead_to_the_reference(key: str) -> None:
    library = open_library(open_files([(KIT.encode(), "a.bib")])).value
    found = library.get(key)
    assert found is not None
    assert found.citekey == "k"


FORMER = """@book{neuve, ids = {ancienne, vieille}, title = {Un}, publisher = {P}, date = {2019}, langid = {french}}
@book{autre, title = {Deux}, publisher = {P}, date = {2018}, langid = {french}}
"""


def test_a_former_key_lists_and_pins_a_reference() -> None:
    library = open_library(open_files([(FORMER.encode(), "a.bib")])).value
    spec = load_dossier(
        "title: T\ndate: 2024-01-01\npublisher: P\nsections:\n  - title: S\n    references: [autre, Ancienne]\n"
        "    pin:\n      - key: vieille\n        at: first\n",
        "dossiers/t.yaml",
        "t",
    ).value
    assert spec is not None
    selected = select(library, spec, Themes())
    assert selected.diagnostics == ()
    assert [reference.citekey for reference in selected.value.references] == ["neuve", "autre"]


def test_a_reference_listed_under_two_of_its_keys_is_listed_twice() -> None:
    library = open_library(open_files([(FORMER.encode(), "a.bib")])).value
    spec = load_dossier(
        "title: T\ndate: 2024-01-01\npublisher: P\nsections:\n  - title: S\n    references: [neuve]\n"
        "  - title: R\n    references: [ancienne]\n",
        "dossiers/t.yaml",
        "t",
    ).value
    assert spec is not None
    (found,) = reference_placed_twice(Dossiers([spec], library, [[]]))
    assert found.arguments["key"] == "ancienne"


def test_a_name_cut_at_its_and_is_exported_whole() -> None:
    source = b"@book{k, title = {T}, publisher = {Farrar, Straus, and Giroux and HAS}}"
    references = read_bibtex(source, "a.bib").value
    assert json.loads(write_csl_json(references))[0]["publisher"] == "Farrar, Straus and Giroux; HAS"
    assert "PB  - Farrar, Straus and Giroux; HAS\r\n" in write_ris(references)
