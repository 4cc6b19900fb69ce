"""What the shell offers when a word is completed: slugs, citekeys, styles, formats, kinds, themes and codes.

A shell may run what it is given: the script for zsh evaluates the answer. ``safe`` is the one door: only words that no
shell reads otherwise than as they stand go through it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from textwrap import shorten
from typing import Any

import typer

from biblio.dossier.kinds import KINDS
from biblio.outputs.exports import EXPORTS
from biblio.outputs.table import OUTPUTS
from biblio.project.project import Project, discover
from biblio.report.table import FORMATS
from biblio.words.faults import BiblioError
from biblio.words.tables import faults

# Letters and digits of any script, and the marks that are themselves in bash, zsh, fish and PowerShell when they do not
# begin a word. An option begins with hyphens.
_LINE = 70  # characters
_SAFE = re.compile(r"(--?)?\w[\w.:,@%+/=-]*")


def is_safe(word: str) -> bool:
    """Whether every shell takes a word for itself: it expands, quotes, runs and ends nothing."""
    return _SAFE.fullmatch(word) is not None


def safe(complete: Callable[..., Any]) -> Callable[..., list[Any]]:
    """What a completion of the library offers, without what some shell would take for more than a word.

    What it says of a word is one line: the library folds a longer one, and fish offers the second line as another word.
    """

    def offered(*arguments: Any) -> list[Any]:
        items = [item for item in complete(*arguments) if is_safe(item.value)]
        for item in items:
            item.help = shorten(item.help, _LINE, placeholder="…") if item.help else item.help
        return items

    return offered


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
    return _offered(lambda: _project(context).opened.value.citekeys, incomplete)


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
