"""What the commands ``import`` and ``add`` share: references that were read are printed, or brought into a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from biblio.check.config import configuration
from biblio.cli.console import FOUND, has_colour, is_terminal, print_lines, progress, say_json, say_out, tell
from biblio.cli.outlining import keep_outlines, outlines_in_words, spec_place
from biblio.cli.words import say
from biblio.editing.works import write
from biblio.formats.bibtex.reader import open_files, open_library
from biblio.formats.bibtex.writer import write_bibtex
from biblio.importing.imported import Imported
from biblio.importing.plan import OnDuplicate, plan
from biblio.importing.settings import key_pattern
from biblio.importing.write import Prepared, prepare
from biblio.project.project import discover, texts_of
from biblio.project.read import read_bytes
from biblio.project.settings import settings_file
from biblio.project.source import SourceFile
from biblio.report.imports import as_lines, as_records, counts, with_refused
from biblio.report.text import as_json, as_text
from biblio.words.faults import BiblioError, Parsed, Span, diagnose, in_order, is_blocked

BIBTEX = ".bib"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants done with what was read; without ``into`` it is printed."""

    project: Path
    into: Path | None
    on_duplicate: OnDuplicate
    dry_run: bool
    json_output: bool
    quiet: bool
    lang: str
    dossier: str = ""  # the name of the dossier to make of the plan of a printed list

    @property
    def live(self) -> bool:
        """Whether progress is shown."""
        return is_terminal(sys.stderr) and not self.quiet


@dataclass(frozen=True, slots=True)
class _Collection:
    """What there is already: the files of references, and the folder that they are in, if there is a project."""

    files: tuple[SourceFile, ...]
    root: Path | None


def bring(read: Sequence[tuple[str, Parsed[Imported]]], wish: Wish) -> None:
    """Prints or writes the references of some files, each with its name in messages, and says what became of them.

    Ends the command with ``FOUND`` where there are errors.
    """
    project, into, dry_run, lang, live = wish.project, wish.into, wish.dry_run, wish.lang, wish.live
    settings = settings_file(project.resolve())
    pattern, accepted = key_pattern(settings), configuration(project.resolve()).accepted_pairs
    collection, target = _collection(project, into), _target(into)
    spec = spec_place(project, wish.dossier, into, read)
    known = [*collection.files, *([target] if target and not _holds(collection, target) else [])]
    library = open_library(open_files([(file.content, file.path) for file in known])).value
    step = _Steps(lang) if live else None
    made = plan(library, [(name, each.value) for name, each in read], wish.on_duplicate, pattern, accepted, step)
    prepared = prepare(made, collection.files, target) if target else Prepared(())
    diagnostics = [fault for _, each in read for fault in each.diagnostics]
    diagnostics += (*made.diagnostics, *prepared.diagnostics)
    is_writing = target is not None and not dry_run
    if is_writing:
        if step is not None:
            progress(say("import_write", lang))
        write(prepared.works, collection.root)
        if spec is not None:
            keep_outlines(spec, wish.dossier, read, made, lang)
    if live:
        progress("")
    faults = in_order(diagnostics)
    outcomes = with_refused(made.outcomes, faults)
    text = "" if target else write_bibtex(made.added, private=True)
    if wish.json_output:
        say_json(
            {
                "into": into.as_posix() if into else None,
                "dry_run": not is_writing,
                "written": [work.path for work in prepared.works] if is_writing else [],
                "files": [_file(name, each) for name, each in read],
                "counts": counts(outcomes),
                "records": as_records(outcomes, faults),
                "diagnostics": as_json(faults, lang),
                "biblatex": None if target else text,
            }
        )
    else:
        if faults:
            sources = texts_of(file for file in known if file.path in {each.span.path for each in faults if each.span})
            tell(as_text(faults, sources, lang, colour=has_colour(), most=None) + "\n")
        if dry_run:
            tell(say("import_would", lang) + "\n")
            print_lines(as_lines(outcomes, lang))
        elif target is None:
            say_out(text, end="")
        if not wish.quiet:
            tell(say("import_counts", lang, **counts(outcomes)) + "\n")
            if is_writing and prepared.works:
                tell(say("import_written", lang, files=", ".join(work.path for work in prepared.works)) + "\n")
            if target and (words := outlines_in_words(read, made, wish.dossier, lang, written=is_writing)):
                tell(words + "\n")
    if is_blocked(faults, strict=False):
        raise typer.Exit(FOUND)


class _Steps:
    """Shows on a terminal how far the comparison is."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def __call__(self, done: int, count: int) -> None:
        progress(say("import_compare", self._lang, done=done, count=count))


def _collection(project: Path, into: Path | None) -> _Collection:
    """The references that are there. What is only printed needs no project; what is written has one, or its folder."""
    try:
        found = discover(project)
    except BiblioError as error:
        if error.diagnostic.code != "E101" or into is not None:
            raise
        return _Collection((), None)
    return _Collection(found.reference_files, found.root)


def _target(into: Path | None) -> SourceFile | None:
    """The file that new references go to, empty if it is not there. Raises ``BiblioError`` (E170, E104)."""
    if into is None:
        return None
    name = into.as_posix()
    if into.suffix != BIBTEX:
        raise BiblioError(diagnose("E170", Span(name)))
    return SourceFile(name, read_bytes(into, name) if into.exists() else b"", into)


def _holds(collection: _Collection, target: SourceFile) -> bool:
    return any(file.place.resolve() == target.place.resolve() for file in collection.files)


def _file(name: str, read: Parsed[Imported]) -> dict[str, object]:
    return {"path": name, "format": read.value.format or None, "references": len(read.value.references)}
