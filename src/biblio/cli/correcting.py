"""What ``import --onto`` does: shows what a corrected document says otherwise than the sources, and writes it there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from biblio.build.pipeline import compose_dossier
from biblio.cli.console import FOUND, print_lines, tell
from biblio.cli.quoting import show
from biblio.cli.selected import located
from biblio.cli.words import say
from biblio.editing.works import write
from biblio.importing.corrected import Correction, Kind, corrections
from biblio.importing.write import prepare_corrections
from biblio.project.project import Project
from biblio.project.read import read_bytes


def correct(files: Sequence[Path], where: Path, word: str, lang: str, *, applying: bool) -> None:
    """Shows the corrections of some documents of a dossier; with ``applying``, writes those that are sure.

    The command ends with 1 when some of them are left to whoever reads them.
    """
    project, (slug,) = located(where, [word])
    loaded = project.dossier(slug)
    composed = compose_dossier(project, loaded.value, loaded.value.style).value if loaded.value else None
    if composed is None:
        show(loaded.diagnostics, project, lang)
        raise typer.Exit(FOUND)
    references = {each.citekey: each for each in composed.selection.references}
    left = 0
    for file in files:
        name = file.as_posix()
        found = corrections(read_bytes(file, name), name, composed.document, references)
        for each in found:
            print_lines(_lines(each, lang))
        sure = [each for each in found if each.field]
        written = _apply(project, sure) if applying else 0
        left += len(found) - written
        sentence = "corrected_applied" if applying else "corrected_found"
        tell(say(sentence, lang, file=name, count=len(found), sure=len(sure), written=written) + "\n")
    if applying and left:
        raise typer.Exit(FOUND)


def _lines(each: Correction, lang: str) -> list[str]:
    """A heading, then what stood there behind a minus, and what stands there now behind a plus."""
    head = say(f"corrected_{each.kind.value}", lang, key=each.key)
    before = [f"  - {line}" for line in each.before.split("\n") if line]
    after = [f"  + {line}" for line in each.after.split("\n") if line]
    if each.kind is Kind.MOVED and each.before == each.after:
        return [head, f"    {each.before}"]
    return [head, *before, *after]


def _apply(project: Project, sure: Sequence[Correction]) -> int:
    """Writes fields into the files of references, all of them or none; how many were written."""
    prepared = prepare_corrections(sure, project.opened.value, project.reference_files)
    write(prepared.works, project.root)
    return len(sure) - len(prepared.diagnostics)
