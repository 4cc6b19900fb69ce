"""The command ``init``: makes a small project, ready to build."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.options import QuietOption
from biblio.project.starter import create
from biblio.words.tables import say


def init_command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="argument_folder")],
    quiet: QuietOption = False,
) -> None:
    """Makes a project."""
    lang: str = context.obj
    create(folder, lang)
    if not quiet:
        typer.echo(say("init_done", lang, folder=shlex.quote(str(folder))))
