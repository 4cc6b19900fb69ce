"""Changes entries of a ``.bib`` file in its own bytes: all that no change is about stays as it was.

A change is kept when the file, read again, has the same text, entries and macros but for what was asked. If not,
nothing is changed, and it is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from biblio.check.finding import Change
from biblio.check.source import rewrite
from biblio.editing.within import changes_within, comma_behind
from biblio.formats.bibtex.file import BibFile, open_bibtex
from biblio.formats.bibtex.grammar import HEAD, NAME, ODD_IN_KEY
from biblio.formats.bibtex.inherit import keys_of
from biblio.formats.bibtex.repeated import as_read, may_come_again
from biblio.formats.bibtex.splitter import split
from biblio.formats.bibtex.syntax import Positions, RawEntry
from biblio.formats.bibtex.values import without_unpaired
from biblio.formats.bibtex.writer import written
from biblio.formats.text import decode_bytes, normalise
from biblio.reference.fields import FIELD_ALIASES
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic, Span, diagnose

_TYPE = re.compile(r"(?!(?i:comment|preamble|string)\Z)[A-Za-z][\w*+.-]*+")
_NOT_IN_KEY = re.compile(r"[,=(){}]")
# The faults of an entry whose beginning and end are sure nevertheless.
_SLIGHT = frozenset({"P105", "P106", "P107", "P118", "P121"})
_BLANK_LINE = re.compile(r"[ \t]*+\n")


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What is to become of an entry.

    ``values`` are fields by their names in biblatex, each with its value as typed; ``None`` takes a field away. With a
    new ``citekey``, the old one is added to the field ``ids``, under which the entry is found too.
    """

    values: Mapping[str, str | None] = field(default_factory=dict)
    entry_type: str = ""
    citekey: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after a change. With ``diagnostics``, which say why not, it is what it was."""

    content: bytes
    diagnostics: tuple[Diagnostic, ...] = ()


def changed_entry(content: bytes, path: str, citekey: str, change: EntryChange) -> Edited:
    """A file with one entry changed; of two with that key, the first is meant. The faults are those of ``changed``."""
    return changed(content, path, {citekey: change})


def removed_entry(content: bytes, path: str, citekey: str) -> Edited:
    """A file without an entry and the blank lines that it would leave; comments about it stay."""
    return changed(content, path, {citekey: None})


def changed(content: bytes, path: str, changes: Mapping[str, EntryChange | None]) -> Edited:
    """A file with some entries changed, by their keys, or removed (``None``): all of them or none.

    Says what stands in the way: an entry that is not there (E221), a value whose braces do not pair (E222), an entry
    that cannot be changed alone (E223), a name that cannot be one (E224), a key that is another's (E225), a character
    that the encoding has no place for (E226), or an encoding that nothing can be added to (E171).
    """
    file = open_bibtex(content, path)
    editor = _Editor(file)
    for key, change in changes.items():
        editor.take(key, change)
    if editor.faults:
        return Edited(content, tuple(editor.faults))
    if not editor.changes:
        return Edited(content)
    after = rewrite(content, file.text, editor.changes)
    if after is None:
        return Edited(content, (_not_encoded(content, file, editor.changes),))
    return Edited(content, faults) if (faults := tuple(editor.unexpected(after))) else Edited(after)


def appended(content: bytes, path: str, text: str) -> bytes | None:
    """A file of references with some more at its end, after an empty line; every byte of it stays.

    ``None`` when its encoding has no place for them, or when they would not be read back as what they are.
    """
    before = decode_bytes(content, path).value
    after = grown(content, path, text, "\n")
    if after is None:
        return None
    expected = [*_said_in(before), *_said_in(text)]
    return after if _said_in(decode_bytes(after, path).value) == expected else None


def grown(content: bytes, path: str, text: str, gap: str = "") -> bytes | None:
    """A file with a text on lines of its own at its end, behind ``gap`` if there is something before it.

    ``None`` when the encoding of the file has no place for a character, or is not understood.
    """
    if not content:
        return text.encode()
    before = decode_bytes(content, path).value
    gap = "" if not before.strip() else gap if before.endswith("\n") else f"\n{gap}"
    return rewrite(content, before, [Change(len(before), len(before), gap + text)])


@dataclass(frozen=True, slots=True)
class _Said:
    """What an entry says; a key that was made up for want of one is empty."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]


