"""What was read from a file and where it stands: words, and levels of keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from biblio.words.faults import Span


@dataclass(frozen=True)
class Placed:
    """A citekey, or another word of the file, and where it stands."""

    value: str
    span: Span


@dataclass(frozen=True)
class Located:
    """What every level of a file knows: where it begins, and where the value of each of its keys stands.

    ``lines`` has the place of every line of the texts whose lines stand in the file as they are read. ``faulty`` are
    the keys in whose values something was reported, and those that a misspelt one most likely means: what they lack may
    have been typed.
    """

    span: Span
    spans: Mapping[str, Span]
    lines: Mapping[str, tuple[Span, ...]] = field(default_factory=dict, kw_only=True)
    faulty: frozenset[str] = field(default=frozenset(), kw_only=True)

    def span_of(self, name: str) -> Span:
        """The place of a key's value, else that of the whole level."""
        return self.spans.get(name, self.span)

    def lines_of(self, name: str) -> tuple[Span, ...]:
        """The place of each line of a key's text; empty where only the place of the whole is known."""
        return self.lines.get(name, ())
