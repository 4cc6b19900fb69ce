"""What a dossier covers of the collection: every figure was counted by hand in ``material``."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from cli.running import biblio, rewrite
from dossier.questions import BIB, SLUG, make

from biblio.dossier.coverage import Basis, Coverage, coverage, share
from biblio.dossier.select import select
from biblio.project.project import Project

SPEC = f"dossiers/{SLUG}.yaml"

FRENCH = """\
demo : Santé : les contrats
Thèmes du dossier : Contrats locaux, Santé mentale
Références du dossier : 3 ; sur ses thèmes, hors du dossier : 2
En accès libre : 1 sur 3 (33 %) ; non précisé : 1
Sans annotation ni résumé : 1

Sections                                            références
  Contrats                                                   2  peu fournie
  Conseils
    Bilans                                                   1  peu fournie
    À venir                                                  0  vide

Thèmes                                              au dossier  hors dossier
  Contrats locaux                                            2             1
  Santé mentale                                              1             1
    Conseils locaux                                          1             1

Années                                              au dossier  hors dossier
  2019                                                       1             0
  2020                                                       1             0
  2021                                                       1             1
  sans date                                                  0             1

Types                                               au dossier  hors dossier
  Article                                                    1             1
  Rapport                                                    1             1
  Ouvrage                                                    1             0

Langues                                             au dossier  hors dossier
  français                                                   2             1
  anglais                                                    1             0
  non précisé                                                0             1

Accès                                               au dossier  hors dossier
  libre                                                      1             1
  restreint                                                  1             0
  non précisé                                                1             1

À placer : 2
  quatre-2021  2021-06  La santé mentale en ville
  cinq-sd  –  Un guide sans date

Sans annotation ni résumé : 1
  trois-2021  2021  Contracts for health

Page : build/demo.coverage.html
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "projet")


def figures_of(folder: Path, lang: str = "fr") -> Coverage:
    found = Project(folder)
    spec = found.dossier(SLUG).value
    assert spec is not None
    selection = select(found.opened.value, spec, found.themes.value).value
    return coverage(found.opened.value, selection, found.themes.value, lang)


# --- on the terminal -------------------------------------------------------------------------------------------------


def test_the_tables_in_french(project: Path) -> None:
    done = biblio(project, "coverage", SLUG)
    assert done.code == 0
    assert done.out == FRENCH
    assert "D213" in done.err  # « À venir » finds nothing


def test_the_tables_in_english(project: Path) -> None:
    out = biblio(project, "coverage", SLUG, "--lang", "en").out
    assert out.startswith(
        "demo: Santé : les contrats\n"
        "Themes of the dossier: Local contracts, Mental health\n"
        "References of the dossier: 3; on its themes, outside the dossier: 2\n"
        "In open access: 1 of 3 (33%); not said: 1\n"
        "Without annotation or abstract: 1\n"
    )
    assert "    À venir                                                  0  empty\n" in out
    assert out.endswith("Page: build/demo.coverage.html\n")


def test_a_section_is_thin_below_the_number_asked_for(project: Path) -> None:
    out = biblio(project, "coverage", SLUG, "--thin", "2").out
    assert "  Contrats                                                   2\n" in out
    assert "    Bilans                                                   1  peu fournie\n" in out


def test_for_programs(project: Path) -> None:
    record = biblio(project, "coverage", SLUG, "--json", "--lang", "en").json
    assert record["themes"] == {"basis": "declared", "slugs": ["cls", "sante-mentale"]}
    assert (record["placed"], record["open_share"]) == (3, 33)
    assert record["years"] == [
        {"name": "2019", "label": "2019", "placed": 1, "unplaced": 0},
        {"name": "2020", "label": "2020", "placed": 1, "unplaced": 0},
        {"name": "2021", "label": "2021", "placed": 1, "unplaced": 1},
        {"name": None, "label": "undated", "placed": 0, "unplaced": 1},
    ]
    assert record["sections"][2] == {"path": ["Conseils", "À venir"], "printed": 0, "see_also": 0, "state": "empty"}
    assert record["unplaced"][0] == {
        "citekey": "quatre-2021",
        "title": "La santé mentale en ville",
        "type": "Article",
        "issued": "2021-06",
        "keywords": ["clsm"],
        "path": "references/a.bib",
        "line": BIB[: BIB.index("@article{quatre-2021")].count("\n") + 1,
    }
    assert [each["citekey"] for each in record["without_annotation"]] == ["trois-2021"]
    assert not (project / "build").exists()


