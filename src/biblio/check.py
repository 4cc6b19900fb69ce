"""Checks a whole project: every reference, every dossier, every style that a dossier uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

from biblio.catalogue import Severity, faults
from biblio.citation import label_of
from biblio.diagnostics import Diagnostic, in_order
from biblio.dossier.select import select
from biblio.project import Project


def check(project: Project) -> tuple[Diagnostic, ...]:
    """Every fault of the project, in the order of its files, each one once.

    Raises ``BiblioError`` when a file cannot be read or a style does not exist.
    """
    library = project.library
    found = list(library.diagnostics)
    for slug in project.slugs:
        spec = project.dossier(slug)
        found += spec.diagnostics
        if spec.value is not None:
            found += select(library.value, spec.value, partial(label_of, lang=spec.value.lang)).diagnostics
            found += project.style(spec.value.style).diagnostics
    return in_order(found)


def count(diagnostics: Iterable[Diagnostic]) -> Counter[Severity]:
    """How many faults there are of each severity."""
    return Counter(faults()[diagnostic.code].severity for diagnostic in diagnostics)
