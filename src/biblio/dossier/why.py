"""Why a reference is printed where it is, or why it is not: the answer of every dossier, as values and in words."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from biblio.collection.library import Library
from biblio.collection.themes import Themes
from biblio.dossier.conditions import Setting, shown
from biblio.dossier.match import Condition, compile_query
from biblio.dossier.section import SectionSpec
from biblio.dossier.select import How, Placement, SelectedSection, Selection, select
from biblio.dossier.spec import DossierSpec
from biblio.reference.reference import Reference
from biblio.text.nearest import nearest
from biblio.words.faults import Parsed, Span, diagnose
from biblio.words.tables import say


class Bar(StrEnum):
    """What keeps a reference out of a section that has a query."""

    REFUSED = "refused"  # by a condition
    EXCLUDED = "excluded"  # by a line of ``exclude``
    CUT = "cut"  # by the limit


@dataclass(frozen=True, slots=True)
class Stand:
    """A place where a reference stands: the headings from the part inwards, and the line of the spec that put it there.

    ``full`` is false where it is only pointed to (« see also »). ``pin`` is the place of its pin, if it has one.
    """

    path: tuple[str, ...]
    how: How
    span: Span
    full: bool = True
    pin: Span | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """A section with a query that does not hold the reference, and the place of the spec that keeps it out.

    For a condition (REFUSED): its key, its value as typed, and what the reference ``has`` there; for the limit (CUT):
    the limit, and the ``rank`` that the reference has.
    """

    path: tuple[str, ...]
    bar: Bar
    span: Span
    condition: str = ""
    wanted: str = ""
    has: str = ""
    limit: int = 0
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one dossier says of a reference: where it stands, and which of its queries do not hold it."""

    slug: str
    title: str
    stands: tuple[Stand, ...] = ()
    absences: tuple[Absence, ...] = ()


def why(
    library: Library,
    specs: Iterable[DossierSpec],
    themes: Themes,
    citekey: str,
    demoting: Container[str] = (),
) -> Parsed[tuple[Verdict, ...]]:
    """The verdict of each dossier on a reference. An unknown citekey is reported (D201, D207), and nobody asked.

    ``demoting`` are the slugs of the dossiers whose style prints particles behind the given names (see ``select``).
    """
    reference = library.get(citekey)
    if reference is None:
        suggestion = nearest(citekey, library.citekeys_alike(citekey))
        fault = (
            diagnose("D207", None, key=citekey, suggestion=suggestion)
            if suggestion
            else diagnose("D201", None, key=citekey)
        )
        return Parsed((), (fault,))
    verdicts = []
    for spec in specs:
        selection = select(library, spec, themes, demoted=spec.slug in demoting).value
        verdicts.append(_Judge(library, selection, themes, reference).verdict())
    return Parsed(tuple(verdicts))


class _Judge:
    """Goes through a selection in the order of print, looking for one reference."""

    def __init__(self, library: Library, selection: Selection, themes: Themes, reference: Reference) -> None:
        self.library = library
        self.selection = selection
        self.themes = themes
        self.reference = reference
        self.stands: list[Stand] = []
        self.absences: list[Absence] = []

    def verdict(self) -> Verdict:
        for part in self.selection.parts:
            self.visit(part, ())
        spec = self.selection.spec
        return Verdict(spec.slug, spec.title, tuple(self.stands), tuple(self.absences))

    def visit(self, section: SelectedSection, above: tuple[str, ...]) -> None:
        path = (*above, section.title)
        before = len(self.stands)
        # What no longer has to be looked for, in a section whose query is asked, is what stands above it.
        placed = {self.reference.citekey} if any(stand.full for stand in self.stands) else set()
        self.look(section, path)
        groups = [child for child in section.sections if child.spec is None]
        for group in groups:
            self.look(group, (*path, group.title))
        if section.spec is not None and len(self.stands) == before:
            self.absent(section, section.spec, path, placed)
        for child in section.sections:
            if child.spec is not None:
                self.visit(child, path)

    def look(self, section: SelectedSection, path: tuple[str, ...]) -> None:
        for placements, full in ((section.placements, True), (section.see_also, False)):
            placement = _among(placements, self.reference)
            if placement is not None:
                self.stands.append(Stand(path, placement.reason.how, placement.reason.span, full, placement.pin))

    def absent(self, section: SelectedSection, spec: SectionSpec, path: tuple[str, ...], placed: set[str]) -> None:
        excluded = next((word for word in spec.exclude if self.library.get(word.value) is self.reference), None)
        cut = _among(section.cut, self.reference)
        if excluded is not None:
            self.absences.append(Absence(path, Bar.EXCLUDED, excluded.span))
        elif cut is not None and spec.limit is not None:
            rank = spec.limit + section.cut.index(cut) + 1
            self.absences.append(Absence(path, Bar.CUT, spec.span_of("limit"), limit=spec.limit, rank=rank))
        elif spec.select is not None:
            matcher = compile_query(spec.select, Setting(self.themes, placed, former=self.library.former_keys))
            condition = matcher.refusal(self.reference)
            if condition is not None:
                self.absences.append(_refused(path, condition, self.reference))


def _among(placements: Sequence[Placement], reference: Reference) -> Placement | None:
    return next((placement for placement in placements if placement.reference is reference), None)


def _refused(path: tuple[str, ...], condition: Condition, reference: Reference) -> Absence:
    has = shown(condition.name, reference)
    return Absence(path, Bar.REFUSED, condition.span, condition.name, condition.typed, has)


# --- in words --------------------------------------------------------------------------------------------------------


def lines(verdicts: Iterable[Verdict], lang: str) -> Iterator[str]:
    """The verdicts in French or English, a line for the dossier and one for each place and each reason."""
    for verdict in verdicts:
        yield say("why_dossier", lang, slug=verdict.slug, title=verdict.title)
        for stand in verdict.stands:
            yield "  " + _stand(stand, lang)
        for absence in verdict.absences:
            yield "  " + _absence(absence, lang)
        if not verdict.stands and not verdict.absences:
            yield "  " + say("why_nowhere", lang)


def _stand(stand: Stand, lang: str) -> str:
    found = say(f"why_{stand.how}", lang, section=_path(stand.path), place=stand.span.where)
    if not stand.full:
        found += say("why_see_also", lang)
    if stand.pin is not None:
        found += say("why_pinned", lang, place=stand.pin.where)
    return found


def _absence(absence: Absence, lang: str) -> str:
    section, place = _path(absence.path), absence.span.where
    match absence.bar:
        case Bar.EXCLUDED:
            return say("why_excluded", lang, section=section, place=place)
        case Bar.CUT:
            return say("why_cut", lang, section=section, place=place, limit=absence.limit, rank=absence.rank)
        case Bar.REFUSED:
            condition = f"{absence.condition}: {absence.wanted}" if absence.wanted else absence.condition
            name = "why_refused" if absence.has else "why_refused_empty"
            return say(name, lang, section=section, place=place, condition=condition, has=absence.has)


def _path(path: tuple[str, ...]) -> str:
    return " > ".join(path)
