"""Gathers the commands: a row each. What they do is in their modules, ``commands/``, imported when they are asked for.

Help texts are names of sentences in ``words/interface.toml``: that of the command ``build`` is ``build_help``, that of
an option ``option_style``; ``cli/words.py`` puts the sentences of the user's language in their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from biblio import __version__
from biblio.cli.console import say_out
from biblio.cli.values import read_plainly
from biblio.cli.words import in_words, say
from biblio.places import imported

# A command and the place of what runs it, in the order of the help.
COMMANDS: Mapping[str, str] = {
    "build": "biblio.cli.commands.build:build_command",
    "watch": "biblio.cli.commands.watch:watch_command",
    "serve": "biblio.cli.commands.serve:serve_command",
    "desktop-entry": "biblio.cli.commands.desktop_entry:desktop_entry_command",
    "list": "biblio.cli.commands.list:list_command",
    "show": "biblio.cli.commands.show:show_command",
    "check": "biblio.cli.commands.check:check_command",
    "fmt": "biblio.cli.commands.fmt:fmt_command",
    "import": "biblio.cli.commands.import_:import_command",
    "add": "biblio.cli.commands.add:add_command",
    "enrich": "biblio.cli.commands.enrich:enrich_command",
    "pull": "biblio.cli.commands.pull:pull_command",
    "links": "biblio.cli.commands.links:links_command",
    "export": "biblio.cli.commands.export:export_command",
    "explain": "biblio.cli.commands.explain:explain_command",
    "outline": "biblio.cli.commands.outline:outline_command",
    "why": "biblio.cli.commands.why:why_command",
    "coverage": "biblio.cli.commands.coverage:coverage_command",
    "diff": "biblio.cli.commands.diff:diff_command",
    "new": "biblio.cli.commands.new:new_command",
    "new-style": "biblio.cli.commands.new_style:new_style_command",
    "backup": "biblio.cli.commands.backup:backup_command",
    "restore": "biblio.cli.commands.restore:restore_command",
    "site": "biblio.cli.commands.site:site_command",
    "verify": "biblio.cli.commands.verify:verify_command",
    "init": "biblio.cli.commands.init:init_command",
    "doctor": "biblio.cli.commands.doctor:doctor_command",
    "schema": "biblio.cli.commands.schema:schema_command",
    "help": "biblio.cli.commands.help:help_command",
}

_PLAIN: Mapping[str, Any] = {
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


def sentence_of(command: str) -> str:
    """The name of the sentence of a command in the help."""
    return f"{command.replace('-', '_')}_help"


class _Commands(Mapping[str, Any]):
    """The commands of the library by name, each made when it is asked for."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            alone = typer.Typer(add_completion=False, **_PLAIN)
            alone.command(name, help=sentence_of(name))(imported(COMMANDS[name]))
            self._made[name] = in_words(read_plainly(typer.main.get_command(alone)), self._lang)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(TyperGroup):
    """Lists the commands by their sentences alone, so that the help imports none."""

    lang = "en"

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, say(sentence_of(name), self.lang)) for name in COMMANDS])


app = typer.Typer(cls=_Group, add_completion=True, **_PLAIN)


def application(lang: str) -> Any:
    """The command of the library that stands for biblio, its commands and help texts in ``lang``."""
    group = in_words(read_plainly(typer.main.get_command(app)), lang)
    group.lang, group.commands = lang, _Commands(lang)
    return group


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
