"""The command ``diff``: what changed in a dossier since an earlier edition."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from biblio.build.earlier import editions
from biblio.cli.console import print_lines, say_json, say_out
from biblio.cli.options import JsonOption, ProjectOption, SlugArgument
from biblio.cli.selected import end_with, located, selected_of
from biblio.cli.words import say
from biblio.dossier.difference import Difference, Item, compare, field_name
from biblio.dossier.difference import lines as difference_lines


def diff_command(
    context: typer.Context,
    slug: SlugArgument,
    since: Annotated[str, typer.Option("--since", help="option_since")],
    project: ProjectOption = Path(),
    json_output: JsonOption = False,
) -> None:
    """Compares a dossier with an earlier edition."""
    lang: str = context.obj
    found, (slug,) = located(project, [slug])
    selected = selected_of(found, slug, lang)
    both = editions(found, selected.value, since, lang)
    difference = compare(both.old, both.new)
    if json_output:
        say_json(_difference_record(slug, both.since, difference, lang))
    else:
        say_out(say("diff_title", lang, slug=slug, since=both.since))
        print_lines(difference_lines(difference, lang))
    end_with(selected.diagnostics)


def _difference_record(slug: str, since: str, difference: Difference, lang: str) -> dict[str, Any]:
    return {
        "slug": slug,
        "since": since,
        "sections_compared": difference.sectioned,
        "added": [_item_record(item) for item in difference.added],
        "removed": [_item_record(item) for item in difference.removed],
        "moved": [{**_item_record(moved.item), "from": moved.old} for moved in difference.moved],
        "changed": [
            {
                **_item_record(changed.item),
                "fields": [{**asdict(field), "label": field_name(field.name, lang)} for field in changed.fields],
            }
            for changed in difference.changed
        ],
        "renamed": [{"from": was, "section": now} for was, now in difference.renamed],
    }


def _item_record(item: Item) -> dict[str, Any]:
    return {"citekey": item.citekey, "title": item.title, "section": item.section}
