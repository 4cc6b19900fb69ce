"""Notices in the notation of the case files: references of the repository by their keys, or entries written there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from dossier.library import library_of
from notation import Case, cases, shown

from biblio.collection.library import Library
from biblio.document.tree import Line
from biblio.project.project import Project
from biblio.reference.reference import Reference

HERE = Path(__file__).parent
STYLES = HERE / "styles"


@cache
def repository() -> Library:
    """The references of the repository's own dossiers."""
    return Project(HERE.parents[1]).opened.value


def reference_of(source: str) -> Reference:
    """The entry written out, or the reference of the repository that has this key."""
    source = source.strip()
    if source.startswith("@"):
        (reference,) = library_of(source)
        return reference
    found = repository().get(source)
    assert found is not None, source
    return found


def cases_of(preset: str) -> list[Case]:
    """The cases of one file of ``cases/``."""
    return [case for case in cases(str(HERE / "cases")) if case.name.startswith(f"{preset}: ")]


def lines_shown(lines: Iterable[Line]) -> list[str]:
    """One line each: its role and its content; the annotation, which every grammar prints alike, by its beginning."""
    return [f"{line.role} {_short(line)}" for line in lines]


def _short(line: Line) -> str:
    content = shown(line.content)
    return f"{content[:30]}…" if line.role == "annotation" else content
