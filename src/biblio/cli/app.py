"""Gathers the commands: a row each. What they do is in their modules, ``commands/``.

Help texts are names of sentences in ``words/interface.toml``: that of the command ``build`` is ``build_help``, that of
an option ``option_style``; ``cli/words.py`` puts the sentences of the user's language in their place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from biblio import __version__
from biblio.cli.commands.add import add_command
from biblio.cli.commands.build import build_command
from biblio.cli.commands.check import check_command
from biblio.cli.commands.coverage import coverage_command
from biblio.cli.commands.diff import diff_command
from biblio.cli.commands.doctor import doctor_command
from biblio.cli.commands.enrich import enrich_command
from biblio.cli.commands.explain import explain_command
from biblio.cli.commands.export import export_command
from biblio.cli.commands.fmt import fmt_command
from biblio.cli.commands.help import help_command
from biblio.cli.commands.import_ import import_command
from biblio.cli.commands.init import init_command
from biblio.cli.commands.list import list_command
from biblio.cli.commands.new import new_command
from biblio.cli.commands.new_style import new_style_command
from biblio.cli.commands.outline import outline_command
from biblio.cli.commands.pull import pull_command
from biblio.cli.commands.schema import schema_command
from biblio.cli.commands.show import show_command
from biblio.cli.commands.verify import verify_command
from biblio.cli.commands.why import why_command
from biblio.cli.console import say_out

# A command, the name of its sentence in the help, and what runs it; in the order of the help.
COMMANDS: tuple[tuple[str, str, Callable[..., None]], ...] = (
    ("build", "build_help", build_command),
    ("list", "list_help", list_command),
    ("show", "show_help", show_command),
    ("check", "check_help", check_command),
    ("fmt", "fmt_help", fmt_command),
    ("import", "import_help", import_command),
    ("add", "add_help", add_command),
    ("enrich", "enrich_help", enrich_command),
    ("pull", "pull_help", pull_command),
    ("export", "export_help", export_command),
    ("explain", "explain_help", explain_command),
    ("outline", "outline_help", outline_command),
    ("why", "why_help", why_command),
    ("coverage", "coverage_help", coverage_command),
    ("diff", "diff_help", diff_command),
    ("new", "new_help", new_command),
    ("new-style", "new_style_help", new_style_command),
    ("verify", "verify_help", verify_command),
    ("init", "init_help", init_command),
    ("doctor", "doctor_help", doctor_command),
    ("schema", "schema_help", schema_command),
    ("help", "help_help", help_command),
)

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for name, sentence, command in COMMANDS:
    app.command(name, help=sentence)(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        say_out(f"biblio {__version__}")
        raise typer.Exit


@app.callback(help="app_help")
def _application(
    version: Annotated[
        bool,
        typer.Option("-V", "--version", callback=_show_version, is_eager=True, help="option_version"),
    ] = False,
    lang: Annotated[str, typer.Option("--lang", help="option_lang")] = "",
) -> None:
    """Both options are dealt with before the commands: ``--version`` above, ``--lang`` in ``main``."""
