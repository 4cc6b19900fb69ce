"""The command ``doctor``: what this machine lacks, and what to type."""

from __future__ import annotations

import typer

from biblio.cli.console import FOUND, say_json, say_out
from biblio.cli.doctor import examine
from biblio.cli.options import JsonOption
from biblio.cli.words import say


def doctor_command(context: typer.Context, json_output: JsonOption = False) -> None:
    """Examines the machine."""
    lang: str = context.obj
    findings = list(examine())
    if json_output:
        records = [
            {"name": finding.name, "ok": finding.ok, "found": finding.found, "command": finding.command}
            for finding in findings
        ]
        say_json(records)
    else:
        for finding in findings:
            say_out(f"{'✓' if finding.ok else '✗'} {say(finding.name, lang, found=finding.found)}")
            if not finding.ok and finding.command:
                say_out(say("doctor_fix", lang, command=finding.command))
        say_out(say("doctor_ok" if all(finding.ok for finding in findings) else "doctor_missing", lang))
    if not all(finding.ok for finding in findings):
        raise typer.Exit(FOUND)
