"""The command ``outline``: the sections of a dossier and their references, in the order of print."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import typer

from biblio.cli.console import print_lines, say_json
from biblio.cli.options import JsonOption, ProjectOption, SlugArgument
from biblio.cli.selected import end_with, located, selected_of
from biblio.dossier.outline import lines as outline_lines
from biblio.dossier.outline import outline


def outline_command(
    context: typer.Context,
    slug: SlugArgument,
    project: ProjectOption = Path(),
    json_output: JsonOption = False,
) -> None:
    """Shows the sections of a dossier and their references, in the order of print."""
    lang: str = context.obj
    found, (slug,) = located(project, [slug])
    selected = selected_of(found, slug, lang)
    spec = selected.value.spec
    sections = outline(selected.value)
    if json_output:
        count = len(selected.value.references)
        records = [asdict(section) for section in sections]
        say_json({"slug": slug, "title": spec.title, "references": count, "sections": records})
    else:
        print_lines(outline_lines(slug, spec.title, sections, lang))
    end_with(selected.diagnostics)
