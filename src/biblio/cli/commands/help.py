"""The command ``help``: the help of biblio, or that of a command."""

from __future__ import annotations

from typing import Annotated

import typer

from biblio.cli.completion import complete_command
from biblio.cli.console import say_out


def help_command(
    context: typer.Context,
    command: Annotated[str, typer.Argument(help="argument_command", autocompletion=complete_command)] = "",
) -> None:
    """Shows the help."""
    parent = context.find_root()
    if not command:
        say_out(parent.get_help())
        return
    name, found, _ = parent.command.resolve_command(parent, [command])  # type: ignore[attr-defined]  # a group
    found.make_context(name, ["--help"], parent=parent)  # prints, and ends
