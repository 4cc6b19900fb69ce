"""The command ``fmt``: lays out ``.bib`` files, and changes nothing in what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from biblio.check.finding import Change
from biblio.check.source import rewrite
from biblio.cli.console import FOUND, say_out, tell
from biblio.cli.options import DiffOption, PathsArgument, ProjectOption, QuietOption
from biblio.cli.target import stop_for, target_of, unified_diff
from biblio.cli.words import say
from biblio.formats.bibtex.formatter import format_bibtex
from biblio.formats.text import decode_bytes
from biblio.project.source import SourceFile
from biblio.text.harmless import printable
from biblio.words.faults import Diagnostic


def fmt_command(
    context: typer.Context,
    paths: PathsArgument = None,
    project: ProjectOption = Path(),
    checking: Annotated[bool, typer.Option("--check", help="option_fmt_check")] = False,
    diff: DiffOption = False,
    quiet: QuietOption = False,
) -> None:
    """Lays out files of references."""
    lang: str = context.obj
    target = target_of(paths, project)
    changed: dict[str, bytes] = {}
    refused: list[Diagnostic] = []
    left = False
    for file in target.collection.files:
        content = _formatted(file)
        if content is None:
            left = True
            tell(say("fmt_left", lang, file=file.path) + "\n")
        elif content != file.content:
            fault = None if checking or diff else target.write_back(file, content)
            if fault is None:
                changed[file.path] = content
            else:
                refused.append(fault)
    if diff:
        say_out(unified_diff(target.collection.files, changed), end="")
    if not quiet:
        for path in changed:
            tell(printable(path, "�") + "\n")
        tell(say("fmt_check" if checking or diff else "fmt_done", lang, count=len(changed)) + "\n")
    stop_for(refused, lang)
    if left or (checking and changed):
        raise typer.Exit(FOUND)


def _formatted(file: SourceFile) -> bytes | None:
    """A file in the house layout, in the encoding and with the line ends that it has.

    ``None`` when the file is not understood well enough to be written back.
    """
    text = decode_bytes(file.content, file.path).value
    laid_out = format_bibtex(text).value
    if laid_out == text:
        return file.content
    return rewrite(file.content, text, [Change(0, len(text), laid_out)])
