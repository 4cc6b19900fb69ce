"""What the shell offers when a word is completed: the names of dossiers and the keys of references."""

from __future__ import annotations

from pathlib import Path

from biblio.project.project import discover
from biblio.words.faults import BiblioError


def complete_slug(incomplete: str) -> list[str]:
    """The dossiers of the project whose names begin so; none outside a project."""
    try:
        return [slug for slug in discover(Path.cwd()).slugs if slug.startswith(incomplete)]
    except BiblioError:
        return []


def complete_key(incomplete: str) -> list[str]:
    """The citekeys of the project that begin so; none outside a project."""
    try:
        return [key for key in discover(Path.cwd()).opened.value.citekeys if key.startswith(incomplete)]
    except BiblioError:
        return []
