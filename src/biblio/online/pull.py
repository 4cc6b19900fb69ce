"""What a pull does with what a source gives: new references are added, known ones follow it, what has gone is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from biblio.collection.library import Library
from biblio.importing.imported import Imported
from biblio.importing.plan import OnDuplicate, Plan, plan
from biblio.online.client import Client
from biblio.online.oai import receive_oai
from biblio.online.received import Received
from biblio.online.said import State
from biblio.online.sources import SourceSettings
from biblio.online.sru import receive_sru
from biblio.online.three_way import Outcome, compared, said
from biblio.online.zotero import receive_zotero
from biblio.reference.reference import Origin, Reference
from biblio.words.faults import Diagnostic, Span, diagnose


@dataclass(frozen=True, slots=True)
class Pulled:
    """What one source brings: the plan for the files, what it has said now, and how many records have which fate."""

    plan: Plan
    state: State
    counts: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]
    unchanged: bool = False


def receive(settings: SourceSettings, client: Client, cursor: str, environment: Mapping[str, str]) -> Received:
    """Asks a source, whatever its kind. Raises ``BiblioError`` when it does not give what it should."""
    match settings.kind:
        case "oai-pmh":
            return receive_oai(settings, client, cursor)
        case "sru":
            return receive_sru(settings, client)
        case _:
            return receive_zotero(settings, client, cursor, environment)


def pulled(
    settings: SourceSettings,
    received: Received,
    state: State,
    library: Library,
    pattern: str,
    accepted: Collection[frozenset[str]] = frozenset(),
) -> Pulled:
    """What becomes of what a source gave, given what it said before and what the collection has."""
    faults: list[Diagnostic] = [*received.diagnostics]
    records = dict(state.records)
    changed: dict[str, dict[str, dict[str, str | None]]] = {}
    new: list[tuple[str, Reference]] = []
    updated = left = 0
    known = _Known(settings.name, library)
    for name, reference in received.records.items():
        before = records.get(name)
        if before is None:
            new.append((name, _named(reference, name)))
            continue
        here = known.find(before.key, name)
        now = said(reference, here.citekey if here else before.key)
        records[name] = now
        if here is None:
            if now.fields != before.fields:
                left += 1
                faults.append(diagnose("E202", Span(settings.name), before.key, key=before.key, source=settings.name))
            continue
        outcome = compared(here, before, now)
        if outcome.values:
            updated += 1
            entry = changed.setdefault(here.origin.entry.path, {}).setdefault(here.citekey, {})
            entry.update(outcome.values)
        faults += _told(settings.name, here, outcome)
    made = plan(
        library, [(settings.name, Imported(tuple(each for _, each in new)))], OnDuplicate.MERGE, pattern, accepted
    )
    for (name, reference), outcome_of in zip(new, made.outcomes, strict=True):
        records[name] = said(reference, outcome_of.key)
    for path, entries in made.changed.items():
        for key, values in entries.items():
            changed.setdefault(path, {}).setdefault(key, {}).update(values)
    gone = [name for name in state.records if _has_gone(name, received)]
    for name in gone:
        key = records.pop(name).key
        faults.append(diagnose("E203", Span(settings.name), key, key=key, source=settings.name))
    counts = {
        "added": len(made.added),
        "merged": len(new) - len(made.added),
        "updated": updated,
        "gone": len(gone),
        "left": left,
    }
    whole = replace(made, changed=changed)
    after = State(received.cursor or state.cursor, MappingProxyType(records))
    return Pulled(whole, after, counts, (*faults, *made.diagnostics), received.unchanged)


def _named(reference: Reference, name: str) -> Reference:
    """The reference with what its source calls it."""
    return Reference.of({**reference.__dict__, "origin": Origin(reference.origin.entry, {}, name)})


def _has_gone(name: str, received: Received) -> bool:
    return name in received.gone or (received.present is not None and name not in received.present)


def _told(source: str, here: Reference, outcome: Outcome) -> list[Diagnostic]:
    """What somebody has to decide on: fields that both have changed, and fields that the source no longer has."""
    place, key = here.origin.entry, here.citekey
    told = [
        diagnose("E204", place, key, key=key, source=source, field=each.field, here=each.here, there=each.there or "–")
        for each in outcome.both
    ]
    told += (diagnose("E205", place, key, key=key, source=source, field=name) for name in outcome.dropped)
    return told


class _Known:
    """The references of a collection by the keys that a source's records had, or by where they came from."""

    def __init__(self, source: str, library: Library) -> None:
        self._source = source
        self._library = library
        self._by_origin: dict[str, str] | None = None

    def find(self, key: str, name: str) -> Reference | None:
        """The reference of a key; of one that is no longer there, the one that still says which record it was."""
        found = self._library.get(key)
        if found is not None:
            return found
        if self._by_origin is None:
            self._by_origin = {}
            for reference in self._library:
                for each in reference.raw.get("importedfrom", "").split(" ; "):
                    self._by_origin.setdefault(" ".join(each.split()), reference.citekey)
        moved = self._by_origin.get(f"{self._source} {name}")
        return self._library.get(moved) if moved else None
