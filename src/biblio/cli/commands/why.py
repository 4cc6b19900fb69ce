"""The command ``why``: which line places a reference, or why none does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from biblio.cli.completion import complete_slug
from biblio.cli.console import FOUND, print_lines, say_json
from biblio.cli.options import JsonOption, KeyArgument, ProjectOption
from biblio.cli.quoting import show
from biblio.cli.selected import located
from biblio.dossier.why import Absence, Stand, Verdict, why
from biblio.dossier.why import lines as why_lines
from biblio.words.faults import BiblioError, Span


def why_command(
    context: typer.Context,
    key: KeyArgument,
    dossier: Annotated[str, typer.Option("--dossier", help="option_dossier", autocompletion=complete_slug)] = "",
    project: ProjectOption = Path(),
    json_output: JsonOption = False,
) -> None:
    """Says where a reference stands, and why."""
    lang: str = context.obj
    found, named = located(project, [dossier] if dossier else [])
    loaded = [found.dossier(slug) for slug in named or found.slugs]
    specs = [each.value for each in loaded if each.value]
    demoting = {spec.slug for spec in specs if found.demotes(spec.style)}
    verdicts = why(found.opened.value, specs, found.themes.value, key, demoting)
    if verdicts.diagnostics:
        raise BiblioError(verdicts.diagnostics[0])
    unreadable = [fault for each in loaded if each.value is None for fault in each.diagnostics]
    show(unreadable, found, lang)
    if json_output:
        say_json([_verdict_record(verdict) for verdict in verdicts.value])
    else:
        print_lines(why_lines(verdicts.value, lang))
    if unreadable:
        raise typer.Exit(FOUND)


def _verdict_record(verdict: Verdict) -> dict[str, Any]:
    return {
        "slug": verdict.slug,
        "title": verdict.title,
        "stands": [_stand_record(stand) for stand in verdict.stands],
        "absences": [_absence_record(absence) for absence in verdict.absences],
    }


def _stand_record(stand: Stand) -> dict[str, Any]:
    pin = _place(stand.pin) if stand.pin else None
    return {"section": stand.path, "how": stand.how, "full": stand.full, **_place(stand.span), "pin": pin}


def _absence_record(absence: Absence) -> dict[str, Any]:
    record = {"section": absence.path, "reason": absence.bar, **_place(absence.span)}
    details = {name: getattr(absence, name) or None for name in ("condition", "wanted", "has", "limit", "rank")}
    return {**record, **details}


def _place(span: Span) -> dict[str, Any]:
    return {"path": span.path, "line": span.line, "column": span.column}
