"""Makes one reference of several that are one document: side by side first, then in the files of references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from biblio.editing.entries import EntryChange, changed
from biblio.editing.merge import OLD_DATE, merge, merged, name_in, typed_value
from biblio.formats.bibtex.file import BibFile
from biblio.formats.bibtex.inherit import keys_of
from biblio.formats.bibtex.layout import rank
from biblio.formats.bibtex.reader import open_files, open_library
from biblio.formats.bibtex.repeated import as_read
from biblio.formats.bibtex.syntax import RawEntry
from biblio.formats.bibtex.writer import ALIASES
from biblio.reference.fields import BY_BIBLATEX, TIES
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic, diagnose

# What the type of an entry is called among its fields.
ENTRY_TYPE = "entrytype"
Values = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A field of two references, as each has it (empty: it lacks it), and what it is in their union by default.

    ``differs`` says that the two say different things, so that a person has to choose.
    """

    field: str
    kept: str
    other: str
    united: str
    differs: bool


@dataclass(frozen=True, slots=True)
class United:
    """The new contents of the files that change, by their names; with ``diagnostics``, which say why not, none."""

    contents: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def side_by_side(kept: Reference, other: Reference) -> tuple[Row, ...]:
    """The fields of two references in the order of files, the type first, without those that tie them to others."""
    found = merge(kept, other, other.citekey)
    values = {"date": "-".join(found.added[name] for name in OLD_DATE if name in found.added), **found.values}
    unlike = {each.field for each in found.differences}
    rows = [Row(ENTRY_TYPE, kept.entry_type, other.entry_type, kept.entry_type, ENTRY_TYPE in unlike)]
    for name, variable in sorted(_names(kept, other).items(), key=lambda item: rank(item[0])):
        mine, its = typed_value(kept, variable, name), typed_value(other, variable, name)
        is_unlike = name in unlike if variable else mine.split() != its.split()
        if mine or its:
            rows.append(Row(name, mine, its, values.get(name) or mine, bool(mine and its) and is_unlike))
    return tuple(rows)


def _names(*references: Reference) -> dict[str, str]:
    """The fields of some references with their variables, if they have one, each under the name that the first has."""
    names: dict[str, str] = {}
    for reference in references:
        for each in (*reference.raw, *reference.inherited):
            name = "date" if each in OLD_DATE else ALIASES.get(each, each)
            row = BY_BIBLATEX.get(name)
            if row is not None:
                names.setdefault(name_in(references[0], row.variable, name), row.variable)
            elif each not in TIES and each != "ids":
                names.setdefault(name, "")
    return names


@dataclass(frozen=True, slots=True)
class Union:
    """Several references that are one: the key that is ``kept``, those that are ``lost``, and ``values`` to be had."""

    kept: str
    lost: tuple[str, ...]
    values: Values = field(default_factory=dict)


def unite(contents: Sequence[tuple[bytes, str]], unions: Sequence[Union]) -> United:
    """Makes one reference of the several of each union, in the files of a library; no key is in two unions.

    The one that is ``kept`` gets what ``merge`` brings from each of the others in turn, and above that the ``values``
    that a person chose, by the names of fields (``entrytype`` for the type); ``None`` takes a field away. The others
    are removed. Their keys go on leading to the one that stays, and where other entries name them its own key stands.
    What is in the way is said: a key without an entry (E221), one that leads elsewhere too (E225), and what ``changed``
    says.
    """
    files = open_files(contents)
    library = open_library(files).value
    groups: list[_Group] = []
    unknown: list[Diagnostic] = []
    for union in unions:
        keys = {fold_key(key): key for key in (union.kept, *union.lost)}
        found = {key: library.get(key) for key in keys.values()}
        references = [each for key, each in found.items() if each and fold_key(each.citekey) == fold_key(key)]
        known = {fold_key(each.citekey) for each in references}
        unknown += (diagnose("E221", None, key, key=key) for key in found if fold_key(key) not in known)
        groups += [_Group(references[0], references[1:], union.values)] if len(references) == len(found) else []
    if unknown:
        return United(diagnostics=tuple(unknown))
    changes = _changes(files, groups)
    made = {path: changed(content, path, changes[path]) for content, path in contents if path in changes}
    faults = [fault for each in made.values() for fault in each.diagnostics]
    united = {path: each.content for path, each in made.items()}
    if not faults:
        new = [(united.get(path, content), path) for content, path in contents]
        faults += _astray(new, groups)
    return United(diagnostics=tuple(faults)) if faults else United(united)


