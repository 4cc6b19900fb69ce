"""The command ``coverage``: a dossier compared with the collection, on its themes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from biblio.citation import label_of
from biblio.cli.console import print_lines, say_json, say_out
from biblio.cli.options import JsonOption, ProjectOption, SlugArgument
from biblio.cli.selected import end_with, located, selected_of
from biblio.cli.words import say
from biblio.collection.themes import Themes
from biblio.dossier.coverage import TABLES, THIN, Coverage, coverage, name_of
from biblio.dossier.coverage import lines as coverage_lines
from biblio.outputs.coverage_page import MARK, render_coverage
from biblio.project.overwrite import overwrite
from biblio.project.project import BUILD, output_folder
from biblio.project.publish import publish
from biblio.project.temporary import require_regular
from biblio.reference.date import edtf
from biblio.reference.reference import Reference
from biblio.text.harmless import printable
from biblio.text.inline import plain
from biblio.words.faults import BiblioError, Span, diagnose


def coverage_command(
    context: typer.Context,
    slug: SlugArgument,
    project: ProjectOption = Path(),
    html: Annotated[Path | None, typer.Option("--html", help="option_html")] = None,
    thin: Annotated[int, typer.Option("--thin", min=0, help="option_thin")] = THIN,
    json_output: JsonOption = False,
) -> None:
    """Compares a dossier with the collection."""
    lang: str = context.obj
    found, (slug,) = located(project, [slug])
    selected = selected_of(found, slug, lang)
    themes = found.themes.value
    figures = coverage(found.opened.value, selected.value, themes, lang, thin)
    if json_output:
        say_json(_coverage_record(figures, themes, lang))
    else:
        print_lines(coverage_lines(figures, themes, lang))
    if html is not None:
        _require_a_page_or_nothing(html)
        overwrite(html, render_coverage(figures, themes, lang).encode())
    elif not json_output:
        name = f"{slug}.coverage.html"
        publish({name: render_coverage(figures, themes, lang).encode()}, output_folder(found, None), slug)
    if not json_output:
        say_out("\n" + say("coverage_written", lang, file=html or f"{BUILD}/{slug}.coverage.html"))
    end_with(selected.diagnostics)


def _require_a_page_or_nothing(path: Path) -> None:
    """Raises ``BiblioError`` (E136) for a file that is no page of this command. What is no file is told on writing."""
    with suppress(OSError):
        require_regular(path)
        with path.open("rb") as file:
            if MARK not in file.read(2000):
                raise BiblioError(diagnose("E136", Span(printable(path.name))))


def _coverage_record(figures: Coverage, themes: Themes, lang: str) -> dict[str, Any]:
    """The figures for programs; a row whose name is not known has the name ``null``, and its label in words."""
    tables = {
        table: [
            {
                "name": row.name or None,
                "label": name_of(table, row.name, lang, themes),
                "placed": row.placed,
                "unplaced": row.unplaced,
            }
            for row in getattr(figures, table)
        ]
        for table in TABLES
    }
    return {
        "slug": figures.slug,
        "title": figures.title,
        "themes": {"basis": figures.basis, "slugs": figures.themes},
        "placed": len(figures.placed),
        "unplaced": [_reference_record(reference, lang) for reference in figures.unplaced],
        "open_share": figures.open_share,
        "sections": [asdict(section) for section in figures.sections],
        **tables,
        "without_annotation": [_reference_record(reference, lang) for reference in figures.bare],
    }


def _reference_record(reference: Reference, lang: str) -> dict[str, Any]:
    place = reference.origin.entry
    return {
        "citekey": reference.citekey,
        "title": plain(reference.title),
        "type": label_of(reference, lang),
        "issued": edtf(reference.issued) if reference.issued else None,
        "keywords": reference.keyword,
        "path": place.path,
        "line": place.line,
    }
