"""The file of themes: its hierarchy, its labels, and its faults."""

from __future__ import annotations

from pathlib import Path

import pytest
from counting import outgrows
from dossier.material import THEMES
from notation import faults_shown

from biblio.collection.themes import Themes, load_themes
from biblio.project.project import Project

ROOT = Path(__file__).parents[2]


def reported(text: str) -> list[str]:
    return faults_shown(load_themes(text, "references/themes.yaml").diagnostics)


def test_a_theme_has_others_inside_it_and_around_it() -> None:
    assert THEMES.slugs == ("territoires", "cls", "mentale", "clsm", "outils")
    assert THEMES.descendants("territoires") == ("territoires", "cls", "mentale", "clsm")
    assert THEMES.descendants("clsm") == ("clsm",)
    assert THEMES.ancestors("clsm") == ("mentale", "territoires")
    assert THEMES.ancestors("outils") == ()


def test_a_theme_is_called_by_its_label_in_each_language() -> None:
    assert [THEMES.label("cls", lang) for lang in ("fr", "en", "fr-CA", "de")] == [
        *("Contrats locaux de santé", "Local health contracts", "Contrats locaux de santé", "Contrats locaux de santé")
    ]


def test_a_keyword_that_is_no_theme_is_alone() -> None:
    assert THEMES.descendants("autre") == ("autre",)
    assert THEMES.ancestors("autre") == ()
    assert THEMES.label("autre", "fr") == "autre"
    assert Themes().slugs == ()


def test_a_keyword_is_a_theme_whatever_its_case_accents_and_spaces() -> None:
    themes = load_themes("acces-aux-soins: {fr: Accès, en: Access}\n", "references/themes.yaml").value
    assert [themes.find(word) for word in ("Accès aux soins", "ACCES-AUX-SOINS", "accès")] == [
        "acces-aux-soins"
    ] * 2 + [""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {fr: A, en: A}\nb: {fr: B, en: B, children: {a: {fr: A, en: A}}}\n", ["2:30 D220 theme=a first=1"]),
        ("a: {fr: A, en: A, children: {a: {fr: A, en: A}}}\n", ["1:30 D221 theme=a"]),
        (
            "a:\n  fr: A\n  en: A\n  children:\n    b: {fr: B, en: B, children: {a: {fr: A, en: A}}}\n",
            ["5:34 D221 theme=a"],
        ),
        ("a: {fr: A, en: A}\na: {fr: B, en: B}\n", ["2:1 D107 key=a first=1"]),
        ("Été: {fr: A, en: A}\n", ["1:1 D105 slug=Été suggestion=ete"]),
        ("con: {fr: A, en: A}\n", ["1:1 D105 slug=con suggestion=con-1"]),
        ("a: {fr: A}\n", ["1:4 D111 key=en"]),
        ("a: {fr: A, en: A, child: {}}\n", ["1:19 D109 key=child suggestion=children"]),
        ("a: {fr: A, en: A, children: [b]}\n", ["1:29 D106 expected=mapping"]),
        ("a: Thème\n", ["1:4 D106 expected=mapping"]),
        ("- a\n", ["1:1 D106 expected=mapping"]),
        ("", ["1:1 D102"]),
        ("a: &x {fr: A, en: A}\nb: *x\n", ["1:4 D103"]),
    ],
)
def test_faults_at_their_places(text: str, expected: list[str]) -> None:
    assert reported(text) == expected


def test_what_is_repeated_is_left_out_and_the_rest_kept() -> None:
    text = "a: {fr: A, en: A, children: {b: {fr: B, en: B}, a: {fr: X, en: X, children: {c: {fr: C, en: C}}}}}\n"
    themes = load_themes(text, "references/themes.yaml").value
    assert themes.descendants("a") == ("a", "b", "c")
    assert themes.ancestors("c") == ("a",)
    assert themes.label("a", "fr") == "A"


def test_the_house_has_a_theme_for_every_keyword_and_a_keyword_for_every_theme() -> None:
    project = Project(ROOT)
    loaded = project.themes
    assert loaded.diagnostics == ()
    keywords = {word for reference in project.opened.value for word in reference.keyword}
    assert keywords - set(loaded.value.slugs) == set()
    used = {around for word in keywords for around in (word, *loaded.value.ancestors(word))}
    assert set(loaded.value.slugs) - used == set()


def test_a_project_may_have_no_themes(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    assert Project(tmp_path).themes.value.slugs == ()
    (tmp_path / "references").mkdir()
    (tmp_path / "references" / "themes.yaml").write_text("a: [\n", encoding="utf-8")
    assert [each.code for each in Project(tmp_path).themes.diagnostics] == ["D131"]


@pytest.mark.parametrize("sign", ["[", "{", "- [", '"a": ['])
def test_brackets_behind_a_mistake_are_read_in_a_time_in_proportion(sign: str) -> None:
    """The parser stops at the mistake, and so does the search for what was mistyped."""
    assert not outgrows(lambda count: load_themes('cls: ["a", 1, nu' + sign * count, "themes.yaml"), 500)
