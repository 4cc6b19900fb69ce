"""From a spec and a library to a selection: which references stand in which section, in which order, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from biblio.collection.bulk import collector_paused
from biblio.collection.library import Library
from biblio.collection.themes import Themes
from biblio.dossier.conditions import Setting
from biblio.dossier.group import Grouping
from biblio.dossier.kinds import KINDS
from biblio.dossier.match import compile_query
from biblio.dossier.query import contradictions
from biblio.dossier.section import SectionSpec
from biblio.dossier.sort import Sorting, apply_pins
from biblio.dossier.spec import DossierSpec
from biblio.dossier.vocabulary import Vocabulary
from biblio.reference.keys import in_language
from biblio.reference.reference import Reference
from biblio.text.nearest import Suggestions
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose
from biblio.yaml_model.keys import Placed


class How(StrEnum):
    """How a section came by a reference."""

    LISTED = "listed"  # under ``references``
    INCLUDED = "included"  # under ``include``
    SELECTED = "selected"  # by ``select``


@dataclass(frozen=True, slots=True)
class Reason:
    """How a section came by a reference, and the place of the spec that says so."""

    how: How
    span: Span


@dataclass(frozen=True, slots=True)
class Placement:
    """A reference in a section; ``pin`` is the place of the pin that holds it there, if one does."""

    reference: Reference
    reason: Reason
    pin: Span | None = None


@dataclass(frozen=True, slots=True)
class SelectedSection:
    """A heading, the references printed under it in their order, and the sections inside it.

    A group that ``group_by`` makes is a section without a ``spec``. ``see_also`` stand in full in an earlier section,
    ``cut`` are beyond the limit, both in the order of the section.
    """

    title: str
    spec: SectionSpec | None = None
    placements: tuple[Placement, ...] = ()
    sections: tuple[SelectedSection, ...] = ()
    see_also: tuple[Placement, ...] = ()
    cut: tuple[Placement, ...] = ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references printed under this very heading."""
        return tuple(placement.reference for placement in self.placements)

    @property
    def count(self) -> int:
        """How many references are printed in the section and in those inside it."""
        return sum(len(section.placements) for section in self.walk())

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
            reference.citekey: reference
            for part in self.parts
            for section in part.walk()
            for reference in section.references
        }
        return tuple(found.values())

    @property
    def places(self) -> Mapping[str, Span]:
        """Where each reference that the dossier prints was typed; by the empty key the title, for its own words."""
        return {"": self.spec.span_of("title"), **{each.citekey: each.origin.entry for each in self.references}}


def select(library: Library, spec: DossierSpec, themes: Themes, *, demoted: bool = False) -> Parsed[Selection]:
    """Fills the sections of a spec; ``demoted`` is whether its style prints particles behind the given names.

    Reports keys that do not exist (D201, or D207 with the nearest one), keys given twice in one section (D202), what is
    taken out without being there (D214) or is put in and taken out (D215), pins without their reference or without a
    place (D204, D205, D217), queries that find nothing (D213), name what does not exist (D208 to D212) or ask for what
    cannot be (D216), and sections that hold nothing (D203). What is missing because it could not be read was reported
    when it was loaded, and is not reported again.
    """
    selector = _Selector(library, spec, themes, demoted)
    with collector_paused():
        parts = tuple(selector.section(part) for part in spec.parts)
    selector.diagnostics += selector.vocabulary.faults_of_themes(spec.themes)
    if not parts and spec.faulty.isdisjoint(("sitography", "sections")):
        selector.diagnostics.append(diagnose("D206", spec.span))
    return Parsed(Selection(spec, parts), tuple(selector.diagnostics))


