"""One ``.bib`` file taken apart into its entries, or one entry of it from its own part of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from biblio.collection.bulk import collector_paused
from biblio.formats.bibtex.at_hand import AtHand
from biblio.formats.bibtex.faults import MOST_FAULTS
from biblio.formats.bibtex.inherit import Source, keys_of
from biblio.formats.bibtex.splitter import split
from biblio.formats.bibtex.syntax import Definition, Positions, RawEntry
from biblio.formats.text import beyond_ascii, decode_bytes, has_controls, is_composed, normalise
from biblio.reference.fields import TIES
from biblio.text.merging import merge_markers
from biblio.words.faults import Diagnostic, diagnose


@dataclass(slots=True)
class BibFile:
    """A file that was read: its name in messages, its text and its entries as typed.

    ``keys`` are theirs, in NFC; ``aliases`` are other keys with the number of their entry. ``shared`` are the macros of
    other files, ``undefined`` those that the file uses and does not define. ``diagnostics`` are the faults of reading.
    ``composed`` says that the text is in NFC, ``tied`` that entries may take fields from others, ``controls`` that
    there are control characters, ``local`` that the entries of a part of the text are those of the whole, and ``spent``
    that its macros say more than is read of a file.
    """

    path: str
    text: str
    positions: Positions
    entries: Sequence[RawEntry]
    keys: list[str]
    aliases: dict[str, int]
    definitions: list[Definition]
    undefined: list[str]
    shared: Mapping[str, str]
    diagnostics: list[Diagnostic]
    composed: bool
    tied: bool
    controls: bool
    local: bool
    spent: bool = False
    _asked: AtHand = field(default_factory=AtHand)

    def __len__(self) -> int:
        return len(self.entries)

    def entry(self, number: int) -> Source:
        """The entry of that number, as typed but for its accents, which are composed."""
        return self._asked.get(number, lambda: Source(self.typed(number), self.positions))

    def typed(self, number: int) -> RawEntry:
        """The same, for whoever asks once."""
        entry = self.entries[number]
        return entry if self.composed else _composed(entry)


def entry_of(
    text: str, positions: Positions, macros: Mapping[str, str], key: str, *, composed: bool
) -> RawEntry | None:
    """The entry that a part of a file holds and nothing else, under its key in the library; ``None`` when it does not.

    ``positions`` are those of the part, ``macros`` those that are defined before it in its file or in others.
    """
    found = split(text, positions, macros).entries
    if len(found) != 1 or found[0].offset != 0 or found[0].end != len(text):
        return None
    entry = found[0] if composed else _composed(found[0])
    return entry._replace(key=key) if entry.keyless else entry if entry.key == key else None


def _composed(entry: RawEntry) -> RawEntry:
    fields = tuple(field._replace(value=normalise(field.value)) for field in entry.fields)
    return entry._replace(key=normalise(entry.key), fields=fields)


def open_bibtex(content: bytes, path: str, shared: Mapping[str, str] | None = None) -> BibFile:
    """Takes a file apart. ``path`` is its name in messages, ``shared`` the macros that other files define.

    Never raises for what the file holds.
    """
    with collector_paused():
        decoded = decode_bytes(content, path)
        file = open_text(decoded.value, Positions(decoded.value, path), shared)
        file.diagnostics[:0] = decoded.diagnostics
        return file


def open_text(text: str, positions: Positions, shared: Mapping[str, str] | None = None) -> BibFile:
    """Takes the text of a file apart, or a part of it. Never raises for what it holds."""
    found = split(text, positions, shared)
    beyond = beyond_ascii(text)
    merged = [diagnose("P123", positions.span(offset, 7)) for offset in merge_markers(text)[:MOST_FAULTS]]
    tied, aliases = False, dict[str, int]()
    for number, entry in enumerate(found.entries):
        for each in entry.fields:
            if each.name in TIES:
                tied = True
            elif each.name == "ids":
                aliases.update(dict.fromkeys(keys_of(each), number))
    return BibFile(
        positions.path,
        text,
        positions,
        found.entries,
        [normalise(entry.key) for entry in found.entries],
        aliases,
        found.definitions,
        sorted(found.undefined),
        shared or {},
        [*merged, *found.diagnostics],
        composed=is_composed(text, beyond),
        tied=tied or "xdata" in text or "XDATA" in text,
        controls=has_controls(text, beyond),
        local=found.local,
        spent=found.spent,
    )
