"""Reads a damaged entry: its fields one by one, each bounded by the start of the next, so that a fault costs one field.

The value of the damaged field is not lost either: it is kept as it was typed, as far as anyone can tell, but for the
braces that lack a partner.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from biblio.formats.bibtex.grammar import BLANK_OR_COMMA, FIELD_START, NAME, NAME_WITHOUT_SIGN
from biblio.formats.bibtex.syntax import RawField
from biblio.formats.bibtex.values import SyntaxFault, ValueReader, without_unpaired

_OPENING = {"{": "}", '"': '"'}


class Recovery:
    """The fields of one damaged entry. ``told`` says whether a fault was reported on the way."""

    def __init__(self, values: ValueReader, report: Callable[..., None], excerpt: Callable[[int], str]) -> None:
        self.values = values
        self.text = values.text
        self.report = report
        self.excerpt = excerpt
        self.fields: list[RawField] = []
        self.told = False

    def read(self, position: int, limit: int, closing: str) -> int:
        """Reads the fields from ``position`` on; returns the offset behind the entry."""
        name = NAME.match(self.text, position, limit)
        search_from = name.end() if name else position
        starts = [position, *(match.start("name") for match in FIELD_START.finditer(self.text, search_from, limit))]
        for start, end in pairwise(starts):
            self.segment(start, end, closing)
        return self.last(starts[-1], limit, closing)

    def segment(self, start: int, end: int, closing: str) -> None:
        """One field that others follow."""
        name = NAME.match(self.text, start, end)
        if name is None:
            self.nameless(start, end)
            return
        try:
            value, offset, behind = self.values.value(name.end(), end)
        except SyntaxFault:
            self.repair(name["name"], start, name.end(), end)
            return
        rest = self.text[behind:end].strip(" \t\n,")
        if rest.strip(closing + " \t\n,"):
            self.repair(name["name"], start, name.end(), end)
            return
        if rest:
            self.tell("P119", behind, field=name["name"])
        self.fields.append(RawField(name["name"].lower(), value, offset, start, behind))

    def last(self, start: int, limit: int, closing: str) -> int:
        """The last field; returns the offset behind the entry."""
        name = NAME.match(self.text, start, limit)
        closed = self.text.rfind(closing, start, limit)
        end = limit if closed == -1 else closed
        if name is None:
            self.nameless(start, end)
        else:
            try:
                value, offset, behind = self.values.value(name.end(), limit)
            except SyntaxFault as fault:
                self.repair(name["name"], start, name.end(), end, fault)
            else:
                after = BLANK_OR_COMMA.match(self.text, behind, limit).end()  # type: ignore[union-attr]
                if after < limit and self.text[after] != closing:
                    self.repair(name["name"], start, name.end(), end)
                else:
                    self.fields.append(RawField(name["name"].lower(), value, offset, start, behind))
                    if after >= limit:
                        self.tell("P102", offset)
                    return min(after + 1, limit)
        return min(end + 1, limit)

    def nameless(self, start: int, end: int) -> None:
        """What does not begin with a name and its sign: a field whose sign is missing, or nothing that can be read."""
        self.tell("P104", start, text=self.excerpt(start))
        name = NAME_WITHOUT_SIGN.match(self.text, start, end)
        if name is not None:
            self.keep(name["name"], start, name.end(), end)

    def repair(self, name: str, start: int, position: int, end: int, fault: SyntaxFault | None = None) -> None:
        """Tells of a value that is missing, has no proper end or says too much, and keeps what there is."""
        if fault is not None and fault.code == "P108":
            self.tell("P108", fault.offset, **fault.arguments)
        elif self.text[position:end].strip("# \t\n,"):
            self.tell("P102", position)
        else:
            self.tell("P104", position, text=self.excerpt(position))
        self.keep(name, start, position, end)

    def keep(self, name: str, start: int, position: int, end: int) -> None:
        """Keeps as a value all that stands between a name and the next field."""
        typed = self.text[position:end]
        offset = position + len(typed) - len(typed.lstrip("# \t\n"))
        typed = typed.strip("# \t\n").rstrip("# \t\n,")
        closer = _OPENING.get(typed[:1], "")
        if closer:
            offset, typed = offset + 1, typed[1:]
        if typed.endswith(closer or "}"):
            typed = typed[:-1]
        self.fields.append(RawField(name.lower(), without_unpaired(typed), offset, start, end))

    def tell(self, code: str, offset: int, **arguments: str) -> None:
        """Reports a fault at an offset."""
        self.told = True
        self.report(code, offset, 1, **arguments)