def _said(entry: RawEntry) -> _Said:
    fields = tuple((each.name, each.value) for each in entry.fields)
    return _Said(entry.type, "" if entry.keyless else entry.key, fields)


def _said_in(text: str) -> list[_Said]:
    return [_said(each) for each in split(text, Positions(text, "")).entries]


class _Editor:
    """Gathers the changes of the text of one file, and what its entries are to say after them."""

    def __init__(self, file: BibFile) -> None:
        self.changes: list[Change] = []
        self.faults: list[Diagnostic] = []
        self._file = file
        self._numbers: dict[str, int] = {}
        for number, key in enumerate(file.keys):
            self._numbers.setdefault(fold_key(key), number)
        self._expected: dict[int, _Said | None] = {}

    def take(self, key: str, change: EntryChange | None) -> None:
        """Takes up the change of an entry, or its removal; what stands in the way is added to ``faults``."""
        number = self._numbers.get(fold_key(key))
        if number is None:
            self.faults.append(diagnose("E221", Span(self._file.path), key, key=key))
        elif change is None:
            self._remove(number)
        else:
            self._change(number, change)

    def unexpected(self, after: bytes) -> Iterator[Diagnostic]:
        """What is said of a file that would say something else than it is to (E223)."""
        before, path = self._file, self._file.path
        file = open_bibtex(after, path, before.shared)
        expected = [
            said
            for number, entry in enumerate(before.entries)
            if (said := self._expected.get(number, _said(entry))) is not None
        ]
        is_sound = (
            file.text == _edited(before.text, self.changes)
            and list(map(_said, file.entries)) == expected
            and _macros(file) == _macros(before)
            and not _codes(file) - _codes(before)
        )
        if not is_sound:
            yield from map(self._unchanged, self._expected)

    def _change(self, number: int, change: EntryChange) -> None:
        entry = self._file.entries[number]
        faults = [*self._unusable(number, change)]
        wanted = self._wanted(entry, change)
        values = {name: None if value is None else written(name, value) for name, value in wanted.items()}
        for name, value in wanted.items():
            if value is not None and without_unpaired(value) != value:
                faults.append(diagnose("E222", *self._place(number), field=name, key=entry.key, value=value))
        faults += (
            diagnose("E224", *self._place(number), value=name) for name in values if NAME.fullmatch(f"{name}=") is None
        )
        values = {name: value for name, value in values.items() if not _is_so(entry, name, value)}
        made = None if faults else changes_within(self._file.text, entry, values)
        if made is None:
            self.faults += faults or [self._unchanged(number)]
            return
        kind, key = change.entry_type or entry.type, change.citekey or _said(entry).key
        self.changes += (*made, *self._head(entry, change))
        self._expected[number] = _Said(kind.lower(), key, _fields_after(entry, values))

    def _wanted(self, entry: RawEntry, change: EntryChange) -> dict[str, str | None]:
        """The fields of a change under the names that the entry has them by, with its former key."""
        values = {name.strip().lower(): value for name, value in change.values.items()}
        typed = dict.fromkeys(each.name for each in entry.fields)
        for old in typed:
            new = FIELD_ALIASES.get(old, old)
            if old not in values and new in values and (new not in typed or values[new] is None):
                values[old] = values[new] if values[new] is None else values.pop(new)
        if change.citekey and not entry.keyless and fold_key(change.citekey) != fold_key(entry.key):
            here = next((each.value for each in entry.fields if each.name == "ids"), "")
            ids = (values.get("ids", here) or "").split(",")
            former = [" ".join(each.split()) for each in (*ids, normalise(entry.key))]
            keys = {fold_key(each): each for each in reversed(former) if each}
            keys.pop(fold_key(change.citekey), None)
            values["ids"] = ", ".join(reversed(keys.values()))
        return values

    def _unusable(self, number: int, change: EntryChange) -> Iterator[Diagnostic]:
        """What is said of a type and of a key that cannot be those of an entry (E224, E225)."""
        place = self._place(number)
        if change.entry_type and _TYPE.fullmatch(change.entry_type) is None:
            yield diagnose("E224", *place, value=change.entry_type)
        key = change.citekey
        if not key:
            return
        if ODD_IN_KEY.search(key) or _NOT_IN_KEY.search(key) or normalise(key) != key:
            yield diagnose("E224", *place, value=key)
        folded = fold_key(key)
        for other, entry in enumerate(self._file.entries):
            former = (each for field in entry.fields if field.name == "ids" for each in keys_of(field))
            if other != number and folded in map(fold_key, (self._file.keys[other], *former)):
                yield diagnose("E225", *place, key=key, first=self._place(other)[0].where)
                return

    def _head(self, entry: RawEntry, change: EntryChange) -> Iterator[Change]:
        """The changes of the type and of the key."""
        head = HEAD.match(self._file.text, entry.offset)
        if head and change.entry_type and change.entry_type.lower() != entry.type:
            yield Change(head.start("type"), head.end("type"), change.entry_type)
        if change.citekey and entry.keyless:
            comma = "" if comma_behind(self._file.text, entry.key_offset) else ", "
            yield Change(entry.key_offset, entry.key_offset, change.citekey + comma)
        elif change.citekey and change.citekey != entry.key:
            yield Change(entry.key_offset, entry.key_offset + len(entry.key), change.citekey)

    def _remove(self, number: int) -> None:
        entry, text = self._file.entries[number], self._file.text
        typed = text[entry.offset : entry.end]
        alone = split(typed, Positions(typed, ""))
        if [each.end for each in alone.entries] != [len(typed)] or {each.code for each in alone.diagnostics} - _SLIGHT:
            self.faults.append(self._unchanged(number))
            return
        self.changes.append(Change(*_with_blanks(text, entry.offset, entry.end), ""))
        self._expected[number] = None

    def _place(self, number: int) -> tuple[Span, str]:
        """Where an entry stands, and its key."""
        entry = self._file.entries[number]
        return self._file.positions.span(entry.key_offset, len(entry.key)), entry.key

    def _unchanged(self, number: int) -> Diagnostic:
        return diagnose("E223", *self._place(number), key=self._file.entries[number].key)


