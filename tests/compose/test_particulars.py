"""The fields of a documentation centre under a notice: what they say, in which order, and never twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import HEAD, SLUG, project, spaced

from biblio.build.pipeline import compose_dossier
from biblio.check.check import check, of_project
from biblio.check.config import configuration
from biblio.document.tree import Notice
from biblio.project.project import Project
from biblio.style.fields import PRINTABLE
from biblio.text.inline import plain

REFERENCES = r"""
@book{mallette, author = {Zay, Luc}, title = {Bien manger}, publisher = {Codes}, date = {2022}, langid = {french},
  entrysubtype = {kit}, library = {PREV 12.3}, loanterms = {3 semaines}, openaccess = {no}, license = {CC BY 4.0},
  holdings = {CRES Marseille : PREV 12.3 (prêt 3 semaines)
    CoDES 13},
  audience = {élus, agents}, keywords = {cls}, territory = {Occitanie}, duration = {45 min},
  contents = {Un livret

    Douze cartes}, url = {https://www.example.org/}, urldate = {2020-03-03}, isbn = {978-2-07-036822-8},
  annotation = {Des ateliers.}}
@article{libre, title = {Ouvert}, journaltitle = {Revue}, date = {2020}, openaccess = {yes}, urldate = {2020-03}}
@article{embargo, title = {Bientôt}, journaltitle = {Revue}, date = {2020}, openaccess = {embargo jusqu'en 2026}}
"""
SECTIONS = "sections: [{title: Un, references: [mallette, libre, embargo]}]\n"
EVERY = f"fields: [{', '.join(PRINTABLE)}]\n"


def notices(folder: Path, spec: str) -> list[Notice]:
    made = project(folder, spec + SECTIONS, REFERENCES, HEAD)
    loaded = made.dossier(SLUG)
    assert loaded.value is not None, loaded.diagnostics
    done = compose_dossier(made, loaded.value, loaded.value.style)
    assert done.value is not None, done.diagnostics
    assert [each.code for each in loaded.diagnostics] == []
    return list(done.value.document.notices)


def beside(notice: Notice) -> list[str]:
    return [
        f"{line.role} {spaced(plain(line.content))}"
        for line in notice.lines
        if line.role in ("topics", "details", "holding", "link")
    ]


def test_nothing_is_printed_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert beside(notices(tmp_path, "")[0]) == ["link https://www.example.org/"]


def test_every_field_has_its_line_and_where_it_is_held_comes_last(tmp_path: Path) -> None:
    kit, free, embargo = notices(tmp_path, EVERY)
    assert beside(kit) == [
        "details Licence : CC BY 4.0",
        "topics Publics : élus, agents",
        "topics Mots-clés : Contrats locaux de santé",
        "topics Territoires : Occitanie",
        "details Durée : 45 min",
        "details Contenu : Un livret ; Douze cartes",
        "details Consulté le 3 mars 2020",
        "details ISBN 978-2-07-036822-8",
        "link https://www.example.org/",
        "holding Cote : PREV 12.3",
        "holding Disponible : CRES Marseille, PREV 12.3 (prêt 3 semaines)",
        "holding Disponible : CoDES 13",
        "holding Prêt : 3 semaines",
        "holding Accès restreint",
    ]
    assert beside(free) == ["details Consulté en mars 2020", "holding En accès libre"]
    assert beside(embargo) == ["holding Accès : embargo jusqu'en 2026"]


def test_the_order_is_that_of_the_list(tmp_path: Path) -> None:
    kit = notices(tmp_path, "fields: [isbn, duration, openaccess, library]\n")[0]
    assert beside(kit) == [
        "details ISBN 978-2-07-036822-8",
        "details Durée : 45 min",
        "link https://www.example.org/",
        "holding Accès restreint",
        "holding Cote : PREV 12.3",
    ]


def style(project_of: Path, text: str) -> None:
    folder = project_of / "styles" / "maison"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "style.yaml").write_text(f"title: Maison\nextends: cres\n{text}", encoding="utf-8")


def test_a_style_asks_for_fields_and_a_spec_has_the_last_word(tmp_path: Path) -> None:
    style(tmp_path, "fields: [library]\n")
    (tmp_path / "styles/maison/words.yaml").write_text(
        "particulars: {library: 'Disponible au CRES : {call_number}'}", encoding="utf-8"
    )
    assert beside(notices(tmp_path, "style: maison\n")[0])[1:] == ["holding Disponible au CRES : PREV 12.3"]
    assert beside(notices(tmp_path, "style: maison\nfields: isbn\n")[0])[0] == "details ISBN 978-2-07-036822-8"


@pytest.mark.parametrize(
    ("citation", "expected"),
    [("iso690-fr", []), ("iso690-note-fr", ["details ISBN 978-2-07-036822-8"])],
)
def test_what_the_grammar_cites_is_not_said_again(tmp_path: Path, citation: str, expected: list[str]) -> None:
    style(tmp_path, f"citation: {citation}\n")
    kit = notices(tmp_path, "style: maison\nfields: [urldate, isbn]\n")[0]
    assert [line for line in beside(kit) if line.startswith("details")] == expected
    text = " ".join(spaced(plain(line.content)) for line in kit.lines)
    assert (text.count("2020"), text.count("978-2-07-036822-8")) == (1, 1)


def test_a_bulletin_says_its_topics_once(tmp_path: Path) -> None:
    kit = notices(tmp_path, "kind: bulletin\nfields: [keywords, audience, territory]\n")[0]
    assert [line for line in beside(kit) if line.startswith("topics")] == [
        "topics Thèmes : Contrats locaux de santé",
        "topics Publics : élus, agents",
        "topics Territoires : Occitanie",
    ]


def test_the_lines_that_a_style_wants_hold_for_fields_too(tmp_path: Path) -> None:
    style(tmp_path, "fields: [library, isbn]\nnotice_lines: [holding, title]\n")
    kit = notices(tmp_path, "style: maison\n")[0]
    assert [str(line.role) for line in kit.lines] == ["holding", "title"]


def test_a_field_that_is_printed_is_not_told_to_be_left_out(tmp_path: Path) -> None:
    def told(spec: str) -> list[str]:
        project(tmp_path, spec + SECTIONS, REFERENCES, HEAD)
        told = check(of_project(Project(tmp_path)), configuration(tmp_path))
        return sorted(str(each.arguments["field"]) for each in told if each.code == "F310")

    assert told("") == ["isbn", "urldate"]
    assert told("fields: [isbn]\n") == ["urldate"]
