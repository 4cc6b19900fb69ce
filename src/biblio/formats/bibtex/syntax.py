"""What a BibTeX file holds before its values are understood: entries, fields, commands, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from biblio.text.positions import Positions as TextPositions
from biblio.words.faults import Diagnostic, Span


class RawField(NamedTuple):
    """A field as typed.

    ``name`` is in lower case; ``value`` has neither delimiters nor macros any more; ``offset`` is that of its first
    character in the text. The field stands from ``start``, its name, to ``end``, behind its value. ``plain`` says that
    the value is known to have no sign of markup but for ligatures, and to stand on one line.
    """

    name: str
    value: str
    offset: int
    start: int
    end: int
    plain: bool = False

    def with_value(self, value: str) -> RawField:
        """The same field with another value, of which nothing is known."""
        return self._replace(value=value, plain=False)


class RawEntry(NamedTuple):
    """An entry as typed: type in lower case, key, fields in order, and the offsets of its ``@``, its key and its end.

    ``whole`` says that it has no fault of syntax, ``keyless`` that its key was made up for want of one.
    """

    type: str
    key: str
    fields: tuple[RawField, ...]
    offset: int
    key_offset: int
    end: int
    whole: bool = True
    keyless: bool = False


class Command(NamedTuple):
    """A ``@comment``, ``@preamble`` or ``@string`` from ``offset`` to ``end``; ``whole`` as for an entry."""

    kind: str
    offset: int
    end: int
    whole: bool = True


class Definition(NamedTuple):
    """A ``@string``: the entries behind ``offset`` may use its value by its name."""

    name: str
    value: str
    offset: int


@dataclass(slots=True)
class Split:
    """What a file holds: entries, commands and macros in its order, with the faults met on the way.

    ``undefined`` are the macros, in lower case, that it uses without a definition. ``local`` says that no fault and no
    key of an entry depends on how many there were before it, and no end of one on what stands far behind it; ``spent``
    that macros stand for more than is read of a file.
    """

    entries: list[RawEntry] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    undefined: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    local: bool = True
    spent: bool = False


class Positions(TextPositions):
    """The places of a file of entries, or of a part of one."""

    def of_value(self, field: RawField) -> Span:
        """The span of a field's value, or of its first line when it has several."""
        end = field.value.find("\n")
        return self.span(field.offset, len(field.value) if end == -1 else end)


class FieldSpans(Mapping[str, Span]):
    """The spans of an entry's values by the names of their fields, each worked out when it is asked for.

    ``elsewhere`` are fields of other entries, each with the positions of its file.
    """

    __slots__ = ("_elsewhere", "_fields", "_positions")

    def __init__(
        self,
        fields: Mapping[str, RawField],
        positions: Positions,
        elsewhere: Mapping[str, tuple[RawField, Positions]],
    ) -> None:
        self._fields = fields
        self._positions = positions
        self._elsewhere = elsewhere

    def __getitem__(self, name: str) -> Span:
        field = self._fields.get(name)
        if field is not None:
            return self._positions.of_value(field)
        field, positions = self._elsewhere[name]
        return positions.of_value(field)

    def __iter__(self) -> Iterator[str]:
        yield from self._fields
        yield from (name for name in self._elsewhere if name not in self._fields)

    def __len__(self) -> int:
        return len(self._fields.keys() | self._elsewhere.keys())
