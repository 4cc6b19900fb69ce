"""The command ``check``: what is wrong with the project, dossiers or files, and mends what it may."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from biblio.check.about import Matter, about, matter_of
from biblio.check.baseline import dumps, known_at, path_of, unknown
from biblio.check.check import Collection, check, count, fix
from biblio.check.config import BASELINE, require_known, split_codes
from biblio.check.settings import Settings
from biblio.check.table import not_stopping
from biblio.cli.completion import complete_codes, complete_report
from biblio.cli.console import FOUND, has_colour, say_json, say_out, tell
from biblio.cli.options import DiffOption, JsonOption, ProjectOption, QuietOption, StrictOption
from biblio.cli.target import Target, stop_for, target_of_words, unified_diff
from biblio.cli.words import say
from biblio.project.overwrite import overwrite
from biblio.project.project import texts_of
from biblio.report.github import as_github
from biblio.report.sarif import as_sarif
from biblio.report.table import FORMATS
from biblio.report.text import as_json, as_statistics, as_text
from biblio.words.faults import BiblioError, Diagnostic, diagnose
from biblio.words.tables import Severity


def check_command(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="argument_checked")] = None,
    project: ProjectOption = Path(),
    select: Annotated[
        list[str] | None, typer.Option("--select", help="option_select", autocompletion=complete_codes)
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", help="option_ignore", autocompletion=complete_codes)
    ] = None,
    fixing: Annotated[bool, typer.Option("--fix", help="option_fix")] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe-fixes", help="option_unsafe_fixes")] = False,
    diff: DiffOption = False,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="option_baseline")] = None,
    write_baseline: Annotated[bool, typer.Option("--write-baseline", help="option_write_baseline")] = False,
    form: Annotated[
        str, typer.Option("--format", help="option_report_format", autocompletion=complete_report)
    ] = "text",
    json_output: JsonOption = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="option_statistics")] = False,
    strict: StrictOption = False,
    quiet: QuietOption = False,
) -> None:
    """Checks the project, some of its dossiers, or some files."""
    lang: str = context.obj
    form = "json" if json_output else form
    if form not in FORMATS:
        raise BiblioError(diagnose("E111", format=form, formats=", ".join(FORMATS)))
    target = target_of_words(paths, project)
    if write_baseline and target.slugs:
        raise BiblioError(diagnose("C113"))
    matter = matter_of(target.collection.project, target.slugs) if target.slugs and target.collection.project else None
    target = replace(target, settings=_narrowed(target.settings, select, ignore))
    if fixing or diff:
        changed, refused = _fixed(
            target, matter, unsafe=unsafe, quiet=quiet or form != "text", lang=lang, writing=fixing
        )
        if diff:
            say_out(unified_diff(target.collection.files, changed), end="")
            if not fixing:
                return
        stop_for(refused, lang)
        target = target.again() if changed else target
    diagnostics = check(target.collection, target.settings)
    diagnostics = about(matter, diagnostics) if matter else diagnostics
    known_faults = baseline or path_of(target.root, target.settings)
    if write_baseline:
        path = known_faults or target.root / BASELINE
        if os.path.lexists(path):
            known_at(path)  # what is something else is not written over
        overwrite(path, dumps(diagnostics).encode())
        if not quiet:
            say_out(say("baseline_written", lang, file=path.name, count=len(diagnostics)))
        return
    if known_faults is not None:
        diagnostics = unknown(diagnostics, known_at(known_faults))
    _print(form, target, matter, diagnostics, lang, statistics=statistics, quiet=quiet)
    numbers = count(diagnostics)
    if numbers[Severity.ERROR] or (strict and numbers[Severity.WARNING]):
        raise typer.Exit(FOUND)


def _narrowed(settings: Settings, select: Sequence[str] | None, ignore: Sequence[str] | None) -> Settings:
    """The settings of the file with those of the command line, which choose anew and leave out more."""
    chosen, refused = split_codes(select or ()), split_codes(ignore or ())
    for code in (*chosen, *refused):
        require_known(code)
    return replace(settings, select=chosen or settings.select, ignore=(*settings.ignore, *refused))


def _fixed(
    target: Target, matter: Matter | None, *, unsafe: bool, quiet: bool, lang: str, writing: bool
) -> tuple[Mapping[str, bytes], Sequence[Diagnostic]]:
    """The files that fixes change, by path, and why others could not be; they are written when ``writing``."""
    changed: dict[str, bytes] = {}
    applied: Counter[str] = Counter()
    refused: list[Diagnostic] = []
    for file in target.collection.files:
        fixed = fix(file, target.settings, unsafe=unsafe, citekeys=matter.citekeys if matter else None)
        if fixed.content != file.content:
            fault = target.write_back(file, fixed.content) if writing else None
            if fault is not None:
                refused.append(fault)
                continue
            changed[file.path] = fixed.content
            applied += fixed.applied
    if not quiet:
        done = "fixes_made" if writing else "fixes_possible"
        tell(say(done, lang, count=applied.total(), files=len(changed)) + "\n")
    return changed, refused


def _print(
    form: str,
    target: Target,
    matter: Matter | None,
    diagnostics: Sequence[Diagnostic],
    lang: str,
    *,
    statistics: bool,
    quiet: bool,
) -> None:
    collection = target.collection
    match form:
        case "json":
            files = [{"path": file.path, **collection.counts[file.path]} for file in collection.files]
            say_json({"files": files, "diagnostics": as_json(diagnostics, lang)})
        case "sarif":
            say_json(as_sarif(diagnostics, lang))
        case "github":
            say_out(as_github(diagnostics, lang), end="", commands=True)
        case _ if statistics:
            say_out(as_statistics(diagnostics, lang), end="")
        case _:
            if diagnostics:
                tell(as_text(diagnostics, _quoted(collection, diagnostics), lang, colour=has_colour()) + "\n")
    if form == "text" and not quiet:
        say_out(_summary(target, matter, diagnostics, lang))
        published = sorted({each.code for each in diagnostics} & not_stopping())
        if published and collection.project:
            say_out(say("check_published", lang, codes=", ".join(published)))


def _quoted(collection: Collection, diagnostics: Iterable[Diagnostic]) -> Mapping[str, str]:
    """The texts of the files that faults are in, to quote their lines from."""
    paths = {diagnostic.span.path for diagnostic in diagnostics if diagnostic.span}
    if collection.project:
        return texts_of(collection.project.sources(paths))
    return texts_of(file for file in collection.files if file.path in paths)


def _summary(target: Target, matter: Matter | None, diagnostics: Sequence[Diagnostic], lang: str) -> str:
    collection = target.collection
    numbers = count(diagnostics)
    names = ("check_clean", "check_found") if collection.project else ("check_clean_files", "check_found_files")
    if matter is not None:
        names = ("check_clean_dossiers", "check_found_dossiers")
    return say(
        names[bool(diagnostics)],
        lang,
        references=len(matter.citekeys if matter else collection.library.value),
        dossiers=len(collection.project.slugs) if collection.project else 0,
        slugs=", ".join(target.slugs),
        files=len(collection.files),
        errors=numbers[Severity.ERROR],
        warnings=numbers[Severity.WARNING],
        notes=numbers[Severity.NOTE],
    )
