"""The dossiers that a command is about, and the selection that ``outline``, ``coverage`` and ``diff`` begin with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from biblio.cli.console import FOUND, show
from biblio.collection.library import concerning
from biblio.dossier.select import Selection, select
from biblio.project.project import DOSSIERS, SPEC, Project, discover
from biblio.words.faults import Diagnostic, Parsed, in_order, is_blocked
from biblio.words.tables import Severity


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


def end_with(diagnostics: Iterable[Diagnostic]) -> None:
    """Ends with 1 when there were errors: what was printed is then of a part of the dossier."""
    if is_blocked(tuple(diagnostics), strict=False):
        raise typer.Exit(FOUND)
