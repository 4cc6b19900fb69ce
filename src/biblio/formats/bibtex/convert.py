"""An entry as typed becomes a reference: which of its fields count, and what of them is whose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from biblio.formats.bibtex.converters import CONVERTERS, old_date
from biblio.formats.bibtex.entry import QUOTED, Entry
from biblio.formats.bibtex.inherit import Find, Placed, inherited, keys_of
from biblio.formats.bibtex.latex import decode_plain
from biblio.formats.bibtex.leavings import (
    MAY_SAY_NOTHING,
    NOTES,
    is_kind_of_program,
    leavings_of,
    placed,
    says_nothing,
)
from biblio.formats.bibtex.links import only_address
from biblio.formats.bibtex.repeated import joined, may_come_again
from biblio.formats.bibtex.syntax import FieldSpans, Positions, RawEntry, RawField
from biblio.formats.text import CONTROL, without_controls
from biblio.reference.archives import ARCHIVES, archive_of, deposit
from biblio.reference.fields import BY_BIBLATEX, FIELDS, is_known
from biblio.reference.link import DocumentLink
from biblio.reference.reference import Origin, Reference
from biblio.reference.types import ENTRY_TYPES
from biblio.words.faults import Parsed, diagnose

# What a field that says nothing is made of: braces, ties and blanks of any kind.
_NOTHING = "{}~" + "".join(character for character in map(chr, range(0x3001)) if character.isspace())
# A formula of blanks, which is none.
_EMPTY_FORMULA = re.compile(r"\$[\s~{}]*+\$|\\\([\s~{}]*+\\\)")
# Dates that biblatex's first version had in three fields each, as BibTeX has its own.
_IN_THREE_FIELDS = (
    ("original_date", "orig", "origyear"),
    ("event_date", "event", "eventyear"),
    ("accessed", "url", "urlyear"),
)
# Fields of other programs (ACM, Web of Science, Mendeley, HAL, booksellers) that say what ours say: each counts where
# none of those behind it stands in the entry.
_STANDING_FOR: Mapping[str, tuple[Mapping[str, str], frozenset[str]]] = {
    name: ({field: "", **beside}, frozenset(unless.split()))
    for name, field, beside, unless in (
        ("articleno", "eid", {}, "eid"),
        ("article-number", "eid", {}, "eid articleno"),
        ("numpages", "pagetotal", {}, "pagetotal pages eid articleno article-number"),
        ("arxivid", "eprint", {"eprinttype": "arxiv"}, "eprint"),
        ("hal_id", "eprint", {"eprinttype": "hal"}, "eprint arxivid url doi"),
        ("shortjournal", "journaltitle", {}, "journaltitle journal fjournal booktitle maintitle"),
        ("journal-iso", "journaltitle", {}, "journaltitle journal fjournal shortjournal booktitle maintitle"),
        ("isbn-13", "isbn", {}, "isbn"),
        ("isbn-10", "isbn", {}, "isbn isbn-13"),
    )
}
_INDEXES = {ARCHIVES["pubmed"].name: "pmid", ARCHIVES["pmc"].name: "pmcid"}
_TIED = ("xref", "related", "entryset")
_NONE_INHERITED: Mapping[str, str] = MappingProxyType({})
# Of each field, the variable that it gives, its rank among the fields that give it, and how.
_USES = {name: (row.variable, rank, CONVERTERS[row.kind]) for row in FIELDS for rank, name in enumerate(row.biblatex)}


def convert(
    raw: RawEntry, positions: Positions, find: Find, *, ties: bool, controls: bool, origin: Origin | None = None
) -> Parsed[Reference]:
    """The reference of an entry with the faults of its values.

    ``find`` gives the entries that it may take fields from; without ``ties`` it is known to take none, and without
    ``controls`` to hold no control characters. An ``origin`` is that of an entry which was typed nowhere.
    """
    entry = Entry(raw, positions)
    typed = _typed(entry)
    as_typed = typed
    if controls:
        typed = {name: _without_controls(field, entry) for name, field in typed.items()}
    taken: Mapping[str, Placed] = {}
    if ties:
        taken = inherited(raw, find, lambda code, field, arguments: entry.report(code, field, **arguments))
        _report_missing(typed, find, entry)
    values = _values(_with_names_of_ours(_without_leavings(typed, entry)), entry)
    if taken:
        entry.mute = True
        values = {**_values({name: placed.field for name, placed in taken.items()}, entry), **values}
        for name in taken.keys() & typed.keys():
            # A value that stands in another entry replaces the words that name it.
            values.update(_values({name: taken[name].field}, entry))
    if raw.type not in ENTRY_TYPES:
        span = positions.span(raw.offset, len(raw.type) + 1)
        entry.diagnostics.append(diagnose("R101", span, raw.key, type=raw.type[:QUOTED]))
    if origin is None:
        place = positions.span(raw.key_offset, 1 if raw.keyless else len(raw.key))
        origin = Origin(place, FieldSpans(as_typed, positions, taken))
    values["citekey"] = raw.key
    values["entry_type"] = raw.type
    values["origin"] = origin
    values["raw"] = MappingProxyType({name: field.value for name, field in as_typed.items()})
    inheritance = {name: placed.field.value for name, placed in taken.items()}
    values["inherited"] = MappingProxyType(inheritance) if taken else _NONE_INHERITED
    return Parsed(Reference.of(values), tuple(entry.diagnostics))


def _typed(entry: Entry) -> dict[str, RawField]:
    """The fields by name; of two with one name that are not one value the first is kept, and the second reported."""
    typed: dict[str, RawField] = {}
    again: dict[str, list[RawField]] = {}
    for field in entry.raw.fields:
        name = field.name
        if name in typed:
            if may_come_again(name) and field.value.strip():
                again.setdefault(name, []).append(field)
            else:
                entry.report("P109", field, value=field.value)
            continue
        typed[name] = field
        if name not in BY_BIBLATEX and not is_known(name):
            # Emacs sets fields aside by a prefix, « OPTnote », and leaves most of them empty.
            if name.startswith(("opt", "alt")) and is_known(name[3:]):
                if field.value.strip():
                    entry.report("P129", field, value=f"{name} = {field.value}"[:80])
            else:
                entry.report("R102", field, field=name)
    for name, others in again.items():
        typed[name] = joined(typed[name], others)
    return typed


def _without_controls(field: RawField, entry: Entry) -> RawField:
    found = CONTROL.findall(field.value)
    if not found:
        return field
    entry.report("P116", field, characters=", ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(found)))
    return field.with_value(without_controls(field.value))


def _without_leavings(typed: dict[str, RawField], entry: Entry) -> dict[str, RawField]:
    """The fields without what programs left in those of notes; what belongs in a field that is missing goes there."""
    for name in NOTES:
        if name not in typed:
            continue
        field = typed[name]
        rest, leavings = leavings_of(field.value)
        if leavings:
            added = placed(leavings, typed)
            typed = {**typed, name: field.with_value(rest)}
            typed |= {each: field.with_value(value)._replace(name=each) for each, value in added.items()}
            entry.report("P129", field, value="; ".join(map(str, leavings)))
    for name in [name for name, field in typed.items() if field.value[:1] in MAY_SAY_NOTHING]:
        if not says_nothing(name, typed[name].value):
            continue
        entry.report("P129", typed[name], value=f"{name} = {typed[name].value}")
        typed = {other: field for other, field in typed.items() if other != name}
    if "type" in typed and is_kind_of_program(decode_plain(typed["type"].value)):
        entry.report("P129", typed["type"], value=typed["type"].value)
        typed = {name: field for name, field in typed.items() if name != "type"}
    return typed


def _with_names_of_ours(typed: dict[str, RawField]) -> dict[str, RawField]:
    """The fields, with those of other programs under the names of ours that they stand for."""
    if _STANDING_FOR.keys().isdisjoint(typed):
        return typed
    filled = {name for name, field in typed.items() if _says_something(field.value)}
    added: dict[str, RawField] = {}
    for name, (fields, unless) in _STANDING_FOR.items():
        if name in filled and unless.isdisjoint(filled):
            added |= {field: typed[name].with_value(value or typed[name].value)._replace(name=field)
                      for field, value in fields.items()}  # fmt: skip
    return {**typed, **added}


def _report_missing(typed: Mapping[str, RawField], find: Find, entry: Entry) -> None:
    """Tells of the keys of entries that do not exist; ``inherited`` tells of parents."""
    for name in _TIED:
        if name in typed:
            for key in keys_of(typed[name]):
                if find(key) is None:
                    entry.report("P205", typed[name], key=key)


def _says_something(value: str) -> bool:
    if value[:1].isalnum():
        return True
    stripped = value.strip(_NOTHING)
    if stripped[:1] not in ("$", "\\"):
        return bool(stripped)
    return bool(_EMPTY_FORMULA.sub("", stripped).strip(_NOTHING))


def _values(typed: Mapping[str, RawField], entry: Entry) -> dict[str, Any]:
    """The values of some fields by their variables. Of two fields for one variable, the table's first one counts."""
    values: dict[str, Any] = {}
    chosen: dict[str, int] = {}
    for name, field in typed.items():
        use = _USES.get(name)
        value = field.value
        if use is None or not (value[:1].isalnum() or _says_something(value)):
            continue
        variable, rank, converter = use
        if variable not in values or rank < chosen[variable]:
            try:
                values[variable] = converter(field, entry)
            except Exception as error:  # noqa: BLE001  # a fault of ours costs this value alone
                entry.give_up(field, error)
                continue
            chosen[variable] = rank
    if "issued" not in values and "year" in typed and _says_something(typed["year"].value):
        try:
            values["issued"] = old_date(typed, entry)
        except Exception as error:  # noqa: BLE001  # the same
            entry.give_up(typed["year"], error)
    for variable, prefix, name in _IN_THREE_FIELDS:
        if name in typed and variable not in values and _says_something(typed[name].value):
            values[variable] = old_date(typed, entry, prefix)
    if "eprint" in values:
        _as_number_of_index(values)
    if "url" in values:
        values["url"], *more = values["url"]
        if more:
            values["links"] = (*(DocumentLink(address) for address in more), *values.get("links", ()))
    elif "howpublished" in typed and (found := only_address(typed["howpublished"], entry)):
        values["url"], consulted = found
        if consulted:
            values.setdefault("accessed", consulted)
    return values


def _as_number_of_index(values: dict[str, Any]) -> None:
    """What ``eprint`` has of PubMed is a PMID or a PMCID as well, under which other programs look for it."""
    found = deposit(values.get("eprint_type") or archive_of(values["eprint"]), values["eprint"])
    variable = _INDEXES.get(found.archive.name) if found else None
    if found and variable and found.identifier.removeprefix("PMC").isdecimal():
        values.setdefault(variable, found.identifier)
