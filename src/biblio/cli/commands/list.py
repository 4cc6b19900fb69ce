"""The command ``list``: the dossiers of the project and their state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from biblio.build.freshness import read_manifest
from biblio.build.pipeline import is_up_to_date, notices_of
from biblio.build.stamp import epoch_setting
from biblio.cli.console import say_json, say_out, tell
from biblio.cli.options import JsonOption, OutputOption, ProjectOption
from biblio.cli.words import say
from biblio.project.manifest import Options
from biblio.project.project import Project, discover, output_folder
from biblio.words.faults import is_blocked


def list_command(
    context: typer.Context,
    project: ProjectOption = Path(),
    output: OutputOption = None,
    json_output: JsonOption = False,
) -> None:
    """Lists dossiers."""
    lang: str = context.obj
    found = discover(project)
    folder = output_folder(found, output)
    records = [_dossier_record(found, slug, folder) for slug in found.slugs]
    if json_output:
        say_json(records)
        return
    for record in records:
        state = say(f"state_{record['state']}", lang)
        name = "list_row_one" if record["notices"] == 1 else "list_row"
        say_out(say(name, lang, **{**record, "state": state}))
    if not records:
        tell(say("no_dossiers", lang) + "\n")


def _dossier_record(project: Project, slug: str, folder: Path) -> dict[str, Any]:
    loaded = project.dossier(slug)
    spec = loaded.value
    if spec is None or is_blocked(loaded.diagnostics, strict=False):
        return {"slug": slug, "title": "–", "date": "–", "notices": 0, "state": "faulty"}
    built = read_manifest(folder, slug)
    formats = built.inputs.options.formats if built else ()
    options = Options(spec.style, formats, epoch_setting())
    state = "current" if is_up_to_date(project, spec, folder, options) else "stale"
    return {"slug": slug, "title": spec.title, "date": spec.date, "notices": notices_of(project, spec), "state": state}
