"""The faults of syntax of one file, told one by one up to a number and then counted."""

from __future__ import annotations

from biblio.formats.bibtex.syntax import Positions
from biblio.words.faults import Diagnostic, diagnose

MOST_FAULTS = 100  # faults of one file that are told one by one
EXCERPT = 200  # characters of the file that a message quotes at most

# What makes the layout of an entry unsure; the others are about what it says.
_OF_SYNTAX = frozenset("P101 P102 P103 P104 P105 P106 P108 P112 P118 P119".split())


class FaultLog:
    """Collects faults.

    ``key`` is the citekey of the entry that is being read. While the log is ``muted`` it takes no notice; ``broken``
    says that a fault of syntax came since it was last reset. ``left_out`` is the number of those only counted.
    """

    def __init__(self, positions: Positions) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.key: str | None = None
        self.muted = False
        self.broken = False
        self._positions = positions
        self._told = 0
        self.left_out = 0
        self._first_left_out = 0

    def report(self, code: str, offset: int, length: int = 1, /, **arguments: str) -> None:
        """Tells of a fault at an offset, or counts it when there were too many."""
        if self.muted:
            return
        self.broken = self.broken or code in _OF_SYNTAX
        self._told += 1
        if self._told <= MOST_FAULTS:
            self.tell(code, offset, length, **arguments)
        else:
            self.left_out += 1
            self._first_left_out = self._first_left_out or offset

    def tell(self, code: str, offset: int, length: int = 1, /, **arguments: str) -> None:
        """Tells of a fault, however many there are: of each entry that is not in the library, say."""
        arguments = {name: value[:EXCERPT] for name, value in arguments.items()}
        self.diagnostics.append(diagnose(code, self._positions.span(offset, length), self.key, **arguments))

    def close(self) -> list[Diagnostic]:
        """All the faults, with the number of those that were left out."""
        if self.left_out:
            self.key = None
            self.tell("P117", self._first_left_out, count=str(self.left_out))
        return self.diagnostics
