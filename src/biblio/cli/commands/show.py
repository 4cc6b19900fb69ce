"""The command ``show``: one notice as it will print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from biblio.build.preview import preview
from biblio.cli.completion import complete_slug
from biblio.cli.console import FOUND, has_colour_out, print_lines, say_json, say_out
from biblio.cli.options import JsonOption, KeyArgument, ProjectOption, StyleOption
from biblio.cli.quoting import show
from biblio.cli.selected import located
from biblio.report.terminal import notice_text
from biblio.words.faults import is_blocked


def show_command(
    context: typer.Context,
    key: KeyArgument,
    project: ProjectOption = Path(),
    dossier: Annotated[str, typer.Option("--dossier", help="option_as_dossier", autocompletion=complete_slug)] = "",
    style: StyleOption = "",
    json_output: JsonOption = False,
) -> None:
    """Shows one notice."""
    lang: str = context.obj
    found, named = located(project, [dossier] if dossier else [])
    loaded = found.dossier(named[0]) if named else None
    if loaded and loaded.value is None:
        show(loaded.diagnostics, found, lang)
        raise typer.Exit(FOUND)
    shown = preview(found, key, style, loaded.value if loaded else None)
    if json_output:
        say_json({"citekey": key, "notice": notice_text(shown.notice, colour=False), "source": shown.source})
        return
    say_out(notice_text(shown.notice, colour=has_colour_out()), end="")
    print_lines(["", shown.source])
    show((*shown.of_style, *shown.diagnostics), found, lang)
    if is_blocked(shown.of_style, strict=False):
        raise typer.Exit(FOUND)
