"""What the table of references is made of, from a project: its rows, then their faults and the dossiers they are in."""

from __future__ import annotations

from collections.abc import Sequence

from biblio.check.check import check_alone
from biblio.check.config import configuration
from biblio.collection.bulk import collector_paused, in_steps
from biblio.dossier.select import select
from biblio.project.project import Project
from biblio.server.shelf import Beside, Row, Shelf, Wanted, row_of
from biblio.server.sieve import mask_of
from biblio.words.faults import Diagnostic


def shelf_of(project: Project, before: Shelf | None) -> Shelf:
    """The shelf of a project. Raises ``BiblioError`` when a file cannot be read."""
    shelf = Shelf(_rows(project), project.themes.value)
    shelf.find(Wanted(), mask_of(shelf, ""))  # what every page asks is known from then on
    return shelf.with_beside(before.beside) if before else shelf


def _rows(project: Project) -> tuple[Row, ...]:
    library = project.opened.value
    with collector_paused():
        return tuple(row_of(each) for each in in_steps(tuple(library)) if each.is_document)


def beside_of(project: Project, before: Beside | None) -> Beside:
    """The faults of each reference, and the dossiers that print it. Raises ``BiblioError`` (E104, C101 to C103)."""
    del before
    faults: dict[str, list[Diagnostic]] = {}
    for fault in check_alone(project, configuration(project.root)):
        faults.setdefault(fault.citekey or "", []).append(fault)
    dossiers: dict[str, list[str]] = {}
    for slug in project.slugs:
        for citekey in _printed(project, slug):
            dossiers.setdefault(citekey, []).append(slug)
    return Beside(
        {key: tuple(each) for key, each in faults.items()}, {key: tuple(each) for key, each in dossiers.items()}
    )


def _printed(project: Project, slug: str) -> Sequence[str]:
    """The keys of what a dossier prints; of one that cannot be read, none."""
    spec = project.dossier(slug).value
    if spec is None:
        return ()
    selected = select(project.opened.value, spec, project.themes.value, demoted=project.demotes(spec.style)).value
    return [each.citekey for each in selected.references]
