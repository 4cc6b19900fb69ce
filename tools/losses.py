"""What other programs read of our exports, field by field, and the page that says it (docs/reference/pertes.md).

python -m tools.losses [FOLDER]    the page in docs/reference/, or in another folder

The frozen references of ``tests/formats/losses/references.bib`` are written in every format of ``READINGS``, read back
by a program that is not ours, and compared: of each field, what words stand in a place of their own, what in a note and
what nowhere. A loss is written down with its reason in ``tests/formats/losses/ledger.toml``, and
``tests/formats/test_losses.py`` fails for one that is not there, as for one that is there and is none any more.

**A format more** is a row of ``READINGS``: the format's name, the program's, and a function from the text of a file to
its records in their order, each a mapping from the program's own names for places to the text that stands there. The
page has a section for it and the ledger takes its rows; there is no other code.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypandoc
import rispy
from pybtex.database import parse_string

from biblio.formats import FORMATS
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.date import SEASONS, Date, DatePoint
from biblio.reference.fields import FIELDS, Field, Kind
from biblio.reference.holding import Holding
from biblio.reference.link import DocumentLink
from biblio.reference.name import Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Pages
from biblio.reference.provenance import Provenance
from biblio.reference.reference import Reference
from biblio.text.inline import plain
from biblio.words.tables import LANGUAGES, term
from tools.record_readers import with_csv, with_elements, with_json_graph, with_pymarc

ROOT = Path(__file__).parents[1]
FROZEN = ROOT / "tests" / "formats" / "losses" / "references.bib"
LEDGER = FROZEN.with_name("ledger.toml")
PAGE = "pertes.md"
REGION = re.compile(r"(<!-- mesuré -->\n).*?(<!-- fin -->)", re.DOTALL)

Record = Mapping[str, str]
Atom = tuple[str, ...]  # one piece of a value, in every form that says the same


# --- reading back ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """A format and a program that reads it; ``notes`` are the places that the program shows as free text."""

    format: str
    program: str
    read: Callable[[str], Sequence[Record]]
    notes: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name of the reading in the ledger and in the page."""
        return f"{self.format} ({self.program})"


def _with_rispy(text: str) -> list[Record]:
    records = rispy.loads(text.replace("\r\n", "\n"))
    return [{place: _joined(value) for place, value in record.items()} for record in records]


def _joined(value: object) -> str:
    match value:
        case str():
            return value
        case dict():
            return " ".join(map(_joined, value.values()))
        case list():
            # What is no word parts two values, so that none is found across them.
            return " | ".join(map(_joined, value))
        case _:
            return str(value)


def _with_pandoc(source: str) -> Callable[[str], list[Record]]:
    """The metadata that pandoc makes of a file in one of its formats."""

    def read(text: str) -> list[Record]:
        made = json.loads(pypandoc.convert_text(text, "json", source))
        references = made["meta"]["references"]["c"]
        return [{place: " ".join(_strings(value)) for place, value in each["c"].items()} for each in references]

    return read


