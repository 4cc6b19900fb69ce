"""A package outside the tree, which adds a row to each of biblio's tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from biblio.check.finding import Finding, Rule, found
from biblio.citation import Preset
from biblio.citation.options import Options
from biblio.compose.composed import Composed
from biblio.document.tree import Line, Role
from biblio.dossier.kinds import Kind
from biblio.formats import Format
from biblio.formats.records import Record, references_of
from biblio.outputs.table import Output
from biblio.reference.reference import Reference
from biblio.reference.types import EntryType, Pattern
from biblio.text.inline import plain, text
from biblio.words.faults import Parsed, Span
from biblio.words.tables import Fault, Severity


def _read(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """One card a line: key | author | title | year."""
    cards = [line.split(" | ") for line in content.decode().splitlines() if line.strip()]
    return references_of(
        [
            Record("book", key, {"author": author, "title": title, "date": year}, Span(path, number))
            for number, (key, author, title, year) in enumerate(cards, 1)
        ]
    )


CARDS = Format("cards", ".cards", "text/plain", {"fr": "Un tiroir de fiches", "en": "A drawer of cards"}, _read)


def _podcast(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    titles = "".join(f"<item>{notice.citekey}</item>" for notice in composed.document.notices)
    return Parsed(f"<rss date='{stamp:%Y-%m-%d}'>{titles}</rss>".encode())


PODCAST = Output("podcast", ".rss", _podcast, about={"fr": "Un fil d'épisodes", "en": "A feed of episodes"})


def _cite(reference: Reference, options: Options) -> tuple[Line, ...]:
    return (Line(Role.TITLE, text(plain(reference.title).upper())),)


SHOUTED = Preset("shouted", {"fr": "Le titre seul, en capitales", "en": "The title alone, in capitals"}, _cite)


def _shouting(reference: Reference) -> Iterator[Finding]:
    """A title ends in an exclamation mark."""
    if plain(reference.title).endswith("!"):
        yield found("title")


NO_SHOUTING = Rule(
    "X101",
    _shouting,
    fault=Fault(
        "X101",
        "shouted-title",
        Severity.WARNING,
        {"fr": "le titre crie", "en": "the title shouts"},
        {"fr": "enlever le point d'exclamation", "en": "take the exclamation mark away"},
        {"fr": "Un catalogue parle bas.", "en": "A catalogue speaks softly."},
    ),
)

TRAIL = Kind("trail", {"fr": "Des lectures en chemin", "en": "Readings along a path"}, "sobre", order=("title",))
HERBARIUM = EntryType(
    "herbarium", Pattern.MONOGRAPH, "document", "GEN", "herbarium", {"fr": "Herbier", "en": "Herbarium"}
)
WRONG = object()
