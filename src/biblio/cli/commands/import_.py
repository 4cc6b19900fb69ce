"""The command ``import``: references of other programs, printed as biblatex or brought into a file of the project."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.bringing import Wish, bring
from biblio.cli.completion import complete_slug
from biblio.cli.console import progress, tell
from biblio.cli.correcting import correct
from biblio.cli.options import JsonOption, ProjectOption, QuietOption
from biblio.cli.thesaurus import import_themes
from biblio.cli.words import say
from biblio.collection.bulk import watched
from biblio.importing.column_files import read_columns, write_columns
from biblio.importing.files import read_file
from biblio.importing.imported import Imported
from biblio.importing.plan import OnDuplicate
from biblio.importing.readers import Options
from biblio.project.read import MAX_FILE, read_bytes
from biblio.words.faults import BiblioError, Parsed, Span, diagnose
from biblio.words.tables import Severity

STANDARD_INPUT = "-"


def import_command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="argument_imported", allow_dash=True)],
    project: ProjectOption = Path(),
    into: Annotated[Path | None, typer.Option("--into", help="option_into")] = None,
    on_duplicate: Annotated[OnDuplicate, typer.Option("--on-duplicate", help="option_on_duplicate")] = OnDuplicate.SKIP,
    columns: Annotated[Path | None, typer.Option("--columns", help="option_columns")] = None,
    dossier: Annotated[str, typer.Option("--dossier", help="option_import_dossier")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="option_import_dry_run")] = False,
    themes: Annotated[bool, typer.Option("--themes", help="option_import_themes")] = False,
    under: Annotated[list[str] | None, typer.Option("--under", help="option_under")] = None,
    json_output: JsonOption = False,
    quiet: QuietOption = False,
    onto: Annotated[str, typer.Option("--onto", help="option_onto", autocompletion=complete_slug)] = "",
    apply: Annotated[bool, typer.Option("--apply", help="option_apply")] = False,
) -> None:
    """Reads references of other programs, or thesauri."""
    lang: str = context.obj
    if themes:
        contents = [(file.as_posix(), _content(file)) for file in files]
        import_themes(project, contents, lang, tops=under or (), dry_run=dry_run, json_output=json_output, quiet=quiet)
        return
    if onto:
        correct(files, project, onto, lang, applying=apply)
        return
    wish = Wish(project, into, on_duplicate, dry_run, json_output, quiet, lang, dossier)
    told = read_columns(columns) if columns is not None and columns.exists() else Parsed(None)
    if faulty := [each for each in told.diagnostics if each.severity is Severity.ERROR]:
        raise BiblioError(faulty[0])
    read = _read(files, Options(told.value), lang, live=wish.live)
    if columns is not None and not dry_run and not columns.exists():
        guessed = [each for _, made in read for each in made.value.columns]
        if write_columns(columns, guessed, say("columns_head", lang)) and not quiet:
            tell(say("columns_written", lang, file=columns.as_posix()) + "\n")
    bring(read, wish)


def _read(files: Sequence[Path], options: Options, lang: str, *, live: bool) -> list[tuple[str, Parsed[Imported]]]:
    """What each file gives, under its name in messages."""
    read = []
    for number, file in enumerate(files, 1):
        name = file.as_posix()
        if not live:
            read.append((name, read_file(_content(file), name, options)))
            continue
        reading = say("import_reading", lang, file=name, number=number, count=len(files))
        progress(reading)
        with watched(_within(reading, lang)):
            read.append((name, read_file(_content(file), name, options)))
    return read


def _within(reading: str, lang: str) -> Callable[[int, int], None]:
    """Shows how far it is within a file."""
    return lambda done, count: progress(reading + say("import_records", lang, done=done, count=count))


def _content(file: Path) -> bytes:
    """The bytes of a file, or of standard input. Raises ``BiblioError`` (E104, E173)."""
    name = file.as_posix()
    if name == STANDARD_INPUT:
        content = sys.stdin.buffer.read(MAX_FILE + 1) if sys.stdin else b""
        if len(content) > MAX_FILE:
            raise BiblioError(diagnose("E104", Span(name), reason=os.strerror(errno.EFBIG)))
        return content
    if file.is_dir():
        raise BiblioError(diagnose("E173", Span(name), folder=name.rstrip("/")))
    return read_bytes(file, name)
