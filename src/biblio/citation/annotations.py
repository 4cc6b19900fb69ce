"""The annotation under a notice, and where it comes from."""

from __future__ import annotations

from biblio.citation.options import Options
from biblio.citation.titles import in_language
from biblio.document.tree import Line, Role
from biblio.reference.provenance import Provenance, Source
from biblio.reference.reference import Reference
from biblio.text.inline import Text, merge
from biblio.words.tables import term


def annotation(reference: Reference, options: Options) -> tuple[Line, ...]:
    """The paragraphs of the annotation, else of the abstract; its provenance closes the last one.

    Where they are in another language than the dossier, that is said of them, and of them alone.
    """
    lang = reference.annotation_language
    paragraphs = [in_language(each, lang, options.lang) for each in reference.annotation or reference.abstract]
    provenance = _provenance(reference.annotation_source, options)
    lines = [Line(Role.ANNOTATION, paragraph) for paragraph in paragraphs]
    if lines and provenance:
        bracketed = term("provenance.bracketed", options.lang).format(provenance=provenance)
        lines[-1] = Line(Role.ANNOTATION, merge((*lines[-1].content, Text(f" {bracketed}"))))
    return tuple(lines)


def _provenance(provenance: Provenance | None, options: Options) -> str:
    """``Résumé éditeur``, ``Extrait résumé d'après auteur``; nothing for the documentalist's own words."""
    if provenance is None or provenance.source is Source.DOCUMENTALIST:
        return ""
    source = term(f"provenance.{provenance.source.name.lower()}", options.lang)
    if provenance.adapted:
        source = term("provenance.adapted", options.lang).format(source=source)
    name = "provenance.extract" if provenance.extract else "provenance.abstract"
    return term(name, options.lang).format(source=source)
