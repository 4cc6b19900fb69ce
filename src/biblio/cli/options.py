"""The options and arguments that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.completion import complete_key, complete_output, complete_slug, complete_style
from biblio.outputs.table import OUTPUTS
from biblio.words.faults import BiblioError, diagnose

ProjectOption = Annotated[Path, typer.Option("-C", "--project", help="option_project")]
OutputOption = Annotated[Path | None, typer.Option("-o", "--output", help="option_output")]
StyleOption = Annotated[str, typer.Option("--style", help="option_style", autocompletion=complete_style)]
JsonOption = Annotated[bool, typer.Option("--json", help="option_json")]
OfflineOption = Annotated[bool, typer.Option("--offline", help="option_offline")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="option_quiet")]
StrictOption = Annotated[bool, typer.Option("--strict", help="option_strict")]
DiffOption = Annotated[bool, typer.Option("--diff", help="option_diff")]
FormatsOption = Annotated[str, typer.Option("--format", help="option_format", autocompletion=complete_output)]
SlugArgument = Annotated[str, typer.Argument(help="argument_slug", autocompletion=complete_slug)]
SlugsArgument = Annotated[list[str] | None, typer.Argument(help="argument_slugs", autocompletion=complete_slug)]
KeyArgument = Annotated[str, typer.Argument(help="argument_key", autocompletion=complete_key)]
PathsArgument = Annotated[list[Path] | None, typer.Argument(help="argument_paths")]


def asked_formats(value: str) -> tuple[str, ...]:
    """The outputs that ``--format`` names. Raises ``BiblioError`` (E111) for one that there is not."""
    formats = tuple(dict.fromkeys(word.strip() for word in value.split(",")))
    for name in formats:
        if name not in OUTPUTS:
            raise BiblioError(diagnose("E111", format=name, formats=", ".join(OUTPUTS)))
    return formats
