"""What of a project's faults is about some of its dossiers: their specs, styles and themes, and what they print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from biblio.collection.library import concerning
from biblio.dossier.select import select
from biblio.project.project import DOSSIERS, Project
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic


@dataclass(frozen=True, slots=True)
class Matter:
    """What some dossiers are made of.

    ``citekeys`` are those of the references that they print, folded; ``paths`` the files of their specs, of their
    styles and of the themes; ``faults`` those of the library that count for them.
    """

    citekeys: frozenset[str]
    paths: frozenset[str]
    faults: frozenset[tuple[str, str]]


def matter_of(project: Project, slugs: Sequence[str]) -> Matter:
    """What these dossiers are made of. Raises ``BiblioError`` (E102) for a name that none has."""
    keys: dict[str, str] = {}
    paths = {project.dossier_file(slug).path for slug in slugs}
    shared = (project.theme_file, project.acronym_file, project.link_file)
    paths.update(file.path for file in shared if file is not None)
    for slug in slugs:
        spec = project.dossier(slug).value
        if spec is None:
            continue
        demoted = project.demotes(spec.style)
        printed = select(project.library.value, spec, project.themes.value, demoted=demoted).value.references
        keys |= {fold_key(reference.citekey): reference.citekey for reference in printed}
        paths |= {file.path for file in project.style_files(spec.style)}
    faults = frozenset(_identity(each) for each in concerning(project.opened, keys.values()))
    return Matter(frozenset(keys), frozenset(paths), faults)


def about(matter: Matter, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those of a project's faults that are about its matter: what a build of it tells is among them."""
    return tuple(each for each in diagnostics if _is_about(matter, each))


def _is_about(matter: Matter, diagnostic: Diagnostic) -> bool:
    path = diagnostic.span.path if diagnostic.span else ""
    if path in matter.paths or _identity(diagnostic) in matter.faults:
        return True
    of_others = path.startswith(f"{DOSSIERS}/")
    return not of_others and diagnostic.citekey is not None and fold_key(diagnostic.citekey) in matter.citekeys


def _identity(diagnostic: Diagnostic) -> tuple[str, str]:
    span = diagnostic.span
    return diagnostic.code, f"{span.where}:{span.column}" if span else diagnostic.citekey or ""
