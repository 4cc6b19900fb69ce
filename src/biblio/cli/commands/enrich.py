"""The command ``enrich``: what catalogues would add to references, shown, and written when that is asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from biblio.cli.console import FOUND, is_terminal, print_lines, progress, say_json, tell
from biblio.cli.options import JsonOption, OfflineOption, ProjectOption, QuietOption
from biblio.cli.quoting import show
from biblio.cli.selected import located, selected_of
from biblio.cli.words import say
from biblio.importing.edit import edited
from biblio.online.enrich import Enrichment, enrichment, identifier_of
from biblio.online.setup import open_client
from biblio.project.overwrite import overwrite
from biblio.project.project import Project
from biblio.project.settings import settings_file
from biblio.reference.reference import Reference
from biblio.report.text import as_json
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose, in_order, is_blocked

_SHOWN = 120  # characters of a value on a line


def enrich_command(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="argument_enriched")] = None,
    project: ProjectOption = Path(),
    apply: Annotated[bool, typer.Option("--apply", help="option_enrich_apply")] = False,
    replaced: Annotated[str, typer.Option("--replace", help="option_enrich_replace")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="option_enrich_dry_run")] = False,
    offline: OfflineOption = False,
    json_output: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Says what catalogues would add to references."""
    lang: str = context.obj
    found, _ = located(project, ())
    client = open_client(settings_file(found.root), os.environ, offline=offline)
    named = [(each, identifier) for each in _wanted(found, words or (), lang) if (identifier := identifier_of(each))]
    made: list[Enrichment] = []
    live = is_terminal(sys.stderr) and not quiet
    for number, (reference, identifier) in enumerate(named, 1):
        if live:
            progress(say("add_asking", lang, identifier=identifier, number=number, count=len(named)))
        made.append(enrichment(reference, identifier, client))
    if live:
        progress("")
    fields = frozenset(name.strip().lower() for name in replaced.split(",") if name.strip())
    faults = [fault for each in made for fault in each.diagnostics]
    written: list[str] = []
    if apply and not dry_run:
        left = _write(found, made, fields, written)
        faults += left
    ordered = in_order(faults)
    if json_output:
        say_json(
            {"references": [_record(each) for each in made], "written": written, "diagnostics": as_json(ordered, lang)}
        )
    else:
        print_lines(line for each in made for line in _lines(each, lang))
        show(ordered, found, lang)
        if not quiet:
            counted = sum(bool(each.values(fields)) for each in made)
            name = "enrich_done" if apply and not dry_run else "enrich_would"
            tell(say(name, lang, looked=len(made), count=counted, files=", ".join(written) or "–") + "\n")
    if is_blocked(ordered, strict=False):
        raise typer.Exit(FOUND)


def _wanted(project: Project, words: Sequence[str], lang: str) -> Iterator[Reference]:
    """The references of the dossiers and keys that are named, each once; without any, all those of the collection.

    Raises ``BiblioError`` (E206) for a word that is neither.
    """
    library = project.opened.value
    if not words:
        yield from (each for each in library if each.is_document)
        return
    seen: set[str] = set()
    for word in words:
        known = library.get(word)
        if known is not None:
            references: Sequence[Reference] = (known,)
        elif word in project.slugs:
            references = selected_of(project, word, lang).value.references
        else:
            raise BiblioError(diagnose("E206", None, word=word))
        for each in references:
            if each.citekey not in seen:
                seen.add(each.citekey)
                yield each


def _write(
    project: Project, made: Sequence[Enrichment], fields: frozenset[str], written: list[str]
) -> list[Diagnostic]:
    """Writes what is found into the files of the references; what could not be is given back (E129)."""
    faults: list[Diagnostic] = []
    for file in project.reference_files:
        values = {
            each.reference.citekey: each.values(fields)
            for each in made
            if each.reference.origin.entry.path == file.path and each.values(fields)
        }
        if not values:
            continue
        after = edited(file.content, file.path, values)
        faults += (
            diagnose("E129", Span(file.path), key, field=name, key=key, value=values[key][name])
            for key, name in after.left
        )
        if after.content != file.content:
            overwrite(file.place, after.content, file.content, project.root)
            written.append(file.path)
    return faults


def _lines(each: Enrichment, lang: str) -> Iterator[str]:
    if not each.added and not each.differences:
        return
    yield say("enrich_found", lang, key=each.reference.citekey, identifier=each.identifier, source=each.source)
    for name, value in each.added.items():
        yield say("enrich_adds", lang, field=name, value=_short(value))
    for difference in each.differences:
        here, there = _short(difference.kept) or "–", _short(difference.other) or "–"
        yield say("enrich_differs", lang, field=difference.field, here=here, there=there)


def _short(value: str) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"


def _record(each: Enrichment) -> dict[str, Any]:
    differences = [{"field": one.field, "here": one.kept, "there": one.other} for one in each.differences]
    return {
        "key": each.reference.citekey,
        "identifier": str(each.identifier),
        "source": each.source or None,
        "added": dict(each.added),
        "differences": differences,
    }
