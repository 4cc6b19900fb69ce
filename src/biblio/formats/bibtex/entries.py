"""Entries that another reader took from a file become references, as if they had been typed as BibTeX.

Their values are LaTeX, as pybtex's readers have it. Each is looked for in the text of the file, so that its faults have
a place; one that does not stand there as it is has the place of its entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from biblio.collection.bulk import collector_paused
from biblio.formats.bibtex.convert import convert
from biblio.formats.bibtex.inherit import Source
from biblio.formats.bibtex.syntax import Positions, RawEntry, RawField
from biblio.formats.text import normalise
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic, Parsed, diagnose

_KEYLESS = "sans-cle"


@dataclass(frozen=True, slots=True)
class Given:
    """One entry: its key, perhaps empty, its type, its fields, and people by role, each with the parts of a name."""

    key: str
    type: str
    fields: Mapping[str, str]
    people: Mapping[str, Sequence[Mapping[str, str]]]


def references_of(entries: Sequence[Given], text: str, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of the entries of one file, in its order, with the faults of their values."""
    positions = Positions(text, path)
    with collector_paused():
        raw = _raw(entries, text)
        sources = {fold_key(each.key): Source(each, positions) for each in raw}
        parsed = [
            convert(each, positions, lambda key: sources.get(fold_key(key)), ties=True, controls=True) for each in raw
        ]
    faults: list[Diagnostic] = [
        diagnose("P132", positions.span(each.offset), each.key, key=each.key) for each in raw if each.keyless
    ]
    return Parsed(
        tuple(each.value for each in parsed),
        (*faults, *(fault for each in parsed for fault in each.diagnostics)),
    )


def _raw(entries: Sequence[Given], text: str) -> list[RawEntry]:
    """The entries as typed, each looked for behind the one before."""
    found: list[RawEntry] = []
    behind = 0
    for number, given in enumerate(entries, 1):
        key = "-".join(normalise(given.key).replace(",", " ").split())
        at = text.find(given.key, behind) if given.key else -1
        offset = at if at >= 0 else min(behind, len(text))
        values = {**{role: _joined(people) for role, people in given.people.items() if people}, **given.fields}
        fields: list[RawField] = []
        for name, value in values.items():
            place = text.find(value, offset) if value else -1
            start = place if place >= 0 else offset
            fields.append(RawField(name.lower(), normalise(value), start, start, start + len(value)))
        kind = given.type.lower()
        end = max([offset + len(given.key), *(each.end for each in fields)])
        keyless = not key
        found.append(RawEntry(kind, key or f"{_KEYLESS}-{number}", tuple(fields), offset, offset, end, keyless=keyless))
        behind = offset + len(given.key)
    return found


def _joined(people: Sequence[Mapping[str, str]]) -> str:
    return " and ".join(map(_name, people))


def _name(parts: Mapping[str, str]) -> str:
    """« von Last, Jr, First », in which the reader of names finds the same parts."""
    family, particle = parts.get("family", ""), parts.get("particle", "")
    given, suffix = parts.get("given", ""), parts.get("suffix", "")
    if not (given or suffix or particle):
        # One word is a family name, or what closes a list (« others »); several are a body.
        return family if len(family.split()) < 2 or family.startswith("{") else f"{{{family}}}"
    if any(word[:1].islower() for word in family.split()[:-1]) or " and " in family.lower():
        family = f"{{{family}}}"
    last = " ".join(filter(None, (particle, family)))
    return ", ".join([last, *([suffix] if suffix else []), *([given] if given or suffix else [])])
