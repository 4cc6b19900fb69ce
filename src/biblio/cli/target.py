"""What ``check`` and ``fmt`` work on: a project or some files; and how they show what they would change."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from biblio.check.check import Collection, of_paths, of_project
from biblio.check.config import configuration
from biblio.check.settings import Settings
from biblio.cli.console import COULD_NOT_RUN, has_colour, tell
from biblio.cli.selected import is_spec, located
from biblio.formats.text import decode_bytes
from biblio.project.overwrite import overwrite
from biblio.project.project import DOSSIERS, Project, discover
from biblio.project.source import SourceFile
from biblio.report.text import as_text
from biblio.text.harmless import printable
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose


@dataclass(frozen=True, slots=True)
class Target:
    """What a command works on: the collection, its settings, and the folder that its paths start from.

    ``slugs`` are the dossiers of the project that alone are meant; of all of it without any.
    """

    collection: Collection
    settings: Settings
    root: Path
    slugs: tuple[str, ...] = ()

    def again(self) -> Target:
        """The same, read from the disk again."""
        project = self.collection.project
        if project is not None:
            return replace(self, collection=of_project(Project(project.root)))
        return replace(self, collection=of_paths([file.place for file in self.collection.files]))

    def write_back(self, file: SourceFile, content: bytes) -> Diagnostic | None:
        """Writes a file that was read, made better, in its place; why not, when it cannot be: the others go on.

        A link may lead to a file of the project, or of the folder that it stands in itself.
        """
        project = self.collection.project
        try:
            overwrite(file.place, content, file.content, project.root if project else file.place.parent)
        except BiblioError as error:
            fault = error.diagnostic
            return replace(fault, span=Span(file.path)) if fault.span else fault
        return None


def stop_for(refused: Sequence[Diagnostic], lang: str) -> None:
    """Ends the command when there are files that could not be written back, and says which."""
    if refused:
        tell(as_text(refused, {}, lang, colour=has_colour()))
        raise typer.Exit(COULD_NOT_RUN)


def target_of(paths: Sequence[Path] | None, project: Path) -> Target:
    """The project, or the files that are named; the settings are those of where they are."""
    if paths and not (len(paths) == 1 and (paths[0] / DOSSIERS).is_dir()):
        return Target(of_paths(paths), configuration(paths[0].resolve().parent), Path.cwd())
    found = discover(paths[0] if paths else project)
    return Target(of_project(found), configuration(found.root), found.root)


def target_of_words(words: Sequence[Path] | None, project: Path) -> Target:
    """The same where dossiers may be named too, by slugs or by the paths of their specs.

    Raises ``BiblioError``: E102 for a name that is that of no dossier and of no file, C109 for dossiers and files.
    """
    named = [word for word in words or () if _is_dossier(word)]
    if not named:
        return target_of(words, project)
    found, slugs = located(project, list(map(str, named)))
    for slug in slugs:
        found.dossier_file(slug)
    if len(named) < len(words or ()):
        raise BiblioError(diagnose("C109"))
    return Target(of_project(found), configuration(found.root), found.root, tuple(dict.fromkeys(slugs)))


def _is_dossier(word: Path) -> bool:
    """Whether a word means a dossier: the path of a spec, or a name that nothing here has."""
    return is_spec(str(word)) or (len(word.parts) == 1 and not word.suffix and not os.path.lexists(word))


def unified_diff(files: Iterable[SourceFile], changed: Mapping[str, bytes]) -> str:
    """What changes, as a unified diff of the texts."""
    pieces: list[str] = []
    for file in files:
        if file.path in changed:
            name = printable(file.path, "�")
            before, after = (decode_bytes(content, file.path).value for content in (file.content, changed[file.path]))
            lines = difflib.unified_diff(
                before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
            )
            pieces += (line if line.endswith("\n") else f"{line}\n" for line in lines)
    return "".join(pieces)
