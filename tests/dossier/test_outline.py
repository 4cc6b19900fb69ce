"""The outline of a dossier on the command line: its sections and their references, in the order of print."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import biblio, rewrite
from dossier.questions import SLUG, make

SPEC = f"dossiers/{SLUG}.yaml"
# In « Contrats », trois-2021 stands whole already; six-2018 is the second of what a limit of one leaves.
PLAN = """\
title: "Santé : les contrats"
date: 2022-04
publisher: Centre
sections:
  - title: Contrats
    references: [un-2019, trois-2021]
  - title: Suite
    sections:
      - title: Logement
        select: {keyword: [cls, logement], since: 2018, until: 2021}
        sort: -date
        limit: 2
      - title: Conseils
        select: {theme: clsm}
        group_by: type
  - title: Mot de la fin
    intro: À bientôt.
"""
FRENCH = """\
demo : Santé : les contrats
  Contrats (2)
    un-2019  Le contrat expliqué
    trois-2021  Contracts for health
  Suite (2)
    Logement (0)
      voir aussi : trois-2021  Contracts for health
      voir aussi : un-2019  Le contrat expliqué
      coupée par la limite : six-2018  Se loger
    Conseils (2)
      Article (1)
        quatre-2021  La santé mentale en ville
      Rapport (1)
        deux-2020  Un conseil évalué
  Mot de la fin (0)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = make(tmp_path / "projet")
    (folder / SPEC).write_text(PLAN, encoding="utf-8")
    return folder


def test_the_sections_and_their_references_in_french(project: Path) -> None:
    done = biblio(project, "outline", SLUG)
    assert (done.code, done.err) == (0, "")
    assert done.out == FRENCH


def test_the_sections_and_their_references_in_english(project: Path) -> None:
    done = biblio(project, "outline", SLUG, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    said = (("demo :", "demo:"), ("voir aussi :", "see also:"), ("coupée par la limite :", "cut by the limit:"))
    english = FRENCH
    for french, own in said:
        english = english.replace(french, own)
    assert done.out == english


def test_for_programs(project: Path) -> None:
    record = biblio(project, "outline", SLUG, "--json").json
    assert (record["slug"], record["title"], record["references"]) == (SLUG, "Santé : les contrats", 4)
    _, suite, _ = record["sections"]
    logement, conseils = suite["sections"]
    assert logement == {
        "title": "Logement",
        "count": 0,
        "references": [],
        "see_also": [
            {"citekey": "trois-2021", "title": "Contracts for health"},
            {"citekey": "un-2019", "title": "Le contrat expliqué"},
        ],
        "cut": [{"citekey": "six-2018", "title": "Se loger"}],
        "sections": [],
    }
    assert [(group["title"], group["count"]) for group in conseils["sections"]] == [("Article", 1), ("Rapport", 1)]


def test_a_bulletin_has_what_came_in_last_first_as_in_print(project: Path) -> None:
    bib = project / "references" / "a.bib"
    for title, added in (("Un conseil évalué", "2022-01"), ("La santé mentale en ville", "2022-02")):
        rewrite(bib, f"  title = {{{title}}},", f"  title = {{{title}}},\n  added = {{{added}}},")
    (project / SPEC).write_text(
        "kind: bulletin\ntitle: T\ndate: 2022\npublisher: P\nsections: [{title: S, select: {theme: clsm}}]\n",
        encoding="utf-8",
    )
    listed = [each["citekey"] for each in biblio(project, "outline", SLUG, "--json").json["sections"][0]["references"]]
    assert listed == ["quatre-2021", "deux-2020"]
    assert biblio(project, "build", SLUG, "--format", "html").code == 0
    page = (project / "build" / f"{SLUG}.html").read_text(encoding="utf-8")
    assert sorted(listed, key=lambda key: page.index(f'id="ref-{key}"')) == listed


def test_faults_are_told_and_the_rest_is_shown(project: Path) -> None:
    rewrite(project / SPEC, "[un-2019, trois-2021]", "[un-2018, trois-2021]")
    done = biblio(project, "outline", SLUG)
    assert done.code == 1
    assert f"{SPEC}:6:18: erreur D207" in done.err
    assert done.out.startswith("demo : Santé : les contrats\n  Contrats (1)\n    trois-2021  Contracts for health\n")


def test_a_spec_that_cannot_be_read(project: Path) -> None:
    (project / SPEC).write_text("- rien\n", encoding="utf-8")
    done = biblio(project, "outline", SLUG)
    assert (done.code, done.out) == (1, "")
    assert "D106" in done.err
