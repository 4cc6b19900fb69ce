"""What the commits of a repository changed in a project, for people: who, when, and what in words."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from biblio.build import git
from biblio.dossier.difference import Difference, compare, edition_of_references
from biblio.formats.bibtex.reader import open_files, open_library
from biblio.project.project import BIBTEX, DOSSIERS, REFERENCES, SPEC
from biblio.project.read import MAX_FILE
from biblio.reference.reference import Reference
from biblio.words.faults import BiblioError, diagnose


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its name, who made it, when, and the first line of what was said of it."""

    name: str
    author: str
    when: datetime
    subject: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit changed: references, and the dossiers whose specs are others."""

    references: Difference
    dossiers: Sequence[str]


def log(root: Path, most: int) -> tuple[Commit, ...]:
    """The last commits that changed something in the project. Raises ``BiblioError`` (E113, E114)."""
    git.require_repository(root)
    return tuple(
        Commit(name, author, datetime.fromtimestamp(int(seconds)).astimezone(), subject)
        for name, author, seconds, subject in git.told(root, most, (REFERENCES, DOSSIERS))
    )


def changes_of(root: Path, name: str, lang: str) -> Changes:
    """What one commit changed. Raises ``BiblioError``: E115 for what names none, E113 and E114."""
    commit = git.commit_of(root, name) if name.isalnum() else None
    if commit is None:
        raise BiblioError(diagnose("E115", since=name))
    before, after = git.commit_of(root, f"{commit}^"), commit
    old, new = (_files(root, each) if each else {} for each in (before, after))
    changed = [path for path in {**old, **new} if old.get(path) != new.get(path)]
    bib = [path for path in changed if path.startswith(f"{REFERENCES}/") and path.endswith(BIBTEX)]
    editions = [edition_of_references(_references(root, files, bib), lang) for files in (old, new)]
    specs = [path for path in changed if path.startswith(f"{DOSSIERS}/") and path.endswith(SPEC)]
    slugs = sorted(path.removeprefix(f"{DOSSIERS}/").removesuffix(SPEC) for path in specs)
    return Changes(compare(*editions), slugs)


def _files(root: Path, commit: str) -> Mapping[str, str]:
    return {os.fsdecode(path): name for path, name in git.files_of(root, commit, (REFERENCES, DOSSIERS))}


def _references(root: Path, files: Mapping[str, str], paths: Sequence[str]) -> Sequence[Reference]:
    """The references of those files of a commit that changed."""
    held = [path for path in paths if path in files]
    found = git.contents(root, [files[path] for path in held], MAX_FILE)
    return list(open_library(open_files(list(zip(found, held, strict=True)))).value)
