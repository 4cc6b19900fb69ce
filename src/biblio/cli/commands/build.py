"""The command ``build``: builds all the dossiers, or those named."""

from __future__ import annotations

import sys
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from biblio.build.batch import build_all
from biblio.build.pipeline import BuildResult, Request, is_draft
from biblio.cli.console import FOUND, is_terminal, progress, say_json, say_out, shows_traceback, tell
from biblio.cli.options import (
    FormatsOption,
    JsonOption,
    OutputOption,
    ProjectOption,
    QuietOption,
    SlugsArgument,
    StrictOption,
    StyleOption,
    asked_formats,
)
from biblio.cli.quoting import show, typed_path
from biblio.cli.remembering import before, remember
from biblio.cli.selected import located
from biblio.cli.words import say
from biblio.places import imported
from biblio.project.project import Project, output_folder
from biblio.report.text import as_json


def build_command(
    context: typer.Context,
    slugs: SlugsArgument = None,
    project: ProjectOption = Path(),
    output: OutputOption = None,
    style: StyleOption = "",
    formats: FormatsOption = "pdf",
    force: Annotated[bool, typer.Option("--force", help="option_force")] = False,
    strict: StrictOption = False,
    quiet: QuietOption = False,
    json_output: JsonOption = False,
    executor: Annotated[str, typer.Option("--executor", help="option_executor")] = "",
) -> None:
    """Builds dossiers."""
    lang: str = context.obj
    elsewhere = imported("biblio.build.cluster:address_of")(executor) if executor else None
    found, named = located(project, slugs or ())
    request = Request(output_folder(found, output), asked_formats(formats), style, force, strict)
    drafts = () if named else tuple(slug for slug in found.slugs if is_draft(found, slug))
    wanted = tuple(dict.fromkeys(named)) or tuple(slug for slug in found.slugs if slug not in drafts)
    for slug in wanted:
        found.dossier_file(slug)  # a name mistyped stops the command before any long work
    if not found.slugs and not quiet:
        tell(say("no_dossiers", lang) + "\n")
    live = is_terminal(sys.stderr) and not quiet and not json_output
    told = partial(_progress, lang=lang, live=live)
    results = []
    was = None if json_output or force else before(found)
    if elsewhere:
        begin = imported("biblio.build.elsewhere:build_elsewhere")  # few have other machines
        making = begin(found, wanted, request, elsewhere, lambda fault: show((fault,), found, lang), told)
    else:
        workers = 1 if shows_traceback() else 0  # what goes wrong in another process has no traceback here
        making = build_all(found, wanted, request, told, workers)
    for result in chain(making, (BuildResult(slug, "draft") for slug in drafts)):
        results.append(result)
        if not json_output:
            _report_build(result, found, lang, live=live, quiet=quiet)
    if json_output:
        say_json([_build_record(result, lang) for result in results])
    if any(result.state == "failed" for result in results):
        raise typer.Exit(FOUND)
    remember(was, results, request, lang, quiet=quiet)


def _progress(slug: str, step: str, lang: str, *, live: bool) -> None:
    """One line that each step writes over, on a terminal; that another build is waited for is always said."""
    if step == "wait":
        if live:
            progress("")
        tell(say("progress_wait", lang, slug=slug) + "\n")
    elif live:
        progress(say(f"progress_{step}", lang, slug=slug))


def _report_build(result: BuildResult, project: Project, lang: str, *, live: bool, quiet: bool) -> None:
    if live:
        progress("")
    show(result.diagnostics, project, lang)
    if result.state == "failed":
        tell(say("failed", lang, slug=result.slug) + "\n")
    elif not quiet:
        outputs = ", ".join(typed_path(path) for path in result.outputs)
        name = (
            {0: "built_none", 1: "built_one"}.get(result.notices, "built") if result.state == "built" else result.state
        )
        say_out(say(name, lang, slug=result.slug, notices=result.notices, outputs=outputs))


def _build_record(result: BuildResult, lang: str) -> dict[str, Any]:
    return {
        "slug": result.slug,
        "state": result.state,
        "notices": result.notices,
        "outputs": [typed_path(path) for path in result.outputs],
        "diagnostics": as_json(result.diagnostics, lang),
    }
