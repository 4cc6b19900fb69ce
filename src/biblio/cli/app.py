"""The command line: arguments, what is printed, and exit codes.

Help texts are names in the catalogue of the interface (``option_style``); ``cli_words`` puts the sentences of the
user's language in their place.
"""

from __future__ import annotations

import errno
import os
import shlex
import signal
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from biblio import __version__
from biblio.build.batch import build_all
from biblio.build.pipeline import (
    OUTPUT_FORMATS,
    BuildResult,
    Request,
    current_inputs,
    epoch_setting,
    is_blocked,
    is_current,
    notices_of,
    read_manifest,
    silent,
)
from biblio.build.preview import preview
from biblio.build.verify import Verdict
from biblio.build.verify import verify as verify_file
from biblio.cli.commands.check import check_command, explain_command, format_command
from biblio.cli.commands.coverage import (
    coverage_command,
    diff_command,
    new_command,
    outline_command,
    why_command,
)
from biblio.cli.completion import complete_key, complete_slug
from biblio.cli.console import COULD_NOT_RUN, FOUND, INTERRUPTED, has_colour, json_text, show, tell
from biblio.cli.doctor import examine
from biblio.cli.options import JsonOption, ProjectOption
from biblio.cli.words import application, in_language
from biblio.dossier.spec import MODELS, DossierSpec
from biblio.project.manifest import Options
from biblio.project.project import BUILD, Project, discover, read_bytes
from biblio.project.starter import create
from biblio.report.terminal import notice_text
from biblio.report.text import as_json, as_text
from biblio.words.faults import BiblioError, Diagnostic, diagnose, problem_of
from biblio.words.tables import LANGUAGES, say
from biblio.yaml_model.json_schema import json_schema

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=True)

QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="option_quiet")]
StrictOption = Annotated[bool, typer.Option("--strict", help="option_strict")]
StyleOption = Annotated[str, typer.Option("--style", help="option_style")]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line. Exit codes: 0 nothing found, 1 faults found, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character shows « ? », and goes on
    words, lang = _language(list(sys.argv[1:] if arguments is None else arguments), os.environ)
    words = words or ["--help"]
    started = signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    no_memory = "\n" + say("no_memory", lang) + "\n"  # said when there is no room to look it up
    failure: Diagnostic | None = None
    try:
        if started:  # by ``__main__``, which gives up on Ctrl-C without a word
            signal.signal(signal.SIGINT, signal.default_int_handler)
        outcome = application(app, lang)(words, prog_name="biblio", obj=lang, standalone_mode=False)
    except TyperException as error:
        message = in_language(error.format_message(), lang)
        tell(f"{say('misused', lang, message=message)}\n{say('try_help', lang)}\n")
        sys.exit(COULD_NOT_RUN)
    except BiblioError as error:
        failure = error.diagnostic  # told when the frames that hold the memory are gone
        outcome = COULD_NOT_RUN
    except MemoryError:
        tell(no_memory)
        sys.exit(COULD_NOT_RUN)
    except SystemExit as stop:
        # The library's way out when the reader of a pipe has gone, and when the shell completes a word.
        sys.exit(COULD_NOT_RUN if isinstance(stop.__context__, BrokenPipeError) else stop.code)
    except KeyboardInterrupt:
        outcome = INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            # The files are written already, or were not begun: the output stream is what is full. Nothing can be said
            # there any more, not even when the interpreter closes it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            failure = diagnose("E105", reason=error.strerror)
        elif _shows_traceback():
            raise
        else:
            failure = diagnose("E122", problem=problem_of(error))
        outcome = COULD_NOT_RUN
    finally:
        if started:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        if failure is not None:
            tell(as_text([failure], {}, lang, colour=has_colour()))
        if outcome == INTERRUPTED:
            tell("\n" + say("interrupted", lang) + "\n")
    except MemoryError:
        tell(no_memory)
    sys.exit(outcome if isinstance(outcome, int) else 0)


def _shows_traceback() -> bool:
    """Whether whoever runs the command wants to see where the program itself fails."""
    return bool(os.environ.get("BIBLIO_TRACEBACK"))


