"""Reads any tagged format by its dialect: a grammar, a table of tags, and a word on what kind a record is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from biblio.collection.bulk import collector_paused
from biblio.formats.drafts.draft import Draft, Meaning, cleaned
from biblio.formats.drafts.entry import record_of
from biblio.formats.records import Record, references_of
from biblio.formats.tagged.grammar import Grammar, Line, take_apart
from biblio.formats.text import decode_bytes
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

Tagged = Sequence[Line]


def tags_by(rows: Mapping[Meaning, str]) -> dict[str, Meaning]:
    """A table by tag of one by meaning, whose tags stand between spaces."""
    return {tag: meaning for meaning, tags in rows.items() for tag in tags.split()}


def unchanged(draft: Draft, lines: Tagged) -> None:
    """Leaves a draft as it is."""


def as_it_is(text: str) -> str:
    """Leaves a text as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Dialect:
    """One tagged format: its name, before the tags that are kept; what each tag means, for some types in another way.

    ``kind`` gives the biblatex type of a record, empty when nothing in it says one; ``before`` amends the text, without
    adding or taking lines, and ``finish`` a draft. The
    lines of a tag of ``apart`` are each a value of its own.
    """

    name: str
    grammar: Grammar
    tags: Mapping[str, Meaning]
    kind: Callable[[Tagged], str]
    by_kind: Mapping[tuple[str, str], Meaning] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    finish: Callable[[Draft, Tagged], None] = unchanged
    before: Callable[[str], str] = as_it_is
    default: str = "misc"
    _by_kind: dict[str, Mapping[str, Meaning]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def meanings(self, kind: str) -> Mapping[str, Meaning]:
        """What each tag means in a record of a kind."""
        if kind not in self._by_kind:
            self._by_kind[kind] = {**self.tags, **{tag: each for (tag, of), each in self.by_kind.items() if of == kind}}
        return self._by_kind[kind]


def read_tagged(dialect: Dialect, content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file, with the faults met. Never raises for what the file holds.

    Text outside of records is told (P151), tags that no table knows once each (P152), and records with nothing in them
    (P153). Such tags are kept, in fields named by the format and the tag.
    """
    with collector_paused():
        decoded = decode_bytes(content, path)
        taken = take_apart(dialect.before(decoded.value.replace("\ufeff", "")), dialect.grammar)
        faults: list[Diagnostic] = list(decoded.diagnostics)
        faults += (diagnose("P151", Span(path, run.number), text=_shortened(run.text)) for run in taken.outside)
        unknown: dict[str, list[Line]] = {}
        records: list[Record] = []
        given_first = _given_first(dialect, taken.records)
        for number, lines in enumerate(taken.records, 1):
            record = record_of_lines(dialect, lines, path, unknown, given_first=given_first)
            if record is not None:
                records.append(record)
            elif any(line.tag in dialect.grammar.opens for line in lines):
                faults.append(diagnose("P153", Span(path, lines[0].number), number=number))
        faults += unknown_tags(unknown, path)
        read = references_of(records)
        return Parsed(read.value, (*faults, *read.diagnostics))


def _given_first(dialect: Dialect, records: Sequence[Tagged]) -> bool:
    """Whether a file writes people as « Given Family »: several have names of some words, and none a comma."""
    tags = {tag for tag, meaning in dialect.tags.items() if meaning in (Meaning.AUTHOR, Meaning.EDITOR)}
    people = [line.value for lines in records for line in lines if line.tag in tags]
    return not any("," in each for each in people) and sum(" " in each for each in people) > 1


def record_of_lines(
    dialect: Dialect, lines: Tagged, path: str, unknown: dict[str, list[Line]], *, given_first: bool = False
) -> Record | None:
    """The record that some lines are; ``None`` when nothing is in it. Lines whose tag no table knows are noted."""
    draft = _draft(dialect, lines, path, unknown)
    if not draft.kept and not set(draft.values) - {Meaning.KIND, Meaning.FRAME, Meaning.KEY}:
        return None
    draft.given_first = given_first
    dialect.finish(draft, lines)
    return record_of(draft, dialect.name)


def unknown_tags(unknown: Mapping[str, Sequence[Line]], path: str) -> list[Diagnostic]:
    """What is said of tags that no table knows: once each, with how often it was met (P152)."""
    return [diagnose("P152", Span(path, met[0].number), tag=tag, count=len(met)) for tag, met in unknown.items()]


def _draft(dialect: Dialect, lines: Tagged, path: str, unknown: dict[str, list[Line]]) -> Draft:
    kind = dialect.kind(lines) or dialect.default
    draft = Draft(kind, Span(path, lines[0].number))
    meanings, apart = dialect.meanings(kind), dialect.apart
    for line in lines:
        tag, whole, _ = line
        meaning = meanings.get(tag)
        if "\n" in whole and tag in apart:
            given = [value for part in whole.split("\n") if (value := cleaned(part)) and not value.isspace()]
        else:
            value = cleaned(whole)
            given = [value] if value and not value.isspace() else []
        for value in given:
            if meaning is None:
                unknown.setdefault(tag, []).append(line)
            draft.add(meaning or Meaning.KEPT, tag, value)
    return draft


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:59] + "…"
