"""What each kind of dossier does in its own way."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import HEAD, SLUG, document, project, spaced

from biblio.document.tree import Role
from biblio.dossier.kinds import KINDS
from biblio.project.project import Project
from biblio.text.inline import plain

ROOT = Path(__file__).parents[2]
SELECT = "sections:\n  - {title: Un, select: {any: [{theme: cls}, {key: zay}]}}\n"


@pytest.mark.parametrize("name", KINDS)
def test_a_dossier_without_a_style_has_that_of_its_kind(tmp_path: Path, name: str) -> None:
    loaded = project(tmp_path, f"kind: {name}\n{SELECT}").dossier(SLUG)
    assert loaded.diagnostics == ()
    assert loaded.value
    assert loaded.value.style == KINDS[name].style
    assert KINDS[name].style in Project(ROOT).style_names
    named = project(tmp_path, f"kind: {name}\nstyle: sobre\n{SELECT}").dossier(SLUG)
    assert named.value
    assert named.value.style == "sobre"


def test_a_bulletin_dates_its_notices_the_newest_first(tmp_path: Path) -> None:
    made = document(tmp_path, f"kind: bulletin\n{SELECT}")
    found = [(notice.citekey, spaced(notice.label)) for notice in made.notices]
    assert found == [("ars", "Publié le 14 décembre 2025"), ("bader", "Publié le 1er décembre 2025"), ("zay", "")]


def test_a_bulletin_that_is_cut_keeps_the_newest(tmp_path: Path) -> None:
    made = document(
        tmp_path, "kind: bulletin\nsections: [{title: Un, select: {any: [{theme: cls}, {key: zay}]}, limit: 1}]\n"
    )
    assert [notice.citekey for notice in made.notices] == ["ars"]


@pytest.mark.parametrize(
    "section",
    [
        "{title: Un, references: [bader, zay, ars]}",
        "{title: Un, select: {any: [{theme: cls}, {key: zay}]}, pin: [{key: ars, at: last}], sort: [-title]}",
    ],
)
def test_a_bulletin_keeps_an_order_of_one_s_own(tmp_path: Path, section: str) -> None:
    made = document(tmp_path, f"kind: bulletin\nsections:\n  - {section}\n")
    ordered = [notice.citekey for notice in made.notices]
    assert ordered[-1] == "ars"
    assert ordered != ["ars", "bader", "zay"]


def test_a_bulletin_tells_themes_and_audiences(tmp_path: Path) -> None:
    made = document(tmp_path, f"kind: bulletin\n{SELECT}")
    told = {
        notice.citekey: [spaced(plain(line.content)) for line in notice.lines if line.role is Role.TOPICS]
        for notice in made.notices
    }
    assert told == {
        "ars": ["Thèmes : Contrats locaux de santé", "Publics : élus, agents publics"],
        "bader": ["Thèmes : Contrats locaux de santé, inegalites"],
        "zay": ["Thèmes : Santé mentale"],
    }
    (bader,) = [notice for notice in made.notices if notice.citekey == "bader"]
    roles = [line.role for line in bader.lines]
    assert roles.index(Role.TOPICS) < roles.index(Role.LINK)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("kind: bulletin\nedition: '14'\n", "Pour voir n° 14"),
        ("kind: newsletter\nedition: '2025-11'\n", "Pour voir n° 2025-11"),
        ("kind: bulletin\nedition: 14 bis\n", "Pour voir n° 14 bis"),
        ("kind: bulletin\nedition: 2e édition\n", "Pour voir, 2e édition"),
        ("kind: bulletin\nedition: Hors série 3\n", "Pour voir, Hors série 3"),
        ("kind: bulletin\nedition: n° 4\n", "Pour voir, n° 4"),
        ("kind: selection\n", "Pour voir"),
    ],
)
def test_an_issue_has_its_number(tmp_path: Path, head: str, expected: str) -> None:
    assert spaced(plain(document(tmp_path, head + SELECT).cover.subtitle)) == expected


def test_an_issue_without_a_subtitle_says_what_it_is(tmp_path: Path) -> None:
    made = document(
        tmp_path, f"kind: bulletin\nedition: '14'\n{SELECT}", head=HEAD.replace("subtitle: Pour voir\n", "")
    )
    assert spaced(plain(made.cover.subtitle)) == "Veille documentaire n° 14"


@pytest.mark.parametrize(
    ("kind", "contents"),
    [("selection", "Sommaire"), ("bulletin", "Dans ce numéro"), ("newsletter", "Au sommaire"), ("reading-list", "")],
)
def test_a_kind_has_its_contents(tmp_path: Path, kind: str, contents: str) -> None:
    assert plain(document(tmp_path, f"kind: {kind}\n{SELECT}").contents_title) == contents


def test_a_reading_list_has_no_tags(tmp_path: Path) -> None:
    assert {notice.label for notice in document(tmp_path, f"kind: reading-list\n{SELECT}").notices} == {""}