def _language(words: list[str], environment: Mapping[str, str]) -> tuple[list[str], str]:
    """The arguments without ``--lang``, which may stand anywhere, and the language of messages."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    lang = "fr" if locale.lower().startswith("fr") else "en"
    kept: list[str] = []
    remaining = iter(words)
    for word in remaining:
        name, equals, value = word.partition("=")
        if name != "--lang":
            kept.append(word)
            continue
        value = value if equals else next(remaining, "")
        if value not in LANGUAGES:
            tell(say("unknown_language", lang, lang=value) + "\n")
            sys.exit(COULD_NOT_RUN)
        lang = value
    return kept, lang


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"biblio {__version__}")
        raise typer.Exit


@app.callback(help="app_help")
def _application(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="option_version"),
    ] = False,
    lang: Annotated[str, typer.Option("--lang", help="option_lang")] = "",
) -> None:
    """Both options are dealt with before the commands: ``--version`` above, ``--lang`` in ``main``."""


@app.command("build", help="build_help")
def build_command(
    context: typer.Context,
    slugs: Annotated[
        list[str] | None,
        typer.Argument(help="argument_slugs", autocompletion=complete_slug),
    ] = None,
    project: ProjectOption = Path(),
    output: Annotated[Path | None, typer.Option("-o", "--output", help="option_output")] = None,
    style: StyleOption = "",
    formats: Annotated[str, typer.Option("--format", help="option_format")] = "pdf",
    force: Annotated[bool, typer.Option("--force", help="option_force")] = False,
    strict: StrictOption = False,
    quiet: QuietOption = False,
    json_output: JsonOption = False,
) -> None:
    """Builds dossiers."""
    lang: str = context.obj
    found = discover(project)
    request = Request(output or found.root / BUILD, _formats(formats, lang), style, force, strict)
    wanted = tuple(dict.fromkeys(slugs)) if slugs else found.slugs
    for slug in wanted:
        found.dossier_file(slug)  # a name mistyped stops the command before any long work
    if not wanted and not quiet:
        tell(say("no_dossiers", lang) + "\n")
    live = sys.stderr.isatty() and not quiet and not json_output
    workers = 1 if _shows_traceback() else 0  # what goes wrong in another process has no traceback here
    results = []
    for result in build_all(found, wanted, request, partial(_progress, lang=lang) if live else silent, workers):
        results.append(result)
        if not json_output:
            _report_build(result, found, lang, live=live, quiet=quiet)
    if json_output:
        typer.echo(json_text([_build_record(result, lang) for result in results]))
    if any(result.state == "failed" for result in results):
        raise typer.Exit(FOUND)


def _formats(value: str, lang: str) -> tuple[str, ...]:
    formats = tuple(dict.fromkeys(word.strip() for word in value.split(",")))
    for name in formats:
        if name not in OUTPUT_FORMATS:
            raise BiblioError(diagnose("E111", format=name, formats=", ".join(OUTPUT_FORMATS)))
    return formats


def _progress(slug: str, step: str, lang: str) -> None:
    """One line that each step writes over; only on a terminal."""
    sys.stderr.write("\r\x1b[K" + say(f"progress_{step}", lang, slug=slug))
    sys.stderr.flush()


def _report_build(result: BuildResult, project: Project, lang: str, *, live: bool, quiet: bool) -> None:
    if live:
        sys.stderr.write("\r\x1b[K")
    show(result.diagnostics, project, lang)
    if result.state == "failed":
        tell(say("failed", lang, slug=result.slug) + "\n")
    elif not quiet:
        outputs = ", ".join(_shown_path(path) for path in result.outputs)
        name = (
            {0: "built_none", 1: "built_one"}.get(result.notices, "built") if result.state == "built" else result.state
        )
        typer.echo(say(name, lang, slug=result.slug, notices=result.notices, outputs=outputs))


def _shown_path(path: Path) -> str:
    """A path as one would type it from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _build_record(result: BuildResult, lang: str) -> dict[str, Any]:
    return {
        "slug": result.slug,
        "state": result.state,
        "notices": result.notices,
        "outputs": [_shown_path(path) for path in result.outputs],
        "diagnostics": as_json(result.diagnostics, lang),
    }