def test_a_spec_that_cannot_be_read(project: Path) -> None:
    (project / SPEC).write_text("- rien\n", encoding="utf-8")
    done = biblio(project, "coverage", SLUG)
    assert (done.code, done.out) == (1, "")
    assert "D106" in done.err


# --- the figures -----------------------------------------------------------------------------------------------------


def keys(figures: Coverage) -> set[str]:
    return {reference.citekey for reference in figures.unplaced}


def test_without_declared_themes_those_selected_or_borne_stand_for_them(project: Path) -> None:
    rewrite(project / SPEC, "themes: [cls, sante-mentale]\n", "")
    figures = figures_of(project)
    assert figures.basis is Basis.FOUND
    # « Contrats » bears cls and logement, « Bilans » selects clsm.
    assert set(figures.themes) == {"cls", "logement", "clsm"}
    assert keys(figures) == {"quatre-2021", "cinq-sd", "six-2018"}


def test_a_theme_takes_those_inside_it_along_and_is_told_once(project: Path) -> None:
    rewrite(project / SPEC, "[cls, sante-mentale]", "[clsm, sante-mentale]")
    figures = figures_of(project)
    assert figures.themes == ("sante-mentale",)
    assert keys(figures) == {"quatre-2021"}
    assert [(row.name, row.depth) for row in figures.by_theme] == [("sante-mentale", 0), ("clsm", 1)]


def test_a_collection_without_themes_has_its_keywords(project: Path) -> None:
    (project / "references" / "themes.yaml").unlink()
    rewrite(project / SPEC, "themes: [cls, sante-mentale]\n", "")
    assert keys(figures_of(project)) == {"quatre-2021", "cinq-sd", "six-2018"}


def test_without_any_theme_nothing_is_looked_for(project: Path) -> None:
    bib = project / "references" / "a.bib"
    bib.write_text(re.sub(r"  keywords = .*\n", "", bib.read_text(encoding="utf-8")), encoding="utf-8")
    (project / SPEC).write_text(
        "title: T\ndate: 2022\npublisher: P\nsections: [{title: S, references: un-2019}]\n", encoding="utf-8"
    )
    figures = figures_of(project)
    assert (figures.basis, figures.themes, figures.unplaced) == (Basis.NONE, (), ())


def test_shares_are_rounded_to_the_nearest() -> None:
    assert [share(part, 8) for part in (0, 1, 3, 8)] == [0, 13, 38, 100]
    assert share(0, 0) == 0


# --- the page --------------------------------------------------------------------------------------------------------


