"""What a rule is, and what it finds: values only, without places in files, which ``run`` works out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from biblio.reference.reference import Reference
from biblio.words.faults import Span
from biblio.words.tables import Fault

SubjectT = TypeVar("SubjectT")


class Safety(StrEnum):
    """Who decides on a fix: biblio (``--fix``) or the documentalist (``--unsafe-fixes``)."""

    NONE = "none"  # the rule has no fix
    SAFE = "safe"  # the sense cannot change
    TRANSCRIBED = "transcribed"  # safe in the documentalist's own words, unsafe in what is copied from a document
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Change:
    """``text`` in place of the characters ``start`` to ``end`` of a value."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a fault: changes inside the value, a new name for its field, fields to add behind it.

    A field that nothing is left of goes away whole.
    """

    changes: tuple[Change, ...] = ()
    rename: str = ""
    adds: tuple[tuple[str, str], ...] = ()

    def empties(self, value: str) -> bool:
        """Whether the changes leave nothing of a value, and nothing takes its place."""
        if self.rename or self.adds or not self.changes:
            return False
        pieces: list[str] = []
        end = 0
        for change in sorted(self.changes, key=lambda change: change.start):
            pieces += [value[end : change.start], change.text]
            end = change.end
        return not "".join([*pieces, value[end:]]).strip(" \t\r\n{}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault that a rule found.

    ``field`` is the name of the field as typed (empty: the entry itself), ``start`` and ``end`` the characters of its
    typed value to underline (``end`` of -1: to its last one). The rules of a whole library name the ``reference``,
    those of dossiers the ``span``. ``arguments`` fill the placeholders of the message.
    """

    arguments: Mapping[str, str]
    field: str = ""
    start: int = 0
    end: int = -1
    fix: Fix | None = None
    reference: Reference | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Rule(Generic[SubjectT]):
    """One row of the table of rules.

    ``check`` is pure: it takes its subject and gives its findings. What the fault is, why it matters and an example are
    in the table of faults, under ``code``. ``safety`` is that of its fixes. A rule that is not ``default`` runs only
    when it is selected by its whole code. ``replaces`` is the code of the reader's more general message for the same
    fault. A rule that is told ``once`` a file names the first place, and its ``count`` says how many there are.

    A rule that an installed package adds brings its words, ``fault``, and says what it looks at: ``subject`` is a name
    of ``table.SUBJECTS``.
    """

    code: str
    check: Callable[[SubjectT], Iterable[Finding]]
    safety: Safety = Safety.NONE
    default: bool = True
    replaces: str = ""
    once: bool = False
    subject: str = "reference"
    fault: Fault | None = None


def found(
    field: str = "",
    start: int = 0,
    end: int = -1,
    fix: Fix | None = None,
    /,
    **arguments: object,
) -> Finding:
    """A finding in a field (or, without one, in a text), its arguments as strings."""
    return Finding(MappingProxyType({name: str(value) for name, value in arguments.items()}), field, start, end, fix)


def of_reference(reference: Reference, finding: Finding) -> Finding:
    """A finding of a rule of the whole library, with the reference that it is about."""
    return dataclasses.replace(finding, reference=reference)


def at(span: Span, /, **arguments: object) -> Finding:
    """A finding of a rule of dossiers, at a place of their file."""
    return Finding(MappingProxyType({name: str(value) for name, value in arguments.items()}), span=span)


def replace(start: int, end: int, text: str) -> Fix:
    """The fix that puts ``text`` in place of some characters."""
    return Fix((Change(start, end, text),))