@app.command("list", help="list_help")
def list_command(
    context: typer.Context,
    project: ProjectOption = Path(),
    output: Annotated[Path | None, typer.Option("-o", "--output", help="option_output")] = None,
    json_output: JsonOption = False,
) -> None:
    """Lists dossiers."""
    lang: str = context.obj
    found = discover(project)
    records = [_dossier_record(found, slug, output or found.root / BUILD) for slug in found.slugs]
    if json_output:
        typer.echo(json_text(records))
        return
    for record in records:
        state = say(f"state_{record['state']}", lang)
        name = "list_row_one" if record["notices"] == 1 else "list_row"
        typer.echo(say(name, lang, **{**record, "state": state}))
    if not records:
        tell(say("no_dossiers", lang) + "\n")


def _dossier_record(project: Project, slug: str, folder: Path) -> dict[str, Any]:
    loaded = project.dossier(slug)
    spec = loaded.value
    if spec is None or is_blocked(loaded.diagnostics, strict=False):
        return {"slug": slug, "title": "–", "date": "–", "notices": 0, "state": "faulty"}
    built = read_manifest(folder, slug)
    formats = built.inputs.options.formats if built else ()
    inputs = current_inputs(project, slug, Options(spec.style, formats, epoch_setting()))
    state = "current" if is_current(folder, slug, inputs) else "stale"
    return {"slug": slug, "title": spec.title, "date": spec.date, "notices": notices_of(project, spec), "state": state}


@app.command("show", help="show_help")
def show_command(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="argument_key", autocompletion=complete_key)],
    project: ProjectOption = Path(),
    dossier: Annotated[str, typer.Option("--dossier", help="option_as_dossier", autocompletion=complete_slug)] = "",
    style: StyleOption = "",
    json_output: JsonOption = False,
) -> None:
    """Shows one notice."""
    lang: str = context.obj
    found = discover(project)
    loaded = found.dossier(dossier) if dossier else None
    if loaded and loaded.value is None:
        show(loaded.diagnostics, found, lang)
        raise typer.Exit(FOUND)
    shown = preview(found, key, style, loaded.value if loaded else None)
    if json_output:
        typer.echo(
            json_text({"citekey": key, "notice": notice_text(shown.notice, colour=False), "source": shown.source})
        )
        return
    typer.echo(notice_text(shown.notice, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR")), nl=False)
    typer.echo(f"\n{shown.source}")
    show(shown.diagnostics, found, lang)


app.command("check", help="check_help")(check_command)
app.command("fmt", help="fmt_help")(format_command)
app.command("explain", help="explain_help")(explain_command)
app.command("outline", help="outline_help")(outline_command)
app.command("why", help="why_help")(why_command)
app.command("coverage", help="coverage_help")(coverage_command)
app.command("diff", help="diff_help")(diff_command)
app.command("new", help="new_help")(new_command)


@app.command("verify", help="verify_help")
def verify_command(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="argument_file")],
    project: ProjectOption = Path(),
    json_output: JsonOption = False,
) -> None:
    """Verifies a published file."""
    lang: str = context.obj
    found = discover(project)
    verdict = verify_file(found, file, read_bytes(file))
    state = _state_of(verdict)
    if json_output:
        changed = [{"kind": change.kind, "name": change.name} for change in verdict.changed]
        record = {"file": file.name, "state": state, "changed": changed}
        typer.echo(json_text({**record, "diagnostics": as_json(verdict.diagnostics, lang)}))
    else:
        show(verdict.diagnostics, found, lang)
        typer.echo(say(f"verify_{state}", lang, file=file.name))
        for change in verdict.changed:
            typer.echo(say(f"change_{change.kind}", lang, name=change.name))
    if not verdict.genuine:
        raise typer.Exit(FOUND)


def _state_of(verdict: Verdict) -> str:
    if verdict.genuine:
        return "genuine"
    if verdict.diagnostics:
        return "failed"
    if verdict.recorded is False:
        return "altered"
    return "changed" if verdict.changed else "unknown"


@app.command("init", help="init_help")
def init_command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="argument_folder")],
    quiet: QuietOption = False,
) -> None:
    """Makes a project."""
    lang: str = context.obj
    create(folder, lang)
    if not quiet:
        typer.echo(say("init_done", lang, folder=shlex.quote(str(folder))))


@app.command("doctor", help="doctor_help")
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


@app.command("schema", help="schema_help")
def schema_command(context: typer.Context) -> None:
    """Prints the JSON Schema of a dossier spec."""
    typer.echo(json_text(json_schema(DossierSpec, MODELS, "biblio dossier", context.obj)))
