"""The dossiers that a command is about, the selection that several begin with, the query of ``export``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from biblio.cli.console import FOUND, has_colour, tell
from biblio.cli.quoting import show
from biblio.collection.library import concerning
from biblio.dossier.conditions import Setting
from biblio.dossier.loader import load_query
from biblio.dossier.match import compile_query
from biblio.dossier.query import contradictions
from biblio.dossier.select import Selection, select
from biblio.dossier.vocabulary import Vocabulary
from biblio.project.project import DOSSIERS, SPEC, Project, discover
from biblio.reference.reference import Reference
from biblio.report.text import as_text
from biblio.words.faults import Diagnostic, Parsed, in_order, is_blocked
from biblio.words.tables import Severity

# The name that messages have for a query of the command line.
QUERY = "--query"


def located(project: Path, words: Sequence[str]) -> tuple[Project, tuple[str, ...]]:
    """The project, and the slugs that words name: each a slug, or the path of a spec (``dossiers/d.yaml``).

    Where no project is given, that of the first path is meant. A word that names no dossier stays as it is.
    """
    paths = [Path(word) for word in words if is_spec(word)]
    if project == Path() and paths and paths[0].parent.is_dir():
        project = paths[0].parent
    found = discover(project)
    return found, tuple(_slug(found, word) for word in words)


def is_spec(word: str) -> bool:
    """Whether a word is the path of a spec, and no slug."""
    return Path(word).suffix == SPEC


def _slug(project: Project, word: str) -> str:
    """The slug that a word is, or that of the spec whose path it is: from here, or from the project's folder."""
    folder = os.path.realpath(project.root / DOSSIERS)
    for start in (Path(), project.root) if is_spec(word) else ():
        if os.path.realpath((start / word).parent) == folder:
            return Path(word).stem
    return word


def selected_of(project: Project, slug: str, lang: str) -> Parsed[Selection]:
    """The selection of a dossier, whose faults are shown; the command ends when its spec cannot be read."""
    loaded = project.dossier(slug)
    if loaded.value is None:
        show(loaded.diagnostics, project, lang)
        raise typer.Exit(FOUND)
    library, themes = project.opened, project.themes
    style = project.style(loaded.value.style).value
    selected = select(library.value, loaded.value, themes.value, demoted=style is not None and style.demotes)
    of_library = concerning(library, (reference.citekey for reference in selected.value.references))
    broken = [each for each in of_library if each.severity is Severity.ERROR]
    found = in_order((*loaded.diagnostics, *themes.diagnostics, *broken, *selected.diagnostics))
    show(found, project, lang)
    return replace(selected, diagnostics=found)


def asked_of(project: Project, query: str, lang: str, among: Iterable[Reference] | None = None) -> list[Reference]:
    """The references that a query of the command line asks for, in their order; its faults are shown.

    Those of the collection, or ``among`` some. The command ends when the query cannot be read.
    """
    loaded = load_query(query, QUERY)
    themes, library = project.themes, project.opened.value
    found: list[Reference] = []
    faults = [*loaded.diagnostics, *themes.diagnostics]
    if loaded.value is not None:
        vocabulary = Vocabulary(themes.value, library)
        faults += (*vocabulary.faults_of(loaded.value), *contradictions(loaded.value))
        matcher = compile_query(loaded.value, Setting(themes.value))
        found = matcher.found_in(library) if among is None else matcher.among(among)
    told = in_order(faults)
    if told:
        tell(as_text(told, {QUERY: query}, lang, colour=has_colour()) + "\n")
    end_with(told)
    return found


def end_with(diagnostics: Iterable[Diagnostic]) -> None:
    """Ends with 1 when there were errors: what was printed is then of a part of the dossier."""
    if is_blocked(tuple(diagnostics), strict=False):
        raise typer.Exit(FOUND)
