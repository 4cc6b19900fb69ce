"""The command ``serve``: opens the desk in the browser, until it is interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.console import say_out, shows_traceback, tell
from biblio.cli.options import ProjectOption
from biblio.cli.words import say
from biblio.places import at
from biblio.project.project import discover
from biblio.words.faults import BiblioError, Span, diagnose

serve = at("biblio.server.run:serve")
serve_once = at("biblio.server.icon:serve_once")


def serve_command(
    context: typer.Context,
    project: ProjectOption = Path(),
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="option_port")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="option_no_browser")] = False,
    icon: Annotated[bool, typer.Option("--icon", help="option_icon")] = False,
) -> None:
    """Opens the desk."""
    lang: str = context.obj

    def announce(address: str) -> None:
        tell(say("serving", lang) + "\n")
        say_out(address)

    if icon:
        serve_once(_root(_made(project)), lang, announce=announce, traceback=shows_traceback())
        return
    serve(_root(project), port, lang, browser=not no_browser, announce=announce, traceback=shows_traceback())


def _made(folder: Path) -> Path:
    """The folder, made if it is not there; an icon has no shell that knows ``~``. Raises ``BiblioError`` (E105)."""
    try:
        place = folder.expanduser()
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BiblioError(diagnose("E105", Span(str(folder)), reason=reason)) from error
    return place


def _root(folder: Path) -> Path:
    """The folder of the project; one that has none yet is where the desk will make it. Raises ``BiblioError``."""
    try:
        return discover(folder).root
    except BiblioError as error:
        if error.diagnostic.code != "E101" or not folder.is_dir():
            raise
        return folder.resolve()
