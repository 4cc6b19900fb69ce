"""The command ``doctor``: what this machine lacks, and what to type."""

from __future__ import annotations

import typer

from biblio.cli.console import FOUND, json_text
from biblio.cli.doctor import examine
from biblio.cli.options import JsonOption
from biblio.words.tables import say


def doctor_command(context: typer.Context, json_output: JsonOption = False) -> None:
    """Examines the machine."""
    lang: str = context.obj
    findings = list(examine())
    if json_output:
        records = [
            {"name": finding.name, "ok": finding.ok, "found": finding.found, "command": finding.command}
            for finding in findings
        ]
        typer.echo(json_text(records))
    else:
        for finding in findings:
            typer.echo(f"{'✓' if finding.ok else '✗'} {say(finding.name, lang, found=finding.found)}")
            if not finding.ok and finding.command:
                typer.echo(say("doctor_fix", lang, command=finding.command))
        typer.echo(say("doctor_ok" if all(finding.ok for finding in findings) else "doctor_missing", lang))
    if not all(finding.ok for finding in findings):
        raise typer.Exit(FOUND)
