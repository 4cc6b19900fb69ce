"""The command ``add``: what identifiers and addresses lead to, printed or brought into a file of the project."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.bringing import Wish, bring
from biblio.cli.console import progress
from biblio.cli.options import JsonOption, OfflineOption, ProjectOption, QuietOption
from biblio.cli.words import say
from biblio.importing.imported import Imported
from biblio.importing.plan import OnDuplicate
from biblio.online.identifiers import MOST_TEXT, Identifier
from biblio.online.lookups import identifiers_of, look_up
from biblio.online.setup import open_client
from biblio.project.settings import settings_file
from biblio.words.faults import Parsed

STANDARD_INPUT = "-"


def add_command(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="argument_identifiers", allow_dash=True)],
    project: ProjectOption = Path(),
    into: Annotated[Path | None, typer.Option("--into", help="option_into")] = None,
    on_duplicate: Annotated[OnDuplicate, typer.Option("--on-duplicate", help="option_on_duplicate")] = OnDuplicate.SKIP,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="option_import_dry_run")] = False,
    offline: OfflineOption = False,
    json_output: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Looks documents up by their identifiers."""
    wish = Wish(project, into, on_duplicate, dry_run, json_output, quiet, context.obj)
    named = identifiers_of(_text() if word == STANDARD_INPUT else word for word in words)
    read = [("", Parsed(Imported(), named.diagnostics))] if named.diagnostics else []
    bring([*read, *_looked_up(named.value, wish, offline=offline)], wish)


def _looked_up(identifiers: Sequence[Identifier], wish: Wish, *, offline: bool) -> list[tuple[str, Parsed[Imported]]]:
    """What each identifier leads to, under the name of who gave it."""
    client = open_client(settings_file(wish.project.resolve()), os.environ, offline=offline)
    read = []
    for number, identifier in enumerate(identifiers, 1):
        if wish.live:
            progress(say("add_asking", wish.lang, identifier=identifier, number=number, count=len(identifiers)))
        found = look_up(identifier, client)
        references = (found.reference,) if found.reference else ()
        read.append((found.source or str(identifier), Parsed(Imported(references, found.source), found.diagnostics)))
    return read


def _text() -> str:
    """What is piped or pasted into the command."""
    content = sys.stdin.buffer.read(4 * MOST_TEXT) if sys.stdin else b""
    return content.decode("utf-8", "replace")
