"""The command ``import``: references of other programs, as biblatex, printed or added to a file of the project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.console import FOUND, say_out, show, tell
from biblio.cli.options import ProjectOption, QuietOption
from biblio.cli.words import say
from biblio.formats.bibtex.writer import write_bibtex
from biblio.importing.files import read_file
from biblio.importing.keys import keyed
from biblio.importing.merge import appended, new_to
from biblio.project.overwrite import overwrite
from biblio.project.project import discover
from biblio.project.read import read_bytes
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic, in_order, is_blocked


def import_command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="argument_imported")],
    project: ProjectOption = Path(),
    into: Annotated[Path | None, typer.Option("--into", help="option_into")] = None,
    quiet: QuietOption = False,
) -> None:
    """Reads references of other programs."""
    lang: str = context.obj
    found = discover(project)
    references: list[Reference] = []
    diagnostics: list[Diagnostic] = []
    for file in files:
        read = read_file(read_bytes(file, file.as_posix()), file.as_posix())
        references += read.value.references
        diagnostics += read.diagnostics
    brought = new_to(found.opened.value, keyed(references))
    text = write_bibtex(brought.added)
    if into is None:
        say_out(text, end="")
    elif brought.added:
        before = read_bytes(into) if into.exists() else None
        overwrite(into, appended(before or b"", text), before)
    diagnostics += brought.diagnostics
    show(in_order(diagnostics), found, lang)
    if not quiet and into is not None:
        tell(say("imported", lang, count=len(brought.added), file=into.as_posix()) + "\n")
    if is_blocked(diagnostics, strict=False):
        raise typer.Exit(FOUND)