@dataclass
class Part:
    """A section of the page: its heading, its plot's words, and its table, row by row."""

    title: str = ""
    description: str = ""
    words: list[str] = field(default_factory=list)
    marks: list[tuple[str, float, float]] = field(default_factory=list)
    table: list[list[str]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    """Reads the page as a browser would, and checks on the way that what opens is closed."""

    VOID = {"meta", "rect", "path"}

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, Part] = {}
        self.open: list[str] = []
        self.part = Part()
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.style = ""
        self.heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in given.items()]
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "section":
            self.part = self.parts[given["aria-labelledby"]] = Part()
        elif tag == "rect" and "svg" in self.open and "class" in given:
            self.part.marks.append((given["class"], float(given["width"]), float(given["height"])))
        elif tag == "tr":
            self.part.table.append([])
        elif tag in ("td", "th"):
            self.part.table[-1].append("")
        elif tag == "text":
            self.part.words.append("")
        elif tag == "li":
            self.part.items.append("")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside == "style":
            self.style += data
        elif inside == "h1":
            self.heading += data
        elif inside == "title" and "svg" in self.open:
            self.part.title += data
        elif inside == "desc":
            self.part.description += data
        elif inside in ("td", "th"):
            self.part.table[-1][-1] += data
        elif inside == "text":
            self.part.words[-1] += data
        elif "li" in self.open:
            self.part.items[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def page_of(project: Path, *words: str) -> tuple[_Page, str]:
    done = biblio(project, "coverage", SLUG, "--html", "page.html", *words)
    assert done.out.endswith("page.html\n")
    text = (project / "page.html").read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    assert page.open == []
    return page, text


def test_the_page_has_the_same_figures_in_its_tables(project: Path) -> None:
    page, _ = page_of(project)
    assert page.parts["years"].table == [
        ["Intitulé", "au dossier", "hors dossier", "total"],
        ["2019", "1", "0", "1"],
        ["2020", "1", "0", "1"],
        ["2021", "1", "1", "2"],
        ["sans date", "0", "1", "1"],
    ]
    assert page.parts["sections"].table == [
        ["Section", "références", "renvois", "état"],
        ["Contrats", "2", "0", "peu fournie"],
        ["Conseils > Bilans", "1", "0", "peu fournie"],
        ["Conseils > À venir", "0", "0", "vide"],
    ]
    assert page.parts["by_theme"].table[1:] == [
        ["Contrats locaux", "2", "1", "3"],
        ["Santé mentale", "1", "1", "2"],
        ["Conseils locaux", "1", "1", "2"],
    ]
    assert page.parts["to_place"].items == [
        "La santé mentale en ville – Article, 2021-06, Conseils locaux quatre-2021",
        "Un guide sans date – Rapport, Contrats locaux cinq-sd",
    ]


def test_each_plot_says_what_it_shows(project: Path) -> None:
    page, text = page_of(project)
    plots = [part for part in page.parts.values() if part.marks]
    assert [part.title for part in plots] == ["Sections", "Thèmes", "Années", "Types", "Langues", "Accès"]
    assert page.parts["years"].description == (
        "Au dossier\u00a0: 3\u202f; sur ses thèmes, hors du dossier\u00a0: 2. Le plus grand nombre\u00a0: 2021 (2)."
    )
    assert {"0", "1", "2", "2019", "2020", "2021"} == set(page.parts["years"].words)
    assert page.parts["types"].words == ["Article", "2", "Rapport", "2", "Ouvrage", "1"]
    referred = {word for _, name, value in page.attributes if name == "aria-labelledby" for word in value.split()}
    assert referred <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert text.count('<svg role="img"') == len(plots)


def test_the_bars_are_as_long_as_their_figures(project: Path) -> None:
    page, _ = page_of(project)
    kinds = [kind for kind, _, _ in page.parts["by_theme"].marks]
    assert kinds == ["placed", "unplaced"] * 3
    widths = [width for _, width, _ in page.parts["by_theme"].marks]
    one = widths[0] / 2
    assert widths == pytest.approx([2 * one, one, one, one, one, one], abs=0.02)
    heights = [(kind, height) for kind, _, height in page.parts["years"].marks]
    assert heights == [("placed", 110.0), ("placed", 110.0), ("placed", 110.0), ("unplaced", 110.0)]


def test_the_page_needs_nothing_from_elsewhere_and_lets_nothing_in(project: Path) -> None:
    rewrite(project / SPEC, '"Santé : les contrats"', "<script>alert(1)</script>")
    page, text = page_of(project)
    assert page.heading == "<script>alert(1)</script>"
    assert "<script" not in text
    assert {name for _, name, _ in page.attributes}.isdisjoint({"src", "href", "style", "onclick"})
    assert "url(" not in page.style
    assert "@import" not in page.style
    (policy,) = [value for tag, _, value in page.attributes if tag == "meta" and value.startswith("default-src")]
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_page_speaks_the_language_of_the_command(project: Path) -> None:
    page, _ = page_of(project, "--lang", "en")
    assert ("html", "lang", "en") in page.attributes
    assert page.parts["open_access"].table[1] == ["open", "1", "1", "2"]
    # A title keeps its own language.
    assert ("cite", "lang", "fr") in page.attributes


def test_a_page_that_cannot_be_written_is_told(project: Path) -> None:
    done = biblio(project, "coverage", SLUG, "--html", "nulle/part/page.html")
    assert done.code == 2
    assert "erreur E105" in done.err
