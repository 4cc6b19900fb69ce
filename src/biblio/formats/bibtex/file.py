"""One ``.bib`` file: an index of its entries, each of them taken apart at the latest when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from biblio.collection.bulk import collector_paused
from biblio.formats.bibtex.faults import MOST_FAULTS
from biblio.formats.bibtex.inherit import Source, keys_of
from biblio.formats.bibtex.splitter import split
from biblio.formats.bibtex.syntax import Definition, Positions, RawEntry
from biblio.formats.text import beyond_ascii, decode_bytes, has_controls, is_composed, normalise
from biblio.text.merging import merge_markers
from biblio.words.faults import Diagnostic, diagnose

MOST_ASKED = 32  # entries that are kept at hand
# Fields that tie an entry to others, or give it other keys.
_TIES = frozenset({"crossref", "xref", "xdata", "related", "entryset"})


@dataclass(slots=True)
class Index:
    """What is known of a file without a look at its values.

    Of the entry of each number: its ``keys``, where it ``starts`` and ``ends`` in the text and on which ``lines`` and
    ``columns`` of the file it starts. ``keyless`` are the numbers of those whose key was made up, ``aliases`` other
    keys with the number of their entry. ``diagnostics`` are the faults of reading. ``undefined`` are macros that the
    file uses and does not define. ``composed`` says that the text is in NFC, ``tied`` that entries may take fields from
    others, ``controls`` that there are control characters.
    """

    keys: list[str]
    starts: list[int]
    ends: list[int]
    lines: list[int]
    columns: list[int]
    keyless: list[int]
    aliases: dict[str, int]
    definitions: list[Definition]
    undefined: list[str]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    composed: bool = True
    tied: bool = False
    controls: bool = False


class BibFile:
    """A file that was read: its name in messages, its text, and its index; ``entries`` when they are at hand.

    The text may be in UTF-8 still; the index counts then in bytes.
    """

    def __init__(
        self,
        path: str,
        text: str | bytes,
        index: Index,
        shared: Mapping[str, str],
        entries: Sequence[RawEntry] | None = None,
        positions: Positions | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.index = index
        self.shared = shared
        self._entries = entries
        self._positions = positions
        self._asked: dict[int, Source] = {}  # the entries last asked for: many may take from one

    def __len__(self) -> int:
        return len(self.index.keys)

    def entry(self, number: int) -> Source:
        """The entry of that number, as typed but for its accents, which are composed."""
        if number not in self._asked:
            if len(self._asked) == MOST_ASKED:
                del self._asked[next(iter(self._asked))]
            self._asked[number] = Source(*self.typed(number))
        else:
            self._asked[number] = self._asked.pop(number)  # the last one now
        return self._asked[number]

    def typed(self, number: int) -> tuple[RawEntry, Positions]:
        """The same, and the places of the text that it was taken from, for whoever asks once."""
        if self._entries is not None and self._positions is not None:
            return self._composed(self._entries[number]), self._positions
        index = self.index
        typed = self.text[index.starts[number] : index.ends[number]]
        text = typed if isinstance(typed, str) else typed.decode("utf-8", "replace")
        positions = Positions(text, self.path, index.lines[number], index.columns[number])
        found = split(text, positions, self._macros_at(index.starts[number]))
        return self._composed(found.entries[0]._replace(key=index.keys[number])), positions

    def _macros_at(self, offset: int) -> Mapping[str, str]:
        own = {definition.name: definition.value for definition in self.index.definitions if definition.offset < offset}
        return {**self.shared, **own}

    def _composed(self, entry: RawEntry) -> RawEntry:
        if self.index.composed:
            return entry
        fields = tuple(field._replace(value=normalise(field.value)) for field in entry.fields)
        return entry._replace(key=normalise(entry.key), fields=fields)


def open_bibtex(content: bytes, path: str, shared: Mapping[str, str] | None = None) -> BibFile:
    """Takes a file apart. ``path`` is its name in messages, ``shared`` the macros that other files define.

    Never raises for what the file holds.
    """
    with collector_paused():
        return _open(content, path, shared or {})


def _open(content: bytes, path: str, shared: Mapping[str, str]) -> BibFile:
    decoded = decode_bytes(content, path)
    text = decoded.value
    positions = Positions(text, path)
    found = split(text, positions, shared)
    entries = found.entries
    beyond = beyond_ascii(text)
    merged = [diagnose("P123", positions.span(offset, 7)) for offset in merge_markers(text)[:MOST_FAULTS]]
    places = [positions.place(entry.offset) for entry in entries]
    ties, aliases = set(), {}
    for number, entry in enumerate(entries):
        for each in entry.fields:
            if each.name in _TIES:
                ties.add(each.name)
            elif each.name == "ids":
                aliases.update(dict.fromkeys(keys_of(each), number))
    index = Index(
        keys=[normalise(entry.key) for entry in entries],
        starts=[entry.offset for entry in entries],
        ends=[entry.end for entry in entries],
        lines=[line for line, _ in places],
        columns=[column for _, column in places],
        keyless=[number for number, entry in enumerate(entries) if entry.keyless],
        aliases=aliases,
        definitions=found.definitions,
        undefined=sorted(found.undefined),
        diagnostics=[*decoded.diagnostics, *merged, *found.diagnostics],
        composed=is_composed(text, beyond),
        tied=bool(ties) or "xdata" in text or "XDATA" in text,
        controls=has_controls(text, beyond),
    )
    return BibFile(path, text, index, shared, entries, positions)
