"""What of a reference readers may have: its abstract by its provenance, and nothing that is for the house alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from biblio.dossier.select import Placement, SelectedSection, Selection
from biblio.reference.fields import BY_BIBLATEX
from biblio.reference.provenance import Provenance, Source
from biblio.reference.reference import Reference
from biblio.text.collation import fold

# The rights under which anybody may spread a text.
_OPEN = re.compile(r"\b(?:cc|creative commons|licence ouverte|open licen[cs]e|etalab|domaine public|public domain)\b")
_SOURCES = {Source.PUBLISHER: "publisher", Source.AUTHOR: "author", Source.DOCUMENTALIST: "documentalist"}


def provenance_of(source: Provenance | None) -> str:
    """The word of the settings for the provenance of an annotation."""
    if source is None:
        return "unsaid"
    if source.source is Source.DOCUMENTALIST:
        return "documentalist"
    return "extract" if source.extract else "adapted" if source.adapted else _SOURCES[source.source]


def is_spread(reference: Reference, spread: Collection[str]) -> bool:
    """Whether the annotation of a reference is one of those that leave."""
    return _is_open(reference) or provenance_of(reference.annotation_source) in spread


def _is_open(reference: Reference) -> bool:
    return bool(reference.abstract_rights and _OPEN.search(fold(reference.abstract_rights)))


def public(reference: Reference, spread: Collection[str]) -> Reference:
    """The reference without what does not leave: the same one where all of it does.

    An ``abstract`` is that of the author or of the publisher, whatever the annotation is.
    """
    left: set[str] = set()
    if reference.annotation and not is_spread(reference, spread):
        left |= {"annotation"}
    if reference.abstract and not (_is_open(reference) or {"author", "publisher"} <= set(spread)):
        left |= {"abstract"}
    if reference.internal_note:
        left |= {"internal_note"}
    if not left:
        return reference
    values: dict[str, Any] = dict.fromkeys(left, ())
    if "annotation" in left:
        values["annotation_source"] = None
    return replace(
        reference, raw=_without(reference.raw, left), inherited=_without(reference.inherited, left), **values
    )


def _without(raw: Mapping[str, str], left: Collection[str]) -> Mapping[str, str]:
    """The fields as typed without those of these variables."""
    return {name: value for name, value in raw.items() if _variable(name) not in left}


def _variable(name: str) -> str:
    row = BY_BIBLATEX.get(name.strip().lower())
    return row.variable if row else ""


def public_selection(selection: Selection, spread: Collection[str]) -> Selection:
    """The selection of the references that readers may have; the same one where nothing stays behind."""
    known = {each.citekey: public(each, spread) for each in selection.references}
    if all(known[each.citekey] is each for each in selection.references):
        return selection

    def shown(placement: Placement) -> Placement:
        return replace(
            placement, reference=known.get(placement.reference.citekey) or public(placement.reference, spread)
        )

    def filled(section: SelectedSection) -> SelectedSection:
        return replace(
            section,
            placements=tuple(map(shown, section.placements)),
            sections=tuple(map(filled, section.sections)),
            see_also=tuple(map(shown, section.see_also)),
            cut=(),
        )

    return Selection(selection.spec, tuple(map(filled, selection.parts)))
