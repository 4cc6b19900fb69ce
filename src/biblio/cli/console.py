"""What the commands share: the two streams, whether they show colours, faults on them, and exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import typer

from biblio.project.project import Project, texts_of
from biblio.report.text import as_text
from biblio.text.harmless import printable
from biblio.words.faults import Diagnostic

# Exit codes; 0 is that nothing was found.
FOUND, COULD_NOT_RUN, INTERRUPTED = 1, 2, 130


def tell(text: str) -> None:
    """Writes to the error stream, at once; says nothing when nobody listens there."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        # What is left in the stream would be written, and fail, when the interpreter closes it (exit code 120).
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def has_colour() -> bool:
    """Whether the error stream is a terminal that wants colours (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")


def json_text(value: Any) -> str:
    """A value as JSON, for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def show(diagnostics: Iterable[Diagnostic], project: Project, lang: str) -> None:
    """Prints faults on the error stream, with the lines of the project's files that they name."""
    found = tuple(diagnostics)
    if found:
        sources = texts_of(project.sources({each.span.path for each in found if each.span}))
        tell(as_text(found, sources, lang, colour=has_colour()) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Prints lines with words of the user's files in them, without what would play tricks on a terminal."""
    for line in lines:
        typer.echo(printable(line))


def shows_traceback() -> bool:
    """Whether whoever runs the command wants to see where the program itself fails."""
    return bool(os.environ.get("BIBLIO_TRACEBACK"))
