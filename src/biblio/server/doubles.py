"""The probable duplicates of a collection: found, united in files and dossiers, or noted as two documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from biblio.check.config import settings_of
from biblio.check.each import look_at_each
from biblio.check.rules.duplicates import pairs
from biblio.check.settings import Settings
from biblio.editing.merge import merge
from biblio.editing.settings_text import with_accepted
from biblio.editing.uniting import Union, unite
from biblio.editing.works import Work
from biblio.project.project import Project
from biblio.project.read import read_bytes
from biblio.project.settings import FILE, located_settings
from biblio.reference.reference import Reference
from biblio.server.sections import rekeyed
from biblio.text.collation import fold_key
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose

# No rule that looks at one reference is asked: what is compared of each is enough.
_NO_RULE = Settings(select=("R501",))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two references that are probably one document, and ``by`` what; ``differ`` says that they contradict each other.

    Of those that are known by their DOI alone is it known whether they do.
    """

    first: str
    second: str
    by: str
    differ: bool = False


def doubles_of(project: Project, before: Sequence[Pair] | None) -> Sequence[Pair]:
    """The pairs of the whole collection, in the order of their signs: what ``Desk.known`` asks for."""
    del before  # every reference may have a new neighbour
    library = project.opened.value
    sketches = look_at_each(library, {}, _NO_RULE).sketches
    accepted = settings_of(located_settings(project.root)[1]).accepted_pairs
    return [
        Pair(first.citekey, second.citekey, by, by == "doi" and _differ(first.reference, second.reference))
        for first, second, by in pairs(sketches, accepted)
    ]


def _differ(first: Reference, second: Reference) -> bool:
    return any(each.kept for each in merge(first, second).differences)


def in_one_go(found: Iterable[Pair], references: Mapping[str, Reference], *, with_differing: bool) -> list[Union]:
    """The unions of all that have one DOI: of each lot the most complete reference stays."""
    lots: dict[str, list[str]] = {}
    for pair in found:
        if pair.by == "doi" and (with_differing or not pair.differ):
            lots.setdefault(pair.first, [pair.first]).append(pair.second)
    unions = []
    for keys in lots.values():
        kept = max(keys, key=lambda key: len(references[key].raw))
        unions.append(Union(kept, tuple(key for key in keys if key != kept)))
    return unions


@dataclass(frozen=True, slots=True)
class Unions:
    """What a union makes of files, and the unions that could not be made, for the reasons that are said."""

    works: Sequence[Work]
    made: Sequence[Union]
    left: Sequence[Diagnostic] = field(default=())


def unite_one(project: Project, kept: str, lost: str, values: Mapping[str, str | None]) -> Sequence[Work]:
    """What uniting two references makes of the files. Raises ``BiblioError`` for what stands in the way."""
    made = united(project, [Union(kept, (lost,), values)])
    if made.left:
        raise BiblioError(made.left[0])
    return made.works


def unite_dois(project: Project, found: Sequence[Pair], *, with_differing: bool) -> Unions:
    """What uniting all that have one DOI makes of the files."""
    library = project.opened.value
    keys = {key for pair in found if pair.by == "doi" for key in (pair.first, pair.second)}
    references = {key: reference for key in keys if (reference := library.get(key))}
    sure = [pair for pair in found if pair.first in references and pair.second in references]
    return united(project, in_one_go(sure, references, with_differing=with_differing))


def united(project: Project, unions: Sequence[Union]) -> Unions:
    """What some unions make of the files of references and of the dossiers, without those that cannot be made."""
    files = project.reference_files
    contents = [(file.content, file.path) for file in files]
    left: list[Diagnostic] = []
    made = unite(contents, unions) if unions else None
    while made is not None and made.diagnostics:
        left += made.diagnostics
        faulty = {fold_key(fault.citekey or fault.arguments.get("key", "")) for fault in made.diagnostics}
        going = [each for each in unions if faulty.isdisjoint(map(fold_key, (each.kept, *each.lost)))]
        unions, had = going, len(unions)
        made = unite(contents, unions) if unions and len(unions) < had else None
    if made is None:
        return Unions((), (), tuple(left))
    works = [
        Work(file.path, file.place, file.content, made.contents[file.path])
        for file in files
        if made.contents.get(file.path, file.content) != file.content
    ]
    instead = {key: union.kept for union in unions for key in union.lost}
    return Unions((*works, *rekeyed(project, instead)), unions, tuple(left))


def two_documents(project: Project, first: str, second: str) -> Sequence[Work]:
    """What noting that two references are two documents makes of the file of settings.

    Raises ``BiblioError`` (E229) where that cannot be written there, or where the file is not the project's.
    """
    place, settings = located_settings(project.root)
    place = place or project.root / FILE
    path = place.name
    before = read_bytes(place) if place.exists() else None
    text = (before or b"").decode("utf-8", "surrogateescape")
    after = with_accepted(text, settings.name, (first, second)) if place.parent == project.root else None
    if after is None:
        raise BiblioError(diagnose("E229", Span(path), file=path, first=first, second=second))
    return [Work(path, place, before, after.encode("utf-8", "surrogateescape"))]
