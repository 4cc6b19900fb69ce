"""One reference as a dossier would print it."""

from __future__ import annotations

import difflib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from biblio.collection.library import of_references
from biblio.compose import compose_notice
from biblio.document.tree import Notice
from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.dossier.spec import DossierSpec
from biblio.project.project import Project
from biblio.project.selection import selection_of
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.words.faults import BiblioError, Diagnostic, diagnose

DEFAULT_LANGUAGE = "fr"  # that of a spec that says nothing


@dataclass(frozen=True, slots=True)
class Preview:
    """The notice, where its reference was typed (``path:line``), and the faults of that reference."""

    notice: Notice
    source: str
    diagnostics: tuple[Diagnostic, ...]
    of_style: tuple[Diagnostic, ...] = ()


def preview(project: Project, citekey: str, style_name: str = "", dossier: DossierSpec | None = None) -> Preview:
    """The notice of a reference, in the language and the style of ``dossier``, else of the first that prints it.

    ``style_name`` is another style. Raises ``BiblioError`` for an unknown key (E109) or style (E103).
    """
    library = project.opened
    reference = library.value.get(citekey)
    if reference is None:
        close = difflib.get_close_matches(citekey, library.value.citekeys_alike(citekey), n=3, cutoff=0.5)
        raise BiblioError(diagnose("E109", key=citekey, known=", ".join(close) or "–"))
    spec = dossier or dossier_of(project, reference)
    style = project.style(style_name or (spec.style if spec else DEFAULT_STYLE))
    if style.value is None:
        raise BiblioError(style.diagnostics[0])
    composed = compose_notice(reference, style.value, spec.lang if spec else DEFAULT_LANGUAGE)
    return Preview(
        composed.value,
        reference.origin.entry.where,
        (*of_references(library, [citekey]), *composed.diagnostics),
        style.diagnostics,
    )


def dossier_of(project: Project, reference: Reference) -> DossierSpec | None:
    """The first dossier that prints a reference, if one does. Only those with queries have to be filled to know."""
    keys = set(map(fold_key, reference.keys))
    for slug in project.slugs:
        spec = project.dossier(slug).value
        sections = [section for part in (spec.parts if spec else ()) for section in part.walk()]
        if any(fold_key(word.value) in keys for section in sections for word in section.references):
            return spec
        queries = any(section.select or section.include for section in sections)
        if spec and queries and _selects(project, spec, keys):
            return spec
    return None


def _selects(project: Project, spec: DossierSpec, keys: AbstractSet[str]) -> bool:
    selected = selection_of(project, spec).value
    return any(fold_key(reference.citekey) in keys for reference in selected.references)
