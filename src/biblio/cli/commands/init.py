"""The command ``init``: makes a small project, ready to build."""

from __future__ import annotations

import os
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
        say_out(say("init_done", lang, folder=_quoted(str(folder))))


def _quoted(name: str) -> str:
    """A name as a shell takes it; its bytes by their numbers where they are not characters (POSIX 2024, § 2.2.4)."""
    if name.isprintable():
        return shlex.quote(name)
    written = "".join(
        chr(byte) if 32 < byte < 127 and byte not in b"'\\" else f"\\x{byte:02x}" for byte in os.fsencode(name)
    )
    return f"$'{written}'"
