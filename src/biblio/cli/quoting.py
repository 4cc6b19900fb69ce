"""Shows faults with the lines of the project's files that they name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from biblio.cli.console import has_colour, tell
from biblio.project.project import Project, texts_of
from biblio.report.text import as_text
from biblio.words.faults import Diagnostic


def show(diagnostics: Iterable[Diagnostic], project: Project, lang: str) -> None:
    """Prints faults on the error stream, with the lines of the project's files that they name."""
    found = tuple(diagnostics)
    if found:
        sources = texts_of(project.sources({each.span.path for each in found if each.span}))
        tell(as_text(found, sources, lang, colour=has_colour()) + "\n")


def typed_path(path: Path) -> str:
    """A path as one would type it from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
