"""The options and arguments that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from biblio.cli.completion import complete_key, complete_slug, complete_style

ProjectOption = Annotated[Path, typer.Option("-C", "--project", help="option_project")]
OutputOption = Annotated[Path | None, typer.Option("-o", "--output", help="option_output")]
StyleOption = Annotated[str, typer.Option("--style", help="option_style", autocompletion=complete_style)]
JsonOption = Annotated[bool, typer.Option("--json", help="option_json")]
OfflineOption = Annotated[bool, typer.Option("--offline", help="option_offline")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="option_quiet")]
StrictOption = Annotated[bool, typer.Option("--strict", help="option_strict")]
DiffOption = Annotated[bool, typer.Option("--diff", help="option_diff")]
SlugArgument = Annotated[str, typer.Argument(help="argument_slug", autocompletion=complete_slug)]
KeyArgument = Annotated[str, typer.Argument(help="argument_key", autocompletion=complete_key)]
PathsArgument = Annotated[list[Path] | None, typer.Argument(help="argument_paths")]
