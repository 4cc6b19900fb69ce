"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ProjectOption = Annotated[Path, typer.Option("-C", "--project", help="option_project")]
JsonOption = Annotated[bool, typer.Option("--json", help="option_json")]
