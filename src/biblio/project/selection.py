"""What a dossier of a project selects, from all that the project has."""

from __future__ import annotations

from biblio.dossier.select import Selection, select
from biblio.dossier.spec import DossierSpec
from biblio.project.project import Project
from biblio.words.faults import Parsed


def selection_of(project: Project, spec: DossierSpec) -> Parsed[Selection]:
    """The references of a dossier in their sections, by ``select`` with the themes and the style of the project."""
    return select(project.opened.value, spec, project.themes.value, demoted=project.demotes(spec.style))
