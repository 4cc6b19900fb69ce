"""The command ``backup``: the whole project as one file."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.console import FOUND, say_out, tell
from biblio.cli.options import ProjectOption, QuietOption
from biblio.cli.words import say
from biblio.editing.backup import ENDING, backup_of
from biblio.project.overwrite import overwrite
from biblio.project.project import discover, is_source
from biblio.text.harmless import printable
from biblio.words.faults import BiblioError, Span, diagnose
from biblio.yaml_model.slug import slug_like


def backup_command(
    context: typer.Context,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="option_backup_file")] = None,
    project: ProjectOption = Path(),
    quiet: QuietOption = False,
) -> None:
    """Writes the whole project as one file."""
    lang: str = context.obj
    found = discover(project)
    if output is not None and is_source(found, output):
        raise BiblioError(diagnose("E137", Span(printable(os.fsencode(output).decode(errors="replace")))))
    made = backup_of(found.root)
    place = output or _free(f"{slug_like(found.root.name)}-{datetime.now().astimezone().date().isoformat()}")
    overwrite(place, made.content)
    say_out(str(place))
    if not quiet:
        tell(say("backup_done", lang, count=made.count) + "\n")
    if made.left:
        tell(say("backup_left", lang, files=", ".join(made.left)) + "\n")
        raise typer.Exit(FOUND)


def _free(name: str) -> Path:
    """A file of that name that is not there yet: an earlier backup of the same day stays."""
    place, number = Path(f"{name}{ENDING}"), 1
    while os.path.lexists(place):
        number += 1
        place = Path(f"{name}-{number}{ENDING}")
    return place
