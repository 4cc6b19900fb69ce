"""The command ``pull``: what is new in the sources that the settings name comes into the collection."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from biblio.check.config import configuration
from biblio.cli.console import FOUND, has_colour, is_terminal, progress, say_json, say_out, tell
from biblio.cli.options import JsonOption, ProjectOption, QuietOption
from biblio.cli.words import say
from biblio.editing.works import Work, write
from biblio.formats.text import decode_bytes
from biblio.importing.settings import key_pattern
from biblio.importing.write import Prepared, prepare
from biblio.online.client import Client
from biblio.online.pull import Pulled, pulled, receive
from biblio.online.said import State, dumps, loads, path_of
from biblio.online.setup import open_client
from biblio.online.sources import SourceSettings, sources
from biblio.project.project import Project, discover, require_inside, texts_of
from biblio.project.read import read_bytes
from biblio.project.settings import SettingsFile, settings_file
from biblio.project.source import SourceFile
from biblio.report.text import as_json, as_text
from biblio.words.faults import BiblioError, Diagnostic, diagnose, in_order, is_blocked

_MOST = 200_000_000  # bytes of what a source said last


def pull_command(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="argument_sources")] = None,
    project: ProjectOption = Path(),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="option_pull_dry_run")] = False,
    json_output: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Pulls references from sources."""
    lang: str = context.obj
    root = discover(project).root
    settings = settings_file(root)
    wanted = _wanted(settings, names or ())
    client = open_client(settings, os.environ)
    told: list[dict[str, Any]] = []
    faults: list[Diagnostic] = []
    for source in wanted:
        if is_terminal(sys.stderr) and not quiet:
            progress(say("pull_asking", lang, source=source.name))
        try:
            # Each source finds the collection as the one before it has left it.
            made = _pulled(source, Project(root), settings, client, writing=not dry_run)
        except BiblioError as error:
            # Another source may answer where this one does not.
            faults.append(error.diagnostic)
            continue
        finally:
            if is_terminal(sys.stderr) and not quiet:
                progress("")
        faults += made.faults
        told.append(made.as_json(source))
        if not json_output and not quiet:
            name = "pull_unchanged" if made.pulled.unchanged else "pull_would" if dry_run else "pull_done"
            say_out(say(name, lang, source=source.name, file=source.into, **made.pulled.counts))
    ordered = in_order(faults)
    if json_output:
        say_json({"dry_run": dry_run, "sources": told, "diagnostics": as_json(ordered, lang)})
    elif ordered:
        quoted = texts_of(Project(root).sources({each.span.path for each in ordered if each.span}))
        tell(as_text(ordered, quoted, lang, colour=has_colour(), most=None) + "\n")
    if is_blocked(ordered, strict=False):
        raise typer.Exit(FOUND)


@dataclass(frozen=True, slots=True)
class _Made:
    """What a source brought, and what was written for it."""

    pulled: Pulled
    prepared: Prepared
    written: tuple[str, ...]

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        return (*self.pulled.diagnostics, *self.prepared.diagnostics)

    def as_json(self, source: SourceSettings) -> dict[str, Any]:
        return {
            "source": source.name,
            "into": source.into,
            "unchanged": self.pulled.unchanged,
            "counts": dict(self.pulled.counts),
            "added": [reference.citekey for reference in self.pulled.plan.added],
            "changed": {
                key: dict(values) for entries in self.pulled.plan.changed.values() for key, values in entries.items()
            },
            "written": list(self.written),
        }


def _wanted(settings: SettingsFile, names: Sequence[str]) -> tuple[SourceSettings, ...]:
    """The sources that are named, or all. Raises ``BiblioError`` (E182, E183) where there is none of that name."""
    known = {source.name: source for source in sources(settings)}
    if not known:
        raise BiblioError(diagnose("E182"))
    for name in names:
        if name not in known:
            raise BiblioError(diagnose("E183", source=name, known=", ".join(known)))
    return tuple(known[name] for name in names) or tuple(known.values())


def _pulled(
    source: SourceSettings, project: Project, settings: SettingsFile, client: Client, *, writing: bool
) -> _Made:
    """Asks one source, and writes what it brings: the references first, then what it has said."""
    require_inside(project, path_of(source).partition("/")[0])
    place = project.root / path_of(source)
    before = read_bytes(place, path_of(source), _MOST) if place.exists() else None
    state = loads(source, decode_bytes(before, path_of(source)).value) if before is not None else State()
    received = receive(source, client, state.cursor, os.environ)
    accepted = configuration(project.root).accepted_pairs
    made = pulled(source, received, state, project.opened.value, key_pattern(settings), accepted)
    prepared = prepare(made.plan, project.reference_files, _into(source, project))
    works = list(prepared.works) if writing else []
    after = dumps(source, made.state).encode() if writing else before
    if after != before:
        works.append(Work(path_of(source), place, before, after))
    write(works, project.root)
    return _Made(made, prepared, tuple(work.path for work in works))


def _into(source: SourceSettings, project: Project) -> SourceFile:
    """The file that new references go to, empty if it is not there."""
    place = project.root / source.into
    return SourceFile(source.into, read_bytes(place, source.into) if place.exists() else b"", place)