@dataclass
class _Selector:
    """Fills sections in the order of print, and knows what has been placed so far."""

    library: Library
    spec: DossierSpec
    themes: Themes
    demoted: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)
    suggestions: Suggestions = field(default_factory=Suggestions)

    @cached_property
    def setting(self) -> Setting:
        return Setting(self.themes, self.placed, former=self.library.former_keys)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.themes, self.library)

    def report(self, code: str, span: Span, citekey: str | None = None, /, **arguments: object) -> None:
        self.diagnostics.append(diagnose(code, span, citekey, **arguments))

    def section(self, section: SectionSpec) -> SelectedSection:
        found = self.found(section)
        if section.is_empty:
            self.report("D203", section.span_of("title"), section=section.title)
        ordered, cut = self.limited(self.pinned(self.sorted(list(found.values()), section), section), section)
        repeated = self.spec.repeated == "repeat"
        full: list[Placement] = []
        see_also: list[Placement] = []
        for placement in ordered:
            is_new = repeated or placement.reference.citekey not in self.placed
            (full if is_new else see_also).append(placement)
        self.placed.update(each.reference.citekey for each in full)
        groups: list[SelectedSection] = []
        if section.group_by:
            grouping = Grouping(section, self.sorting(section), self.themes)
            groups = [
                SelectedSection(title, None, tuple(members))
                for title, members in grouping.groups(full, lambda placement: placement.reference)
            ]
            full = []
        inner = [self.section(child) for child in section.sections]
        return SelectedSection(section.title, section, tuple(full), (*groups, *inner), tuple(see_also), tuple(cut))

    # --- which ------------------------------------------------------------------------------------------------------

    def found(self, section: SectionSpec) -> dict[str, Placement]:
        """What the section lists, includes and selects, by citekey, without what it excludes."""
        found: dict[str, Placement] = {}
        for how, words in ((How.LISTED, section.references), (How.INCLUDED, section.include)):
            for word in words:
                self.place(word, how, section, found)
        if section.select is not None:
            faults = (*self.vocabulary.faults_of(section.select), *contradictions(section.select))
            self.diagnostics += faults
            reason = Reason(How.SELECTED, section.select.span)
            selected = compile_query(section.select, self.setting).found_in(self.library)
            if not selected and not faults and not section.select.faulty:
                self.report("D213", section.select.span, section=section.title)
            for each in selected:
                if each.citekey not in found:
                    found[each.citekey] = self.placement(each, reason)
        self.diagnostics += self.vocabulary.faults_of_types(section.type_order)
        for word in section.exclude:
            reference = self.library.get(word.value)
            placement = None if reference is None else found.pop(reference.citekey, None)
            if placement is None:
                self.report("D214", word.span, key=word.value)
            elif placement.reason.how is not How.SELECTED:
                self.report("D215", word.span, word.value, key=word.value, line=placement.reason.span.line)
        return found

    def placement(self, reference: Reference, reason: Reason) -> Placement:
        return Placement(in_language(reference, self.spec.lang), reason)

    def place(self, word: Placed, how: How, section: SectionSpec, found: dict[str, Placement]) -> None:
        """Puts the reference of a key among those found, or says why it cannot."""
        reference = self.library.get(word.value)
        if reference is not None and reference.citekey in found:
            self.report("D202", word.span, word.value, key=word.value, section=section.title)
        elif reference is not None and reference.is_document:
            found[reference.citekey] = self.placement(reference, Reason(how, word.span))
        elif reference is not None:
            self.place_members(reference, word, how, section, found)
        elif suggestion := self.suggestions.nearest(word.value, self.library.citekeys_alike(word.value)):
            self.report("D207", word.span, key=word.value, suggestion=suggestion)
        else:
            self.report("D201", word.span, key=word.value)

    def place_members(
        self,
        helper: Reference,
        word: Placed,
        how: How,
        section: SectionSpec,
        found: dict[str, Placement],
    ) -> None:
        """Puts the members of a ``@set`` among those found; any other entry that is no document is told."""
        members = helper.raw.get("entryset", "").split(",") if helper.entry_type.lower() == "set" else []
        documents = [each for key in members if (each := self.library.get(" ".join(key.split())))]
        for each in documents:
            if each.is_document:
                self.place(Placed(each.citekey, word.span), how, section, found)
        if not documents:
            self.report("D222", word.span, key=word.value, type=helper.entry_type)

    # --- in which order ---------------------------------------------------------------------------------------------

    def sorting(self, section: SectionSpec) -> Sorting:
        return Sorting(self.spec.lang, tuple(word.value for word in section.type_order), self.demoted)

    def sorted(self, placements: list[Placement], section: SectionSpec) -> list[Placement]:
        keys = section.sort
        if not keys and section.select is not None and not section.references:
            keys = tuple(Placed(word, section.select.span) for word in KINDS[self.spec.kind].order)
        if not keys:
            return placements
        references = [placement.reference for placement in placements]
        return [placements[place] for place in self.sorting(section).order(references, keys)]

    def pinned(self, placements: list[Placement], section: SectionSpec) -> list[Placement]:
        if not section.pin:
            return placements
        by_key = {each.reference.citekey: each for each in placements}
        pinned = apply_pins([placement.reference for placement in placements], section.pin)
        self.diagnostics += pinned.diagnostics
        for pin in section.pin:
            reference = self.library.get(pin.key.value)
            if reference is not None and reference.citekey in by_key:
                held = by_key[reference.citekey]
                by_key[reference.citekey] = Placement(held.reference, held.reason, pin.key.span)
        return [by_key[reference.citekey] for reference in pinned.value]

    def limited(
        self,
        placements: list[Placement],
        section: SectionSpec,
    ) -> tuple[list[Placement], list[Placement]]:
        """The placements that the section has room for, those with a pin first of all, and the others."""
        if section.limit is None or len(placements) <= section.limit:
            return placements, []
        room = section.limit - sum(placement.pin is not None for placement in placements)
        kept, cut = [], []
        for placement in placements:
            if placement.pin is not None:
                kept.append(placement)
            elif room > 0:
                kept.append(placement)
                room -= 1
            else:
                cut.append(placement)
        return kept, cut
