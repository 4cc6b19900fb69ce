"""An entry on its way to a reference: what is found wrong in its fields is noted with its place."""

from __future__ import annotations

from biblio.formats.bibtex.syntax import Positions, RawEntry, RawField
from biblio.words.faults import Diagnostic, diagnose, problem_of

QUOTED = 200  # characters of a value that a message quotes


class Entry:
    """One entry on its way to a reference: where its faults are noted. ``mute`` is for what others report."""

    def __init__(self, raw: RawEntry, positions: Positions) -> None:
        self.raw = raw
        self.positions = positions
        self.diagnostics: list[Diagnostic] = []
        self.mute = False

    def report(self, code: str, field: RawField, /, **arguments: str) -> None:
        """Notes a fault of a field, with its name and what else the message says."""
        if not self.mute:
            arguments = {name: value[:QUOTED] for name, value in arguments.items()}
            span = self.positions.of_value(field)
            self.diagnostics.append(diagnose(code, span, self.raw.key, **{"field": field.name, **arguments}))

    def give_up(self, field: RawField, error: Exception) -> None:
        """Notes that a field could not be read for a reason nobody foresaw; its value is still there as typed."""
        if isinstance(error, MemoryError):
            raise error
        self.report("P122", field, problem=problem_of(error))