def _strings(node: Any) -> Iterator[str]:
    """The texts of a value of pandoc's, in order."""
    if isinstance(node, dict) and isinstance(node.get("c"), str):
        yield node["c"]
    elif isinstance(node, dict):
        for inner in node.values() if "t" not in node else [node.get("c", [])]:
            yield from _strings(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _strings(inner)


def _with_pybtex(text: str) -> list[Record]:
    entries = parse_string(text, "bibtex").entries.values()
    people = [{role: " and ".join(map(str, some)) for role, some in entry.persons.items()} for entry in entries]
    return [{**named, **entry.fields} for entry, named in zip(entries, people, strict=True)]


READINGS = (
    Reading("ris", "rispy", _with_rispy, frozenset({"notes"})),
    Reading("csl-json", "pandoc", _with_pandoc("csljson"), frozenset({"note"})),
    Reading("biblatex", "pandoc", _with_pandoc("biblatex"), frozenset({"note"})),
    Reading("biblatex", "pybtex", _with_pybtex),
    Reading("bibtex", "pybtex", _with_pybtex),
    Reading("csv", "csv", with_csv),
    Reading("endnote-xml", "ElementTree", with_elements("record"), frozenset({"notes"})),
    Reading("mods", "ElementTree", with_elements("mods"), frozenset({"note"})),
    Reading("marc", "pymarc", with_pymarc, frozenset({"300"})),
    Reading("dublin-core", "ElementTree", with_elements("dc"), frozenset({"description"})),
    Reading("json-ld", "json", with_json_graph),
)


# --- comparing -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one field in one reading: in how many references it is, how it is found, and under what names."""

    references: int
    noted: int
    lost: int
    places: tuple[str, ...]

    @property
    def becomes(self) -> str:
        """``kept``, ``note`` (all of it is found, some in a note), ``lost`` (always, or in part) or ``partly``."""
        if self.lost:
            return "lost" if self.lost == self.references else "partly"
        return "note" if self.noted else "kept"


@cache
def frozen() -> tuple[Reference, ...]:
    """The references that are exported."""
    return read_bibtex(FROZEN.read_bytes(), FROZEN.name).value


@cache
def measured(reading: Reading) -> dict[str, Outcome]:
    """What becomes of each field, under its biblatex name, in the order of the fields."""
    references = frozen()
    records = reading.read(FORMATS[reading.format].written(references).decode())
    compared = [
        (reference, {place: _words(text) for place, text in record.items()})
        for reference, record in zip(references, records, strict=True)
    ]
    return {
        row.biblatex[0]: _outcome(
            [(_atoms(reference, row), found) for reference, found in compared],
            # A remark is at home among the notes.
            reading.notes if row.variable != "note" else frozenset(),
        )
        for row in FIELDS
        if not row.private and any(getattr(reference, row.variable) for reference in references)
    }


def _outcome(pairs: Sequence[tuple[Sequence[Atom], Record]], notes: frozenset[str]) -> Outcome:
    places: Counter[str] = Counter()
    noted = lost = total = 0
    for atoms, found in pairs:
        if not atoms:
            continue
        total += 1
        left = list(atoms)
        in_own = list(_cover(left, {place: text for place, text in found.items() if place not in notes}))
        in_notes = list(_cover(left, {place: text for place, text in found.items() if place in notes}))
        places.update(in_own + in_notes)
        lost += bool(left)
        noted += not left and bool(in_notes)
    often = (place for place, times in places.most_common() if times * 5 >= total)
    return Outcome(total, noted, lost, tuple(often))


def _cover(left: list[Atom], found: Record) -> Iterator[str]:
    """The places where the pieces stand, those with most of them first; takes what is found off the list."""
    while left and found:
        place = max(sorted(found), key=lambda each: sum(_stands(atom, found[each]) for atom in left))
        rest = [atom for atom in left if not _stands(atom, found[place])]
        if len(rest) == len(left):
            return
        left[:] = rest
        yield place


def _stands(atom: Atom, text: str) -> bool:
    return any(_words(form) in text for form in atom)


_COMMANDS = re.compile(r"\\[A-Za-z]+|</?(?:[bi]|su[bp]|span)\b[^<>]*>")


@cache
def _words(text: str) -> str:
    """The words of a text between blanks, numbers without zeros before them: what is compared."""
    bare = unicodedata.normalize("NFKC", _COMMANDS.sub(" ", text)).casefold()
    bare = bare.replace("{", "").replace("}", "")
    found = re.findall(r"\d+|[^\W\d]+|\|", bare)
    return f" {' '.join(word.lstrip('0') or '0' if word.isdecimal() else word for word in found)} "


def _atoms(reference: Reference, row: Field) -> list[Atom]:
    """The pieces of the value of a field; none when the reference does not have it."""
    value = getattr(reference, row.variable)
    typed = next((reference.raw[name] for name in row.biblatex if name in reference.raw), "")
    pieces = [piece if isinstance(piece, tuple) else (piece,) for piece in _PIECES[row.kind](value)] if value else []
    if row.kind is Kind.LANGUAGE:
        pieces = [(*forms, typed) for forms in pieces]
    if row.variable == "status":
        # Some say biblatex's key in words.
        pieces = [(*forms, *(term(f"key.{value}", lang) for lang in LANGUAGES)) for forms in pieces]
    return [forms for forms in pieces if any(forms)]


def _of_names(names: Names) -> Iterator[str | Atom]:
    for name in names.people:
        if name.family:
            yield (f"{name.family} {name.given}", f"{name.family} {name.suffix} {name.given}")
        yield from filter(None, (name.particle, name.suffix, name.literal))
    if names.others:
        yield ("others", "et al")


def _of_date(date: Date) -> Iterator[str | Atom]:
    yield date.literal
    for point in (date.start, date.end):
        if point is not None:
            yield from _of_point(point)


def _of_point(point: DatePoint) -> Iterator[str | Atom]:
    if season := SEASONS.get(point.month, ""):
        yield from (str(point.year), (season, str(point.month)))
    else:
        yield " ".join(str(part) for part in (point.year, point.month, point.day) if part)


def _of_pages(pages: Pages) -> Iterator[str]:
    for each in pages.ranges:
        yield from filter(None, (each.first, each.last))


def _of_numbering(number: Numbering) -> Iterator[str]:
    # A volume is one and a number is one without being called so; a tome is not.
    label = "" if number.label in ("vol.", "n°") else number.label
    yield from filter(None, (number.value, label, number.supplement))


def _of_links(links: Sequence[DocumentLink]) -> Iterator[str]:
    for link in links:
        yield from filter(None, (link.url, link.label, link.format, link.size))


def _of_provenance(provenance: Provenance) -> Iterator[str | Atom]:
    yield provenance.source.value
    if provenance.adapted:
        yield ("d'après", "adapted")
    if provenance.extract:
        yield ("extrait", "extract")


def _of_holdings(holdings: Sequence[Holding]) -> Iterator[str]:
    for each in holdings:
        yield from filter(None, (each.place, each.call_number, each.terms))


_PIECES: Mapping[Kind, Callable[[Any], Iterator[str | Atom] | list[str]]] = {
    Kind.RICH: lambda rich: [plain(rich)],
    Kind.PARAGRAPHS: lambda paragraphs: [plain(each) for each in paragraphs],
    Kind.NAMES: _of_names,
    Kind.LIST: list,
    Kind.KEYWORDS: list,
    Kind.DATE: _of_date,
    Kind.PAGES: _of_pages,
    Kind.EXTENT: lambda extent: [extent.count],
    Kind.NUMBERING: _of_numbering,
    Kind.LITERAL: lambda value: [value],
    Kind.LANGUAGE: lambda value: [value],
    Kind.VERBATIM: lambda value: [value],
    Kind.LINKS: _of_links,
    Kind.PROVENANCE: _of_provenance,
    Kind.HOLDINGS: _of_holdings,
}


# --- the ledger ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss that is known: what becomes of the field (see ``Outcome.becomes``), and why, in French."""

    becomes: str
    why: str


def ledger() -> dict[str, dict[str, Loss]]:
    """The known losses, by the name of the reading and that of the field.

    A table of the file has the ``reading`` (or ``readings``), what ``becomes`` of its ``fields``, and ``why``.
    """
    known: dict[str, dict[str, Loss]] = {}
    for row in tomllib.loads(LEDGER.read_text(encoding="utf-8"))["loss"]:
        for name in row["fields"].split():
            rows = known.setdefault(row["reading"], {})
            assert name not in rows, f"{row['reading']}: {name} stands twice in the ledger"
            rows[name] = Loss(row["becomes"], row["why"])
    return known


# --- the page --------------------------------------------------------------------------------------------------------

_BECOMES = {"note": "en note", "partly": "en partie", "lost": "perdu"}


def page() -> str:
    """The measured part of the page: a section for each reading, with a row for each field."""
    known = ledger()
    return "\n\n".join(_section(reading, known.get(reading.name, {})) for reading in READINGS)


def _section(reading: Reading, known: Mapping[str, Loss]) -> str:
    outcomes = measured(reading)
    kept = sum(outcome.becomes == "kept" for outcome in outcomes.values())
    rows = [
        "| Champ | Relu sous | Références | En note | Perdu | |",
        "| --- | --- | --: | --: | --: | --- |",
        *(_row(name, outcome, known.get(name)) for name, outcome in outcomes.items()),
    ]
    heading = f"## {reading.format}, relu par {reading.program}"
    return f"{heading}\n\n{kept} champs sur {len(outcomes)} sont relus en entier.\n\n" + "\n".join(rows)


def _row(name: str, outcome: Outcome, loss: Loss | None) -> str:
    places = ", ".join(f"`{place}`" for place in outcome.places) or "–"
    why = f"{_BECOMES[loss.becomes]} : {loss.why}" if loss else ""
    counts = " | ".join(str(count or "–") for count in (outcome.references, outcome.noted, outcome.lost))
    return f"| `{name}` | {places} | {counts} | {why} |"


def main() -> None:
    """Fills the page of the folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "reference"
    path = folder / PAGE
    filled = REGION.sub(lambda region: f"{region[1]}\n{page()}\n\n{region[2]}", path.read_text(encoding="utf-8"))
    path.write_text(filled, encoding="utf-8")


if __name__ == "__main__":
    main()
