"""The lines of a notice, by pattern and by knob: each entry of ``cases/citation``; and dates in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from notation import Case, cases, shown

from biblio.citation import PRESETS, label_of
from biblio.citation.dates import legal_date
from biblio.citation.options import Options
from biblio.document.tree import Role
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.date import parse_date
from biblio.reference.types import ENTRY_TYPES, Pattern

CASES = cases("citation/lines")
KNOBS = re.compile(r"(\w+)=([\w,-]+)")


def options_of(name: str) -> Options:
    """The options written in square brackets after the name of a case."""
    _, _, written = name.partition("[")
    read: dict[str, Callable[[str], Any]] = {
        "et_al_min": int,
        "et_al_use_first": int,
        "displayed_url": int,
        "roles": bool,
        "capitals": "yes".__eq__,
        "elements": lambda value: tuple(value.split(",")),
    }
    return Options(**{knob: read.get(knob, str)(value) for knob, value in KNOBS.findall(written)})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    (reference,) = read_bibtex(case.source.encode(), "cas.bib").value
    lines = PRESETS["cres"].cite(reference, options_of(case.name))
    assert [f"{line.role}{'+' * line.gap} {shown(line.content)}" for line in lines] == case.expected


def test_the_cases_cover_every_pattern_role_and_knob() -> None:
    types = {found[1] for case in CASES if (found := re.match(r"@(\w+)", case.source))}
    assert {ENTRY_TYPES[name].pattern for name in types} == set(Pattern)
    # What is said beside the description belongs to a dossier, not to a grammar.
    assert {line.split()[0].rstrip("+") for case in CASES for line in case.expected} == set(Role) - {
        Role.TOPICS,
        Role.DETAILS,
        Role.HOLDING,
    }
    knobs = {knob for case in CASES for knob, _ in KNOBS.findall(case.name.partition("[")[2])}
    assert knobs == set(Options.__dataclass_fields__)


@pytest.mark.parametrize(
    ("typed", "lang", "expected"),
    [
        ("@thesis{a}", "fr", "Thèse"),
        ("@thesis{a}", "en", "Thesis"),
        ("@unpublished{a}", "fr", "Document non publié"),
        ("@unpublished{a, venue = {Nice}}", "fr", "Communication"),
        ("@presentation{a}", "fr", "Communication"),
        ("@thesis{a, type = {mathesis}}", "fr", "Mémoire"),
        ("@thesis{a, type = {Thèse de doctorat du travail}}", "fr", "Thèse"),
        ("@phdthesis{a, type = {Mémoire de master 2}}", "fr", "Mémoire"),
        ("@mastersthesis{a}", "fr", "Mémoire"),
        ("@mastersthesis{a, type = {Thèse d'exercice}}", "fr", "Thèse"),
        ("@thesis{a, type = {Diplôme d'études approfondies}}", "fr", "DEA"),
        ("@thesis{a, type = {Habilitation à diriger des recherches}}", "fr", "HDR"),
        ("@article{a, entrysubtype = {newspaper}}", "fr", "Article"),
        ("@misc{a, entrysubtype = {software}}", "fr", "Logiciel"),
        ("@online{a, entrysubtype = {billet de blog}}", "fr", "Billet de blog"),
        ("@podcast{a}", "fr", "Podcast"),
        ("@jeu{a}", "fr", "Jeu"),
        ("@game{a}", "en", "Game"),
        ("@mallette{a}", "fr", "Mallette"),
        ("@exposition{a}", "en", "Exhibition"),
        ("@outil{a}", "fr", "Outil pédagogique"),
        ("@application{a}", "fr", "Application"),
        ("@misc{a, entrysubtype = {Outil}}", "en", "Outil"),
        ("@brochure{a}", "fr", "Document"),
        ("@ONLINE{a}", "fr", "Page web"),
        ("@legislation{a}", "fr", "Texte officiel"),
        ("@book{a}", "en-GB", "Book"),
        ("@book{a}", "it", "Book"),
    ],
)
def test_the_label_is_the_subtype_else_the_type(typed: str, lang: str, expected: str) -> None:
    (reference,) = read_bibtex(typed.encode(), "cas.bib").value
    assert label_of(reference, lang) == expected


@pytest.mark.parametrize(
    ("typed", "french"),
    [
        ("2019-07-26", "du 26 juillet 2019"),
        ("2020-08-01", "du 1er août 2020"),
        ("2020-01", "de janvier 2020"),
        ("2020-08", "d'août 2020"),
        ("2020", "de 2020"),
        ("2020-08-11/2020-08-12", "des 11 et 12 août 2020"),
        ("2019-11-20/2019-11-23", "du 20 au 23 novembre 2019"),
    ],
)
def test_the_date_of_an_official_journal(typed: str, french: str) -> None:
    date = parse_date(typed)
    assert date is not None
    assert legal_date(date, "fr") == french