@dataclass(frozen=True, slots=True)
class _Group:
    """A union, its references found."""

    kept: Reference
    others: Sequence[Reference]
    values: Values


def _changes(files: Sequence[BibFile], groups: Sequence[_Group]) -> dict[str, dict[str, EntryChange | None]]:
    """The changes of entries by the names of their files and by their keys."""
    instead = {fold_key(each.citekey): group.kept.citekey for group in groups for each in group.others}
    ties = {file.path: dict(_tied(file, instead)) for file in files}
    changes: dict[str, dict[str, EntryChange | None]] = {
        path: {key: EntryChange(values) for key, values in entries.items()} for path, entries in ties.items()
    }
    made_up = _made_up(files)
    for group in groups:
        kept, values = group.kept, group.values
        own = ties[kept.origin.entry.path].get(kept.citekey, {})
        fields = {**_brought(kept, group.others, own, made_up), **own}
        fields |= {name: value for name, value in values.items() if name not in (ENTRY_TYPE, "ids")}
        if values.get("date"):
            fields |= {name: None for name in OLD_DATE if name in kept.raw and name not in values}
        changes[kept.origin.entry.path][kept.citekey] = EntryChange(fields, values.get(ENTRY_TYPE) or "")
        for each in group.others:
            changes[each.origin.entry.path][each.citekey] = None
    return {path: entries for path, entries in changes.items() if entries}


def _made_up(files: Sequence[BibFile]) -> AbstractSet[str]:
    """The keys that were made up for entries that have none: they lead to nothing once these are gone."""
    rows = (row for file in files for row in zip(file.keys, file.entries, strict=True))
    return {key for key, entry in rows if entry.keyless}


def _brought(
    kept: Reference, others: Sequence[Reference], ties: Iterable[str], made_up: AbstractSet[str]
) -> dict[str, str]:
    """What the others bring to a reference by default, with what it took itself from one of them so far."""
    takes = not {"crossref", "xdata"}.isdisjoint(ties)
    brought = {name: value for name, value in kept.inherited.items() if takes and name not in kept.raw}
    now = kept
    for each in others:
        step = merge(now, each, "" if each.citekey in made_up else each.citekey)
        now = merged(now, step)
        brought |= step.values
    return brought


def _tied(file: BibFile, instead: Mapping[str, str]) -> Iterator[tuple[str, Values]]:
    """The entries of a file that name lost keys, each with its new fields; of two with one key the first."""
    seen: set[str] = set()
    for key, entry in zip(file.keys, file.entries, strict=True):
        values = _renamed(entry, instead)
        if values and fold_key(key) not in seen:
            yield key, values
        seen.add(fold_key(key))


def _renamed(entry: RawEntry, instead: Mapping[str, str]) -> Values:
    """The fields of an entry that name lost keys, with the others in their place; no entry names itself."""
    values: dict[str, str | None] = {}
    for each in as_read(entry.fields).values():
        keys = keys_of(each) if each.name in TIES else []
        if not instead.keys().isdisjoint(map(fold_key, keys)):
            new = {fold_key(key): key for key in (instead.get(fold_key(key), key) for key in keys)}
            new.pop(fold_key(entry.key), None)
            values[each.name] = ", ".join(new.values()) or None
    return values


def _astray(contents: Sequence[tuple[bytes, str]], groups: Sequence[_Group]) -> Iterator[Diagnostic]:
    """What is said of lost keys that do not lead to the one that stays: another entry has them too (E225)."""
    library = open_library(open_files(contents)).value
    for group in groups:
        for each in group.others:
            found = library.get(each.citekey)
            if found is not None and fold_key(found.citekey) != fold_key(group.kept.citekey):
                place = found.origin.entry
                yield diagnose("E225", place, each.citekey, key=each.citekey, first=place.where)
