"""The command ``export``: which references, in which format, and where they go."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
import python_calamine
from cli.running import BIB, SLUG, biblio, on_a_terminal, snapshot

from biblio.formats.bibtex.reader import read_bibtex
from biblio.outputs.exports import EXPORTS

# The keys of the starter, in the order of its file.
KEYS = ["exemple-2024-article", "exemple-2023-rapport", "exemple-2022-ouvrage"]


def keys(text: str) -> list[str]:
    return [reference.citekey for reference in read_bibtex(text.encode(), "essai.bib").value]


def test_all_references_as_biblatex(project: Path) -> None:
    done = biblio(project, "export")
    assert (done.code, done.err) == (0, "")
    assert sorted(keys(done.out)) == sorted(keys((project / BIB).read_text()))


def test_those_of_a_dossier_in_its_order(project: Path) -> None:
    whole = biblio(project, "export", SLUG, "--format", "csl-json").json
    outline = biblio(project, "outline", SLUG).out
    assert [item["id"] for item in whole] == re.findall(r"exemple-[\w-]+", outline)
    assert biblio(project, "export", f"dossiers/{SLUG}.yaml", "--format", "csl-json").json == whole


def test_those_that_a_query_finds(project: Path) -> None:
    assert keys(biblio(project, "export", "--query", "{type: article}").out) == ["exemple-2024-article"]
    assert keys(biblio(project, "export", "--query", "key: '*2023*'").out) == keys(
        biblio(project, "export", SLUG, "--query", "{since: 2023, until: 2023}").out
    )


def test_a_query_is_held_to_the_words_of_select(project: Path) -> None:
    done = biblio(project, "export", "--query", "{tipe: article}")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("--query:1:2: erreur D109 misspelt-key")
    assert "    1 │ {tipe: article}\n      │  ^^^^" in done.err


def test_an_unknown_format_names_those_there_are(project: Path) -> None:
    done = biblio(project, "export", "--format", "word")
    assert (done.code, done.out) == (2, "")
    assert "E111" in done.err
    assert f"formats : {', '.join(EXPORTS)}" in done.err
    # A format that is read and not written is not one of them.
    assert biblio(project, "export", "--format", "medline").code == 2


def test_the_help_lists_the_formats(project: Path) -> None:
    shown = "".join(biblio(project, "export", "--help").out.split())
    assert f"Leformat:{','.join(EXPORTS)}." in shown


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_writes_the_same_bytes_twice(project: Path, name: str) -> None:
    done = biblio(project, "export", "--format", name, "-o", "un")
    assert (done.code, done.out, done.err) == (0, "", "")
    biblio(project, "export", "--format", name, "-o", "deux")
    assert (project / "un").read_bytes() == (project / "deux").read_bytes()
    assert b"exemple" in (project / "un").read_bytes().lower() or name == "xlsx"


def test_the_workbook_has_a_row_for_each_reference_and_no_formula(project: Path) -> None:
    (project / BIB).write_text("@book{a, title = {=1+1}, date = {2019}}\n@book{b, title = {+33 6}, date = {2019}}\n")
    biblio(project, "export", "--format", "xlsx", "-o", "x.xlsx")
    rows = python_calamine.load_workbook(str(project / "x.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0] == ["citekey", "entrytype", "author", "title", "date"]
    assert [row[3:] for row in rows[1:]] == [["=1+1", "2019"], ["+33 6", "2019"]]
    with zipfile.ZipFile(project / "x.xlsx") as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_what_is_no_text_is_not_shown(project: Path) -> None:
    code, shown = on_a_terminal(project, "export", "--format", "marc")
    assert code == 2
    assert "E138" in shown
    code, shown = on_a_terminal(project, "export", "--format", "ris")
    assert (code, "TY  - JOUR" in shown) == (0, True)


@pytest.mark.parametrize("file", [BIB, "references/autre.bib", "dossiers/x.yaml", "build/../styles/x.css"])
def test_no_export_goes_among_the_sources(project: Path, file: str) -> None:
    before = snapshot(project)
    done = biblio(project, "export", "-o", file)
    assert done.code == 2
    assert "E137" in done.err
    assert snapshot(project) == before


def test_notices_are_set_in_the_style_and_language_of_the_dossier(project: Path) -> None:
    text = biblio(project, "export", SLUG, "--format", "text").out
    assert "EXEMPLE Camille, MODÈLE Sacha\n" in text
    assert max(map(len, re.sub(r"\S*https?://\S+", "", text).splitlines())) <= 72
    done = biblio(project, "export", "--format", "text", "--style", "nulle-part")
    assert (done.code, done.out) == (2, "")


def test_zotero_finds_each_reference_of_a_page(project: Path) -> None:
    page = biblio(project, "export", "--format", "html").out
    assert page.count('<span class="Z3988"') == len(keys((project / BIB).read_text()))
    assert "rft.jtitle=La%20Revue%20d%27exemple" in page


def test_references_that_cannot_be_read_whole_are_told(project: Path) -> None:
    with (project / BIB).open("a") as file:
        file.write("\n@book{casse, title = {Ouvert\n")
    done = biblio(project, "export", "--format", "csv")
    assert done.code == 1
    assert "P1" in done.err
    assert len(list(csv.reader(io.StringIO(done.out)))) >= len(KEYS)


def test_the_graph_is_json(project: Path) -> None:
    graph = json.loads(biblio(project, "export", "--format", "json-ld").out)
    assert {work["@type"] for work in graph["@graph"]} >= {"ScholarlyArticle"}
