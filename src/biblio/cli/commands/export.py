"""The command ``export``: references of the collection, or of a dossier, as a file for other programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from biblio.build.preview import DEFAULT_LANGUAGE
from biblio.cli.completion import complete_export, complete_slug
from biblio.cli.console import is_terminal, say_bytes, say_out
from biblio.cli.options import ProjectOption, StyleOption
from biblio.cli.quoting import show
from biblio.cli.selected import asked_of, end_with, located, selected_of
from biblio.collection.library import of_references
from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.outputs.exports import EXPORTS
from biblio.outputs.setting import Setting
from biblio.project.overwrite import overwrite
from biblio.project.project import Project, is_source
from biblio.reference.reference import Reference
from biblio.text.harmless import printable
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose, in_order, required
from biblio.words.tables import Severity


def export_command(
    context: typer.Context,
    slug: Annotated[str, typer.Argument(help="argument_exported", autocompletion=complete_slug)] = "",
    form: Annotated[
        str, typer.Option("--format", help="option_export_format", autocompletion=complete_export)
    ] = "biblatex",
    query: Annotated[str, typer.Option("--query", help="option_query")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="option_output_file")] = None,
    project: ProjectOption = Path(),
    style: StyleOption = "",
) -> None:
    """Writes references for other programs."""
    lang: str = context.obj
    if form not in EXPORTS:
        raise BiblioError(diagnose("E111", format=form, formats=", ".join(EXPORTS)))
    export = EXPORTS[form]
    found, named = located(project, [slug] if slug else [])
    if output is not None and is_source(found, output):
        raise BiblioError(diagnose("E137", Span(printable(os.fsencode(output).decode(errors="replace")))))
    if output is None and not export.is_text and is_terminal(sys.stdout):
        raise BiblioError(diagnose("E138", format=form))
    references, diagnostics = _asked_for(found, named[0] if named else "", query, lang)
    made = export.write(references, lambda: _setting(found, named[0] if named else "", style))
    show(made.diagnostics, found, lang)
    if output is not None:
        overwrite(output, made.value)
    elif export.is_text and is_terminal(sys.stdout):
        say_out(made.value.decode().replace("\r\n", "\n"), end="")
    else:
        say_bytes(made.value)
    end_with((*diagnostics, *made.diagnostics))


def _asked_for(
    project: Project, slug: str, query: str, lang: str
) -> tuple[Sequence[Reference], tuple[Diagnostic, ...]]:
    """The references of a dossier in the order of print, else those of the collection; of both what a query finds."""
    diagnostics: tuple[Diagnostic, ...] = ()
    library = project.opened
    if slug:
        selected = selected_of(project, slug, lang)
        references, diagnostics = selected.value.references, selected.diagnostics
        return asked_of(project, query, lang, among=references) if query else references, diagnostics
    found = asked_of(project, query, lang) if query else [each for each in library.value if each.is_document]
    at_large = (each for each in library.diagnostics if each.citekey is None)
    told = (*at_large, *of_references(library, (each.citekey for each in found)))
    errors = in_order(each for each in told if each.severity is Severity.ERROR)
    show(errors, project, lang)
    return found, errors


def _setting(project: Project, slug: str, style_name: str) -> Setting:
    """The style and the language of notices: those of the dossier, else those that a dossier has by itself."""
    spec = project.dossier(slug).value if slug else None
    style = required(project.style(style_name or (spec.style if spec else DEFAULT_STYLE)))
    return Setting(style, spec.lang if spec else DEFAULT_LANGUAGE)
