"""A MARC record, whatever it was written in: a leader and fields, each with its indicators and subfields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

# Subfields that link, number and tell systems apart, and that are never text.
CONTROL = frozenset("035679")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. A control field (001 to 009) has a ``text`` and nothing else."""

    tag: str
    indicators: str = "  "
    subfields: tuple[tuple[str, str], ...] = ()
    text: str = ""

    def every(self, codes: str) -> list[str]:
        """The values of some subfields that are not blank, in the order of the field."""
        return [value for code, value in self.subfields if code in codes and value.strip()]

    def first(self, codes: str) -> str:
        """The first value of the codes, the earlier code before the later; else empty."""
        return next(
            (value for wanted in codes for code, value in self.subfields if code == wanted and value.strip()), ""
        )

    def indicator(self, position: int) -> str:
        r"""The first or the second indicator; ``#``, ``|`` and ``\`` are how some systems write a blank."""
        value = self.indicators[position - 1 : position]
        return " " if value in ("", "#", "|", "\\") else value


@dataclass(frozen=True)
class MarcRecord:
    """One record, with its place: its number in the file, from 1, and its line (0 where the file has none)."""

    leader: str
    fields: tuple[Field, ...]
    number: int
    line: int = 0

    @cached_property
    def by_tag(self) -> Mapping[str, Sequence[Field]]:
        """The fields of each tag, in their order."""
        found: dict[str, list[Field]] = {}
        for each in self.fields:
            found.setdefault(each.tag, []).append(each)
        return found

    def every(self, *tags: str) -> Sequence[Field]:
        """The fields of some tags, in the order of the tags."""
        known = self.by_tag
        if len(tags) == 1:
            return known.get(tags[0], ())
        return [found for tag in tags if tag in known for found in known[tag]]

    def first(self, *tags: str) -> Field | None:
        """The first of them, or ``None``."""
        return next((self.by_tag[tag][0] for tag in tags if tag in self.by_tag), None)

    def value(self, tag: str, codes: str) -> str:
        """The first value of some subfields in the fields of a tag; else empty."""
        return next((value for found in self.every(tag) if (value := found.first(codes))), "")

    def values(self, tag: str, codes: str) -> list[str]:
        """All their values."""
        return [value for found in self.every(tag) for value in found.every(codes)]

    @property
    def identifier(self) -> str:
        """The record's own number in its catalogue (001); else empty."""
        found = self.first("001")
        return (found.text or found.first("a")).strip() if found else ""

    @property
    def is_unimarc(self) -> bool:
        """UNIMARC has the title in 200, MARC 21 in 245; in neither, UNIMARC has a 100 that begins with a date."""
        tags = self.by_tag.keys()
        if "245" in tags or "200" in tags:
            return "200" in tags and not ("245" in tags and "008" in tags)
        if "008" in tags:
            return False
        return bool(self.value("100", "a")[:8].strip().isdigit() or tags & {"210", "214", "461", "463", "801"})
