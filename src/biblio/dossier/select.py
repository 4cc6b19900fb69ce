"""From a spec and a library to a selection: which references stand in which section, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from biblio.diagnostics import Diagnostic, Parsed, diagnose
from biblio.dossier.sort import apply_pins, sort_references
from biblio.dossier.spec import DossierSpec, SectionSpec
from biblio.model.library import Library, fold_key
from biblio.model.reference import Reference
from biblio.yaml_model.loader import nearest


@dataclass(frozen=True, slots=True)
class SelectedSection:
    """A heading, the references under it in the order of print, and the sections inside it."""

    title: str
    references: tuple[Reference, ...] = ()
    sections: tuple[SelectedSection, ...] = ()

    def walk(self) -> Iterator[SelectedSection]:
        """This section and all those inside it, in the order of print."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Selection:
    """A spec and its parts, filled."""

    spec: DossierSpec
    parts: tuple[SelectedSection, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every reference that the dossier prints, once, in the order of print."""
        found = {
            fold_key(reference.citekey): reference
            for part in self.parts
            for section in part.walk()
            for reference in section.references
        }
        return tuple(found.values())


def select(library: Library, spec: DossierSpec, label_of: Callable[[Reference], str]) -> Parsed[Selection]:
    """Fills the sections of a spec. ``label_of`` gives the printed type label that ``sort: [type]`` sorts by.

    Reports keys that do not exist (D201, with the nearest one), keys listed twice in one section (D202) and sections
    that hold nothing (D203).
    """
    diagnostics: list[Diagnostic] = []
    parts = tuple(_section(part, library, spec, label_of, diagnostics) for part in spec.parts)
    if not parts:
        diagnostics.append(diagnose("D206", spec.span))
    return Parsed(Selection(spec, parts), tuple(diagnostics))


def _section(
    section: SectionSpec,
    library: Library,
    spec: DossierSpec,
    label_of: Callable[[Reference], str],
    diagnostics: list[Diagnostic],
) -> SelectedSection:
    references: dict[str, Reference] = {}
    for placed in section.references:
        folded = fold_key(placed.value)
        reference = library.get(placed.value)
        if folded in references:
            diagnostics.append(diagnose("D202", placed.span, placed.value, key=placed.value, section=section.title))
        elif reference is not None:
            references[folded] = reference
        elif suggestion := nearest(placed.value, library.citekeys):
            diagnostics.append(diagnose("D207", placed.span, key=placed.value, suggestion=suggestion))
        else:
            diagnostics.append(diagnose("D201", placed.span, key=placed.value))
    if not section.references and not section.sections:
        diagnostics.append(diagnose("D203", section.span_of("title"), section=section.title))
    ordered = tuple(references.values())
    if section.sort:
        ordered = sort_references(ordered, section.sort, label_of, spec.lang)
    pinned = apply_pins(ordered, section.pin)
    diagnostics.extend(pinned.diagnostics)
    inner = tuple(_section(child, library, spec, label_of, diagnostics) for child in section.sections)
    return SelectedSection(section.title, pinned.value, inner)
