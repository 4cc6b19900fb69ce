"""Where a reference stands in the dossiers of a project, and their specs once it stands elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from biblio.dossier.section import SectionSpec
from biblio.dossier.select import SelectedSection
from biblio.dossier.spec import DossierSpec
from biblio.editing.specs import add_references, remove_reference, replace_citekey
from biblio.editing.works import Work
from biblio.editing.yaml_tree import Path
from biblio.project.project import Project
from biblio.project.selection import selection_of
from biblio.reference.reference import Reference
from biblio.server.spec_steps import work_of
from biblio.text.collation import fold_key
from biblio.words.faults import BiblioError, Parsed, Span, diagnose

Placed = tuple[Path, tuple[str, ...], SectionSpec]


@dataclass(frozen=True, slots=True)
class Place:
    """A section: its ``path`` in the spec, the headings down to it, and the key by which it lists the reference.

    ``selected``: a query or an inclusion of the section brings the reference, which is not for a list to undo.
    """

    path: str
    titles: tuple[str, ...]
    listed: str = ""
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The sections of a dossier; ``stamp`` tells whether its spec is still the same."""

    slug: str
    title: str
    stamp: str
    places: tuple[Place, ...]

    @property
    def held(self) -> tuple[Place, ...]:
        """The sections in which the reference stands."""
        return tuple(place for place in self.places if place.listed or place.selected)


def standings(project: Project, reference: Reference) -> tuple[Standing, ...]:
    """Where a reference stands in each dossier that can be read."""
    found = []
    for slug in project.slugs:
        spec = project.dossier(slug).value
        if spec is not None:
            found.append(_standing(project, spec, reference))
    return tuple(found)


def _standing(project: Project, spec: DossierSpec, reference: Reference) -> Standing:
    keys = frozenset(map(fold_key, reference.keys))
    selection = selection_of(project, spec).value
    brought = {id(each) for part in selection.parts for each in _bringing(part, None, keys)}
    places = []
    for path, titles, section in sections_of(spec):
        listed = next((word.value for word in section.references if fold_key(word.value) in keys), "")
        places.append(Place(_said(path), titles, listed, selected=not listed and id(section) in brought))
    return Standing(spec.slug, spec.title, project.dossier_file(spec.slug).sha256, tuple(places))


def sections_of(spec: DossierSpec) -> Iterator[Placed]:
    """Every section with its path in the spec and the headings down to it."""

    def walk(
        section: SectionSpec, path: Path, above: tuple[str, ...]
    ) -> Iterator[tuple[Path, tuple[str, ...], SectionSpec]]:
        titles = (*above, section.title)
        yield path, titles, section
        for number, inner in enumerate(section.sections):
            yield from walk(inner, (*path, "sections", number), titles)

    if spec.sitography is not None:
        yield from walk(spec.sitography, ("sitography",), ())
    for number, section in enumerate(spec.sections):
        yield from walk(section, ("sections", number), ())


def _bringing(section: SelectedSection, around: SectionSpec | None, keys: Collection[str]) -> Iterator[SectionSpec]:
    """The sections of a spec under which some reference is printed; a group is of the section that it parts."""
    own = section.spec or around
    if own is not None and any(fold_key(each.citekey) in keys for each in section.references):
        yield own
    for inner in section.sections:
        yield from _bringing(inner, own, keys)


def _said(path: Path) -> str:
    return ".".join(map(str, path))


def placed(
    project: Project, reference: Reference, wanted: Mapping[str, Collection[str]], stamps: Mapping[str, str]
) -> Sequence[Work]:
    """The specs once a reference is listed in the sections ``wanted``, by dossier, and in no others of these.

    ``stamps`` are those of the specs that the sections were chosen in. Raises ``BiblioError``: E134 for a spec that is
    another one by now, and what the edit of one says.
    """
    works: list[Work] = []
    for slug, paths in wanted.items():
        spec = project.dossier(slug).value
        if spec is None or project.dossier_file(slug).sha256 != stamps.get(slug):
            raise BiblioError(diagnose("E134", Span(project.dossier_file(slug).path)))
        works += _edited(project, slug, partial(_listed, spec, reference, paths))
    return works


def _listed(spec: DossierSpec, reference: Reference, paths: Collection[str], text: str, file: str) -> Parsed[str]:
    keys = frozenset(map(fold_key, reference.keys))
    made = Parsed(text)
    for path, _, section in sections_of(spec):
        there = [word.value for word in section.references if fold_key(word.value) in keys]
        if _said(path) in paths and not there:
            made = add_references(made.value, path, [reference.citekey], len(section.references), file=file)
        elif _said(path) not in paths:
            for key in there:
                made = remove_reference(made.value, path, key, file=file)
        if made.diagnostics:
            break
    return made


def taken_out(project: Project, references: Sequence[Reference]) -> Sequence[Work]:
    """The specs without some references in any list of theirs. Raises ``BiblioError`` as ``placed``."""
    works: list[Work] = []
    for slug in naming(project, (key for reference in references for key in reference.keys)):
        spec = project.dossier(slug).value
        if spec is not None:
            works += _edited(project, slug, partial(_without, spec, references))
    return works


def _without(spec: DossierSpec, references: Sequence[Reference], text: str, file: str) -> Parsed[str]:
    made = Parsed(text)
    for reference in references:
        made = _listed(spec, reference, (), made.value, file)
        if made.diagnostics:
            break
    return made


def rekeyed(project: Project, instead: Mapping[str, str]) -> Sequence[Work]:
    """The specs that name some keys, once they name others ``instead``. Raises ``BiblioError`` as ``placed``."""

    def renamed(text: str, file: str) -> Parsed[str]:
        made = Parsed(text)
        for old, new in instead.items():
            if fold_key(old) in fold_key(made.value):
                made = replace_citekey(made.value, old, new, file=file)
            if made.diagnostics:
                break
        return made

    return [work for slug in naming(project, instead) for work in _edited(project, slug, renamed)]


def naming(project: Project, keys: Iterable[str]) -> Iterator[str]:
    """The dossiers in whose text one of some keys stands, in whatever capitals."""
    folded = [*map(fold_key, keys)]
    for slug in project.slugs:
        text = fold_key(project.dossier_file(slug).content.decode("utf-8", "replace"))
        if any(key in text for key in folded):
            yield slug


def _edited(project: Project, slug: str, edit: Callable[[str, str], Parsed[str]]) -> Sequence[Work]:
    path = project.dossier_file(slug).path
    work = work_of(project, slug, "", lambda text: edit(text, path))
    return () if work.before == work.after else (work,)
