"""A MARC record, whatever it was written in: a leader and fields, each with its indicators and subfields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

# Subfields that link, number and tell systems apart, and that are never text.
CONTROL = frozenset("035679")


class Field(NamedTuple):
    """One field. A control field (001 to 009) has a ``text`` and nothing else; no subfield is blank."""

    tag: str
    indicators: str = "  "
    subfields: tuple[tuple[str, str], ...] = ()
    text: str = ""

    def every(self, codes: str) -> list[str]:
        """The values of some subfields, in the order of the field."""
        return [value for code, value in self.subfields if code in codes]

    def first(self, codes: str) -> str:
        """The first value of the codes, the earlier code before the later; else empty."""
        for wanted in codes:
            for code, value in self.subfields:
                if code == wanted:
                    return value
        return ""

    def indicator(self, position: int) -> str:
        r"""The first or the second indicator; ``#``, ``|`` and ``\`` are how some systems write a blank."""
        value = self.indicators[position - 1 : position]
        return " " if value in ("", "#", "|", "\\") else value


def subfields_of(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The subfields of a field, without those that are blank."""
    return tuple([pair for pair in pairs if pair[1] and not pair[1].isspace()])


class MarcRecord:
    """One record: its leader and fields, with its place, the number in the file, from 1, and the line (0 for none).

    ``by_tag`` has the fields of each tag, in their order.
    """

    __slots__ = ("by_tag", "fields", "leader", "line", "number")

    def __init__(self, leader: str, fields: Sequence[Field], number: int, line: int = 0) -> None:
        self.leader = leader
        self.fields = fields
        self.number = number
        self.line = line
        found: dict[str, list[Field]] = {}
        for each in fields:
            if each.tag in found:
                found[each.tag].append(each)
            else:
                found[each.tag] = [each]
        self.by_tag: Mapping[str, Sequence[Field]] = found

    def every(self, *tags: str) -> Sequence[Field]:
        """The fields of some tags, in the order of the tags."""
        known = self.by_tag
        if len(tags) == 1:
            return known.get(tags[0], ())
        if known.keys().isdisjoint(tags):
            return ()
        return [found for tag in tags if tag in known for found in known[tag]]

    def first(self, *tags: str) -> Field | None:
        """The first of them, or ``None``."""
        for tag in tags:
            if tag in self.by_tag:
                return self.by_tag[tag][0]
        return None

    def value(self, tag: str, codes: str) -> str:
        """The first value of some subfields in the fields of a tag; else empty."""
        for found in self.by_tag.get(tag, ()):
            if value := found.first(codes):
                return value
        return ""

    def values(self, tag: str, codes: str) -> list[str]:
        """All their values."""
        found = self.by_tag.get(tag)
        return [value for each in found for code, value in each.subfields if code in codes] if found else []

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
