"""Records of other formats as references: fields under their biblatex names, read as if they stood in a ``.bib`` file.

Names, dates, pages and addresses are thus understood in one place, whatever they come from. What a format's reader has
to know is which of its fields is which of ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.text import without_controls
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.reference.reference import Origin, Reference
from biblio.words.faults import Diagnostic, Parsed, Span

_SPECIAL = re.compile(r"[\\{}#$%&_~^]")
_COMMANDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_NOT_IN_KEY = re.compile(r"[\s,={}\"#%\\~()']+")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its biblatex type and citekey, its fields by their biblatex names, and where it stands.

    A value is plain text. Several names are joined by `` and ``.
    """

    entry_type: str
    citekey: str
    fields: Mapping[str, str]
    place: Span


def references_of(records: Sequence[Record]) -> Parsed[tuple[Reference, ...]]:
    """The references of some records, with the faults of their values at the places of the records."""
    references: list[Reference] = []
    faults: list[Diagnostic] = []
    for record in records:
        read = read_bibtex(_entry(record).encode("utf-8", "replace"), record.place.path)
        origin = Origin(record.place, {})
        references += (replace(reference, origin=origin) for reference in read.value)
        faults += (replace(fault, span=record.place) for fault in read.diagnostics)
    return Parsed(tuple(references), tuple(faults))


def typed(value: str) -> str:
    """A plain text as a ``.bib`` file has it: the characters that LaTeX takes for its own are escaped."""
    return _SPECIAL.sub(lambda special: _COMMANDS.get(special[0], "\\" + special[0]), value)


def _entry(record: Record) -> str:
    key = _NOT_IN_KEY.sub("-", without_controls(record.citekey)).strip("-") or "sans-cle"
    lines = (f"  {name} = {{{_value(name, value)}}},\n" for name, value in record.fields.items() if value.strip())
    return f"@{record.entry_type}{{{key},\n{''.join(lines)}}}\n"


def _value(name: str, value: str) -> str:
    field = BY_BIBLATEX.get(name)
    verbatim = field is not None and field.kind in (Kind.VERBATIM, Kind.LINKS)
    text = without_controls(value)
    return text.replace("{", "%7B").replace("}", "%7D") if verbatim else typed(text)
