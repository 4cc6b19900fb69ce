"""The words of a house: what ``words.yaml`` may say, in which language, and what of it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from compose.material import SLUG, project

from biblio.build.pipeline import compose_dossier
from biblio.style.words import HouseWords, load_words
from biblio.text.inline import plain
from biblio.words.tables import term

WORDS = """\
dossier:
  contents: {fr: Table, fr-CA: Au menu, english: Menu}
citation.page: "page {pages}"
citation:
  in: "dans "
"""


def test_words_go_by_language_and_by_country() -> None:
    words = load_words(WORDS, "words.yaml")
    assert words.diagnostics == ()
    found = [term("dossier.contents", words.value.language(tag)) for tag in ("fr", "fr-CA", "fr-CH", "en-GB", "es")]
    assert found == ["Table", "Au menu", "Table", "Menu", "Sumario"]


def test_a_word_without_a_language_is_for_all_of_them_and_keeps_its_blanks() -> None:
    words = load_words(WORDS, "words.yaml").value
    assert [term("citation.page", words.language(tag)) for tag in ("fr", "es")] == ["page {pages}"] * 2
    assert term("citation.in", words.language("fr")) == "dans "


def test_the_words_of_a_style_come_over_those_that_it_extends() -> None:
    first = load_words("dossier: {contents: {fr: A, en: B}, new: {fr: C}}", "words.yaml").value
    second = load_words("dossier: {contents: {fr: D}}", "words.yaml").value.over(first)
    french, english = second.language("fr"), second.language("en")
    assert [term("dossier.contents", french), term("dossier.contents", english)] == ["D", "B"]
    assert term("dossier.new", french) == "C"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dossier: {content: Table}", ["D145 1:11 dossier.contents"]),
        ("dosier.contents: Table", ["D145 1:1 dossier.contents"]),
        ("tout: Table", ["D145 1:1 –"]),
        ("citation: {page: page}", ["D146 1:18 {pages}"]),
        ("citation: {page: 'p. {page}'}", ["D146 1:18 {pages}"]),
        ("citation: {page: 'p. {pages} {autre}'}", ["D146 1:18 {pages}"]),
        ("citation: {page: 'p. {pages'}", ["D146 1:18 {pages}"]),
        ("citation: {page: 'p. {pages.__class__}'}", ["D146 1:18 {pages}"]),
        ("citation: {page: 'p. {pages!r:>9}'}", ["D146 1:18 {pages}"]),
        ("dossier: {contents: {français: Table, elfique: Mas}}", ["D212 1:39 fr"]),
        ("dossier: [contents]", ["D134 1:10"]),
        ("dossier: {contents: {fr: {de: x}}}", ["D106 1:26"]),
        ("dossier: {contents: A, contents: B}", ["D107 1:24"]),
        ("Table", ["D106 1:1"]),
        ("dossier: {contents: }", ["D106 1:20"]),
    ],
)
def test_what_is_no_word_is_told_at_its_place(text: str, expected: Sequence[str]) -> None:
    loaded = load_words(text, "words.yaml")
    told = [
        f"{each.code} {each.span.line}:{each.span.column} "
        + str(each.arguments.get("suggestion", each.arguments.get("placeholders", "")))
        for each in loaded.diagnostics
        if each.span
    ]
    assert [line.strip() for line in told] == list(expected)


def test_an_empty_file_says_nothing() -> None:
    assert load_words(" \n# rien\n", "words.yaml").value == HouseWords()


STYLE = """\
title: Maison
extends: cres
name_capitals: false
dates: words
notice_lines: [title, source, authors, annotation]
source_elements: [date, journaltitle, publisher]
"""
SPEC = "style: maison\nlang: fr-CA\nsections: [{title: Un, references: [bader, ars]}]\n"


def test_a_style_changes_words_lines_elements_dates_and_capitals(tmp_path: Path) -> None:
    made = project(tmp_path, SPEC)
    folder = tmp_path / "styles" / "maison"
    folder.mkdir(parents=True)
    (folder / "style.yaml").write_text(STYLE, encoding="utf-8")
    (folder / "words.yaml").write_text("dossier: {contents: Table}\ntype: {article: Papier}", encoding="utf-8")
    spec = made.dossier(SLUG).value
    assert spec is not None
    done = compose_dossier(made, spec, spec.style)
    assert done.value is not None
    assert done.diagnostics == ()
    document = done.value.document
    assert plain(document.contents_title) == "Table"
    bader, ars = document.notices
    assert (bader.label, ars.label) == ("Papier", "Rapport")
    assert [f"{line.role} {plain(line.content)}" for line in bader.lines] == [
        "title Les contrats locaux de santé (CLS) en 2019",
        "source mars 2019, Santé publique",
        "authors Bader Clément, Édouard Anne",
    ]
    assert [str(line.role) for line in ars.lines] == ["title", "source", "authors", "annotation"]


def test_the_lines_of_a_notice_have_its_title(tmp_path: Path) -> None:
    made = project(tmp_path, SPEC)
    folder = tmp_path / "styles" / "maison"
    folder.mkdir(parents=True)
    (folder / "style.yaml").write_text("title: Maison\nnotice_lines: [authors]\n", encoding="utf-8")
    loaded = made.style("maison")
    assert [(each.code, each.span and each.span.where) for each in loaded.diagnostics] == [
        ("D147", "styles/maison/style.yaml:2")
    ]
    assert loaded.value is not None
    assert loaded.value.spec.notice_lines == ()


def test_what_a_style_leaves_unsaid_is_that_of_the_style_it_extends(tmp_path: Path) -> None:
    made = project(tmp_path, SPEC)
    for name, spec in (("base", STYLE), ("fille", "title: Fille\nextends: base\ndates: figures\n")):
        (tmp_path / "styles" / name).mkdir(parents=True)
        (tmp_path / "styles" / name / "style.yaml").write_text(spec, encoding="utf-8")
    style = made.style("fille").value
    assert style is not None
    assert (style.spec.dates, style.spec.name_capitals) == ("figures", False)
    assert [word.value for word in style.spec.notice_lines] == ["title", "source", "authors", "annotation"]
