"""What the shell offers when a word is completed: slugs, citekeys, styles, formats, kinds, themes and codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import typer

from biblio.dossier.kinds import KINDS
from biblio.outputs.exports import EXPORTS
from biblio.outputs.table import OUTPUTS
from biblio.project.project import Project, discover
from biblio.report.table import FORMATS
from biblio.words.faults import BiblioError
from biblio.words.tables import faults


def _offered(words: Callable[[], Iterable[str]], incomplete: str) -> list[str]:
    """The words that begin so, but for those that look like options; none when they cannot be known."""
    try:
        return [word for word in words() if word.startswith(incomplete) and not word.startswith("-")]
    except (BiblioError, OSError):
        return []


def _in_list(words: Callable[[], Iterable[str]], incomplete: str) -> list[str]:
    """The same for the last word of a list with commas; those that are there already are not offered again."""
    *before, last = incomplete.split(",")
    return [",".join((*before, word)) for word in _offered(words, last) if word not in before]


def _project(context: typer.Context) -> Project:
    """The project that the command would work in."""
    return discover(Path(context.params.get("project") or "."))


def complete_slug(context: typer.Context, incomplete: str) -> list[str]:
    """The dossiers of the project."""
    return _offered(lambda: _project(context).slugs, incomplete)


def complete_key(context: typer.Context, incomplete: str) -> list[str]:
    """The citekeys of the project."""
    return _offered(lambda: _project(context).opened.value.citekeys_begun(incomplete), incomplete)


def complete_style(context: typer.Context, incomplete: str) -> list[str]:
    """The styles to choose from."""
    return _offered(lambda: _project(context).style_names, incomplete)


def complete_theme(context: typer.Context, incomplete: str) -> list[str]:
    """The themes of the collection, in a list with commas."""
    return _in_list(lambda: _project(context).themes.value.slugs, incomplete)


def complete_output(incomplete: str) -> list[str]:
    """The formats of a build, in a list with commas."""
    return _in_list(lambda: OUTPUTS, incomplete)


def complete_export(incomplete: str) -> list[str]:
    """The formats of an export."""
    return _offered(lambda: EXPORTS, incomplete)


def complete_report(incomplete: str) -> list[str]:
    """The forms of a report."""
    return _offered(lambda: FORMATS, incomplete)


def complete_kind(incomplete: str) -> list[str]:
    """The kinds of dossiers."""
    return _offered(lambda: KINDS, incomplete)


def complete_code(incomplete: str) -> list[str]:
    """The codes of faults."""
    return _offered(faults, incomplete)


def complete_codes(incomplete: str) -> list[str]:
    """The codes of faults and their sections (``R``, ``R2``), in a list with commas."""
    codes = faults()
    sections = {code[:length] for code in codes for length in (1, 2)}
    return _in_list(lambda: sorted({*codes, *sections}), incomplete)


def complete_command(context: typer.Context, incomplete: str) -> list[str]:
    """The commands."""
    parent = context.parent
    return _offered(lambda: parent.command.list_commands(parent) if parent else (), incomplete)  # type: ignore[attr-defined]
