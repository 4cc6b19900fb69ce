"""The command ``verify``: whether a published file is what the sources give."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from biblio.build.verify import Verdict
from biblio.build.verify import verify as verify_file
from biblio.cli.console import FOUND, say_json, say_out
from biblio.cli.options import JsonOption, ProjectOption
from biblio.cli.quoting import show
from biblio.cli.words import say
from biblio.project.project import discover
from biblio.project.read import read_bytes
from biblio.report.text import as_json


def verify_command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="argument_file")],
    project: ProjectOption = Path(),
    json_output: JsonOption = False,
) -> None:
    """Verifies a published file."""
    lang: str = context.obj
    found = discover(project)
    verdict = verify_file(found, file, read_bytes(file))
    state = _state_of(verdict)
    if json_output:
        changed = [{"kind": change.kind, "name": change.name} for change in verdict.changed]
        record = {"file": file.name, "state": state, "style": verdict.style or None, "changed": changed}
        say_json({**record, "diagnostics": as_json(verdict.diagnostics, lang)})
    else:
        show(verdict.diagnostics, found, lang)
        say_out(say(f"verify_{state}", lang, file=file.name))
        if verdict.style:
            say_out(say("verify_style", lang, style=verdict.style))
        for change in verdict.changed:
            say_out(say(f"change_{change.kind}", lang, name=change.name))
    if not verdict.genuine:
        raise typer.Exit(FOUND)


def _state_of(verdict: Verdict) -> str:
    if verdict.genuine:
        return "genuine"
    if verdict.diagnostics:
        return "failed"
    if verdict.recorded is False:
        return "altered"
    return "changed" if verdict.changed and verdict.recorded else "unknown"
