"""The command ``init``: makes a small project, ready to build."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.console import say_out
from biblio.cli.options import QuietOption
from biblio.cli.words import say
from biblio.project.starter import create


def init_command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="argument_folder")],
    quiet: QuietOption = False,
) -> None:
    """Makes a project."""
    lang: str = context.obj
    create(folder, lang)
    if quiet:
        return
    if folder.resolve() == Path.cwd():
        say_out(say("init_done_here", lang, folder=folder.resolve().name or str(folder.resolve())))
    else:
        say_out(say("init_done", lang, folder=shlex.quote(str(folder))))
