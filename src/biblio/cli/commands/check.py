"""The commands ``check``, ``explain`` and ``fmt``: their options, what they print, and their exit codes."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from biblio.check.baseline import dumps, loads, unknown
from biblio.check.check import Collection, check, count, fix, of_paths, of_project
from biblio.check.config import BASELINE, configuration, require_known, split_codes
from biblio.check.explanation import explain, explain_all
from biblio.check.finding import Change, Safety
from biblio.check.settings import Settings
from biblio.check.source import rewrite
from biblio.cli.console import FOUND, has_colour, json_text, tell
from biblio.cli.options import ProjectOption
from biblio.formats.bibtex.formatter import format_bibtex
from biblio.formats.text import decode_bytes
from biblio.project.overwrite import overwrite
from biblio.project.project import DOSSIERS, Project, SourceFile, discover, read_bytes, texts_of
from biblio.report.github import as_github
from biblio.report.sarif import as_sarif
from biblio.report.text import as_json, as_statistics, as_text
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose
from biblio.words.tables import Severity, faults, say

FORMATS = ("text", "json", "sarif", "github")

PathsArgument = Annotated[list[Path] | None, typer.Argument(help="argument_paths")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="option_quiet")]
DiffOption = Annotated[bool, typer.Option("--diff", help="option_diff")]


@dataclass(frozen=True, slots=True)
class _Target:
    """What a command works on: the collection, its settings, and the folder that its paths start from."""

    collection: Collection
    settings: Settings
    root: Path

    def again(self) -> _Target:
        """The same, read from the disk again."""
        project = self.collection.project
        if project is not None:
            return replace(self, collection=of_project(Project(project.root)))
        return replace(self, collection=of_paths([Path(file.path) for file in self.collection.files]))


def check_command(
    context: typer.Context,
    paths: PathsArgument = None,
    project: ProjectOption = Path(),
    select: Annotated[list[str] | None, typer.Option("--select", help="option_select")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="option_ignore")] = None,
    fixing: Annotated[bool, typer.Option("--fix", help="option_fix")] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe-fixes", help="option_unsafe_fixes")] = False,
    diff: DiffOption = False,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="option_baseline")] = None,
    write_baseline: Annotated[bool, typer.Option("--write-baseline", help="option_write_baseline")] = False,
    form: Annotated[str, typer.Option("--format", help="option_report_format")] = "text",
    json_output: Annotated[bool, typer.Option("--json", help="option_json")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="option_statistics")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="option_strict")] = False,
    quiet: QuietOption = False,
) -> None:
    """Checks the project, or some files."""
    lang: str = context.obj
    form = "json" if json_output else form
    if form not in FORMATS:
        raise BiblioError(diagnose("E111", format=form, formats=", ".join(FORMATS)))
    target = _target(paths, project)
    target = replace(target, settings=_narrowed(target.settings, select, ignore))
    if fixing or diff:
        changed = _fixed(target, unsafe=unsafe, quiet=quiet or form != "text", lang=lang, writing=fixing)
        if diff:
            typer.echo(_diff(target.collection.files, changed), nl=False)
            if not fixing:
                return
        target = target.again() if changed else target
    diagnostics = check(target.collection, target.settings)
    known_faults = _baseline_path(target, baseline)
    if write_baseline:
        path = known_faults or target.root / BASELINE
        overwrite(path, dumps(diagnostics).encode())
        if not quiet:
            typer.echo(say("baseline_written", lang, file=path.name, count=len(diagnostics)))
        return
    if known_faults is not None:
        diagnostics = unknown(diagnostics, _read_baseline(known_faults))
    _print(form, target, diagnostics, lang, statistics=statistics, quiet=quiet)
    numbers = count(diagnostics)
    if numbers[Severity.ERROR] or (strict and numbers[Severity.WARNING]):
        raise typer.Exit(FOUND)


def _target(paths: Sequence[Path] | None, project: Path) -> _Target:
    """The project, or the files that are named; the settings are those of where they are."""
    if paths and not (len(paths) == 1 and (paths[0] / DOSSIERS).is_dir()):
        return _Target(of_paths(paths), configuration(paths[0].resolve().parent), Path.cwd())
    found = discover(paths[0] if paths else project)
    return _Target(of_project(found), configuration(found.root), found.root)


def _narrowed(settings: Settings, select: Sequence[str] | None, ignore: Sequence[str] | None) -> Settings:
    """The settings of the file with those of the command line, which choose anew and leave out more."""
    chosen, refused = split_codes(select or ()), split_codes(ignore or ())
    for code in (*chosen, *refused):
        require_known(code)
    return replace(settings, select=chosen or settings.select, ignore=(*settings.ignore, *refused))


def _fixed(target: _Target, *, unsafe: bool, quiet: bool, lang: str, writing: bool) -> Mapping[str, bytes]:
    """The files that fixes change, by path; they are written when ``writing``."""
    changed: dict[str, bytes] = {}
    applied: Counter[str] = Counter()
    for file in target.collection.files:
        fixed = fix(file, target.settings, unsafe=unsafe)
        if fixed.content != file.content:
            changed[file.path] = fixed.content
            applied += fixed.applied
            if writing:
                overwrite(target.root / file.path, fixed.content)
    if not quiet:
        done = "fixes_made" if writing else "fixes_possible"
        tell(say(done, lang, count=applied.total(), files=len(changed)) + "\n")
    return changed


def _baseline_path(target: _Target, given: Path | None) -> Path | None:
    if given is not None:
        return given
    return target.root / target.settings.baseline if target.settings.baseline else None


def _read_baseline(path: Path) -> Counter[tuple[str, str, str, str]]:
    try:
        return loads(decode_bytes(read_bytes(path), path.name).value)
    except ValueError as error:
        raise BiblioError(diagnose("C104", Span(path.name), problem=error)) from error


def _print(
    form: str,
    target: _Target,
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
            typer.echo(json_text({"files": files, "diagnostics": as_json(diagnostics, lang)}))
        case "sarif":
            typer.echo(json_text(as_sarif(diagnostics, lang)))
        case "github":
            typer.echo(as_github(diagnostics, lang), nl=False)
        case _ if statistics:
            typer.echo(as_statistics(diagnostics, lang), nl=False)
        case _:
            if diagnostics:
                tell(as_text(diagnostics, _quoted(collection, diagnostics), lang, colour=has_colour()) + "\n")
    if form == "text" and not quiet:
        typer.echo(_summary(collection, diagnostics, lang))


def _quoted(collection: Collection, diagnostics: Iterable[Diagnostic]) -> Mapping[str, str]:
    """The texts of the files that faults are in, to quote their lines from."""
    paths = {diagnostic.span.path for diagnostic in diagnostics if diagnostic.span}
    if collection.project:
        return texts_of(collection.project.sources(paths))
    return texts_of(file for file in collection.files if file.path in paths)


def _summary(collection: Collection, diagnostics: Sequence[Diagnostic], lang: str) -> str:
    numbers = count(diagnostics)
    names = ("check_clean", "check_found") if collection.project else ("check_clean_files", "check_found_files")
    return say(
        names[bool(diagnostics)],
        lang,
        references=len(collection.library.value),
        dossiers=len(collection.project.slugs) if collection.project else 0,
        files=len(collection.files),
        errors=numbers[Severity.ERROR],
        warnings=numbers[Severity.WARNING],
        notes=numbers[Severity.NOTE],
    )


def _diff(files: Iterable[SourceFile], changed: Mapping[str, bytes]) -> str:
    """What changes, as a unified diff of the texts."""
    pieces: list[str] = []
    for file in files:
        if file.path in changed:
            before, after = (decode_bytes(content, file.path).value for content in (file.content, changed[file.path]))
            lines = difflib.unified_diff(
                before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{file.path}", f"b/{file.path}"
            )
            pieces += (line if line.endswith("\n") else f"{line}\n" for line in lines)
    return "".join(pieces)


def format_command(
    context: typer.Context,
    paths: PathsArgument = None,
    project: ProjectOption = Path(),
    checking: Annotated[bool, typer.Option("--check", help="option_fmt_check")] = False,
    diff: DiffOption = False,
    quiet: QuietOption = False,
) -> None:
    """Lays out files of references."""
    lang: str = context.obj
    target = _target(paths, project)
    changed: dict[str, bytes] = {}
    left = False
    for file in target.collection.files:
        content = _formatted(file)
        if content is None:
            left = True
            tell(say("fmt_left", lang, file=file.path) + "\n")
        elif content != file.content:
            changed[file.path] = content
            if not (checking or diff):
                overwrite(target.root / file.path, content)
    if diff:
        typer.echo(_diff(target.collection.files, changed), nl=False)
    if not quiet:
        for path in changed:
            tell(f"{path}\n")
        tell(say("fmt_check" if checking or diff else "fmt_done", lang, count=len(changed)) + "\n")
    if left or (checking and changed):
        raise typer.Exit(FOUND)


def _formatted(file: SourceFile) -> bytes | None:
    """A file in the house layout, in the encoding and with the line ends that it has.

    ``None`` when the file is not understood well enough to be written back.
    """
    text = decode_bytes(file.content, file.path).value
    laid_out = format_bibtex(text).value
    if laid_out == text:
        return file.content
    return rewrite(file.content, text, [Change(0, len(text), laid_out)])


def explain_command(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="argument_code")] = "",
) -> None:
    """Explains a code."""
    lang: str = context.obj
    if not code:
        for explained in explain_all(lang):
            fault = explained.fault
            typer.echo(f"{fault.code}  {fault.name:<28} {say(f'severity_{fault.severity}', lang)}")
        return
    if code.upper() not in faults():
        raise BiblioError(diagnose("E110", code=code))
    explained = explain(code.upper(), lang)
    fault = explained.fault
    parts = [f"{fault.code} {fault.name} ({say(f'severity_{fault.severity}', lang)})", explained.message]
    parts += [part for part in (explained.hint, *explained.paragraphs) if part]
    if explained.example:
        parts.append(
            f"{say('explain_example', lang)}\n" + "\n".join(f"  {line}" for line in explained.example.split("\n"))
        )
    if explained.safety is not Safety.NONE:
        parts.append(say(f"fix_{explained.safety}", lang))
    if not explained.default:
        parts.append(say("rule_on_request", lang, code=fault.code))
    typer.echo("\n\n".join(parts))
