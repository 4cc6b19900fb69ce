"""What a source gives when it is asked: records under the names that it has for them, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic


@dataclass(frozen=True, slots=True)
class Received:
    """What came of one asking.

    ``records`` are the new and changed ones by their names in the source. ``gone`` are the names of those that the
    source says are no longer there; ``present``, where it can be known, are the names of all that are. ``cursor`` is
    what to ask from the next time. ``unchanged`` says that there is nothing new.
    """

    records: dict[str, Reference] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    present: frozenset[str] | None = None
    cursor: str = ""
    unchanged: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
