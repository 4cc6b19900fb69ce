"""Notices on the pages of the desk: references as the first dossier of the project would print them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from biblio.compose import compose_notices
from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.outputs.html import rich_html
from biblio.project.project import Project
from biblio.reference.reference import Reference
from biblio.words.faults import required

DEFAULT_LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class Printed:
    """A notice as markup: its label, and its lines by what each of them says."""

    label: str
    lines: Sequence[tuple[str, str]]


def printed(project: Project, references: Sequence[Reference]) -> Sequence[Printed]:
    """The notices of some references. Raises ``BiblioError`` as ``Project.style``."""
    spec = next((spec for slug in project.slugs if (spec := project.dossier(slug).value)), None)
    style = required(project.style(spec.style if spec else DEFAULT_STYLE))
    made = compose_notices(references, style, spec.lang if spec else DEFAULT_LANGUAGE)
    return [
        Printed(notice.label, [(line.role.value, rich_html(line.content)) for line in notice.lines])
        for notice in made.value
    ]
