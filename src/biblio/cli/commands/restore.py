"""The command ``restore``: a project put back from its backup, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.console import print_lines, tell
from biblio.cli.options import ProjectOption, QuietOption
from biblio.cli.words import say
from biblio.editing.backup import read_backup, restoration
from biblio.editing.works import write
from biblio.project.read import read_bytes
from biblio.project.starter import make_empty
from biblio.words.faults import BiblioError, diagnose


def restore_command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="argument_backup")],
    project: ProjectOption = Path(),
    replace: Annotated[bool, typer.Option("--replace", help="option_replace")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="option_restore_dry_run")] = False,
    quiet: QuietOption = False,
) -> None:
    """Puts a project back from its backup."""
    lang: str = context.obj
    name = file.as_posix()
    made = restoration(project, read_backup(read_bytes(file, name), name))
    if dry_run:
        tell(say("restore_would", lang) + "\n")
        print_lines(f"+ {path}" for path in made.added)
        print_lines(f"~ {path}" for path in made.replaced)
    elif made.replaced and not replace:
        files = ", ".join(made.replaced[:5]) + ("…" if len(made.replaced) > 5 else "")
        raise BiblioError(diagnose("E238", count=len(made.replaced), files=files))
    else:
        make_empty(project)
        write(made.works, project)
    if not quiet:
        counts = {"added": len(made.added), "replaced": len(made.replaced), "unchanged": len(made.unchanged)}
        tell(say("restore_counts", lang, beside=len(made.beside), **counts) + "\n")