def _is_so(entry: RawEntry, name: str, value: str | None) -> bool:
    """Whether a field has a value already, however its lines are set, or is not there as is asked."""
    here = as_read(each for each in entry.fields if each.name == name).get(name)
    return value is None if here is None else value == written(name, normalise(here.value))


def _fields_after(entry: RawEntry, values: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    """The fields of an entry as they are to be read after a change."""
    left = {name: value for name, value in values.items() if value is not None}
    fields: list[tuple[str, str]] = []
    for each in entry.fields:
        if each.name in left:
            fields.append((each.name, left.pop(each.name)))
        elif each.name not in values or (values[each.name] is not None and not may_come_again(each.name)):
            fields.append((each.name, each.value))
    return (*fields, *left.items())


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the rest of its lines, if nothing else stands there, and with the blank lines that it leaves."""
    line = text.rfind("\n", 0, start) + 1
    behind = _BLANK_LINE.match(text, end)
    if text[line:start].strip() or (behind is None and text[end:].strip()):
        return start, end
    start, end = line, behind.end() if behind else len(text)
    before = text[:start].rstrip()
    is_apart = not before or text[len(before) : start].count("\n") > 1
    while is_apart and (match := _BLANK_LINE.match(text, end)):
        end = match.end()
    if not text[end:].strip():
        return len(before) + (len(text[len(before) :].split("\n")[0]) + 1 if before else 0), len(text)
    return start, end


def _edited(text: str, changes: Iterable[Change]) -> str:
    pieces: list[str] = []
    end = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        pieces += [text[end : change.start], change.text]
        end = change.end
    return "".join([*pieces, text[end:]])


def _macros(file: BibFile) -> list[tuple[str, str]]:
    return [(each.name, each.value) for each in file.definitions]


def _codes(file: BibFile) -> Counter[str]:
    """The faults of reading, how many of each, but for what is told of a value alone: that it holds an entry (P115)."""
    return Counter(each.code for each in file.diagnostics if each.code != "P115")


def _not_encoded(content: bytes, file: BibFile, changes: Iterable[Change]) -> Diagnostic:
    """What is said of characters without a place in the encoding of a file, or of one that is not understood."""
    letters = dict.fromkeys(letter for change in changes for letter in change.text if not letter.isascii())
    strange = [letter for letter in letters if rewrite(content, file.text, [Change(0, 0, letter)]) is None]
    if not strange or rewrite(content, file.text, ()) is None:
        return diagnose("E171", Span(file.path))
    return diagnose("E226", Span(file.path), characters=" ".join(strange))
