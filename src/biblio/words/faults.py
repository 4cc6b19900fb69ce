"""What can be wrong, and where: the values that every reader, check and composer returns beside its result."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Generic, TypeVar

from biblio.words.tables import Severity, faults

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file.

    ``path`` is the file's name as messages print it (relative to the project, with ``/``); ``line`` and ``column``
    count from 1, in characters; ``length`` is the number of characters to underline, at least 1.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1

    @property
    def where(self) -> str:
        """The file and the line, as messages name another place: « references/a.bib:12 »."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault of the user's material.

    ``code`` names an entry of ``faults.toml``, which holds the severity and, in each language, the message and the
    hint; ``arguments`` fill their placeholders; ``citekey`` names the notice concerned, if one is.
    """

    code: str
    span: Span | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    citekey: str | None = None

    @property
    def severity(self) -> Severity:
        """How grave the fault is, as the table says."""
        return faults()[self.code].severity

    @property
    def name(self) -> str:
        """What the fault is called beside its code: « invalid-isbn »."""
        return faults()[self.code].name

    @property
    def sort_key(self) -> tuple[str, int, int, str, tuple[str, ...]]:
        """Orders faults as a reader meets them: file, line, column, then code."""
        span = self.span or Span("", 0, 0)
        return (span.path, span.line, span.column, self.code, tuple(self.arguments.values()))


def diagnose(code: str, span: Span | None = None, citekey: str | None = None, /, **arguments: object) -> Diagnostic:
    """The fault ``code`` at ``span``, its placeholders filled by the keyword arguments (printed with ``str``)."""
    return Diagnostic(code, span, MappingProxyType({name: str(value) for name, value in arguments.items()}), citekey)


def is_sayable(diagnostic: Diagnostic) -> bool:
    """Whether a fault that came from a file is in the table and has what its sentences are filled with."""
    return diagnostic.code in faults() and _filled_with(diagnostic.code) <= diagnostic.arguments.keys()


@cache
def _filled_with(code: str) -> frozenset[str]:
    """What the sentences of a fault are filled with."""
    fault = faults()[code]
    sentences = (*fault.message.values(), *fault.hint.values())
    return frozenset(name for each in sentences for _, name, _, _ in string.Formatter().parse(each) if name)


def problem_of(error: Exception) -> str:
    """What a report of a fault of ours has to say: the kind of error, and the innermost place in the program.

    The place is a module and a line, « IndexError, biblio.formats.bibtex.convert:93 »: no folder of the machine.
    """
    place, frame = "", error.__traceback__
    while frame:
        module = str(frame.tb_frame.f_globals.get("__name__"))
        place = f", {module}:{frame.tb_lineno}" if module.partition(".")[0] == "biblio" else place
        frame = frame.tb_next
    return type(error).__name__ + place


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T_co]):
    """A result and the faults found on the way to it; both are always usable."""

    value: T_co
    diagnostics: tuple[Diagnostic, ...] = ()


def required(parsed: Parsed[T | None]) -> T:
    """The result, where the work cannot go on without one. Raises ``BiblioError`` with the first fault."""
    if parsed.value is None:
        raise BiblioError(parsed.diagnostics[0])
    return parsed.value


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The faults sorted by place, each one once."""
    unique = {(diagnostic.sort_key, diagnostic.citekey): diagnostic for diagnostic in diagnostics}
    return tuple(sorted(unique.values(), key=lambda diagnostic: diagnostic.sort_key))


def is_blocked(diagnostics: Sequence[Diagnostic], strict: bool) -> bool:
    """Whether these faults forbid to publish: errors always do, warnings when ``strict``."""
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(diagnostic.severity in grave for diagnostic in diagnostics)


class BiblioError(Exception):
    """The work cannot go on. Carries the one fault to show; ``cli`` alone catches it."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code, *diagnostic.arguments.values())
        self.diagnostic = diagnostic
