"""The selection of one dossier, as ``outline``, ``coverage`` and ``diff`` begin and end with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import typer

from biblio.cli.console import FOUND, show
from biblio.collection.library import concerning
from biblio.dossier.select import Selection, select
from biblio.project.project import Project
from biblio.words.faults import Diagnostic, Parsed, in_order, is_blocked
from biblio.words.tables import Severity


def selected_of(project: Project, slug: str, lang: str) -> Parsed[Selection]:
    """The selection of a dossier, whose faults are shown; the command ends when its spec cannot be read."""
    loaded = project.dossier(slug)
    if loaded.value is None:
        show(loaded.diagnostics, project, lang)
        raise typer.Exit(FOUND)
    library, themes = project.opened, project.themes
    selected = select(library.value, loaded.value, themes.value)
    of_library = concerning(library, (reference.citekey for reference in selected.value.references))
    broken = [each for each in of_library if each.severity is Severity.ERROR]
    found = in_order((*loaded.diagnostics, *themes.diagnostics, *broken, *selected.diagnostics))
    show(found, project, lang)
    return replace(selected, diagnostics=found)


def end_with(diagnostics: Iterable[Diagnostic]) -> None:
    """Ends with 1 when there were errors: what was printed is then of a part of the dossier."""
    if is_blocked(tuple(diagnostics), strict=False):
        raise typer.Exit(FOUND)
