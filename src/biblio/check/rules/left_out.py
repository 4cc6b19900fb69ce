"""F3, the last: what references carry and a style does not print, so that nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from biblio.check.finding import Finding, found, of_reference
from biblio.citation.left_out import left_out
from biblio.reference.fields import FIELDS
from biblio.reference.reference import Reference

_NAMES = {row.variable: row.biblatex for row in FIELDS}


# The references that each grammar prints; a grammar by its name, whether it says who else had a hand in them, and the
# variables that are printed beside it.
InPrint = Mapping[tuple[str, bool, tuple[str, ...]], Sequence[Reference]]


def field_left_out(printed: InPrint) -> Iterator[Finding]:
    """A field is left out by the grammar of a style: told once a grammar and field, at the first reference with it."""
    for (grammar, roles, beside), printed_by_it in sorted(printed.items(), key=lambda item: item[0]):
        carrying: dict[str, list[Reference]] = {}
        for reference in printed_by_it:
            for variable in left_out(reference, grammar, roles=roles):
                if variable not in beside:
                    carrying.setdefault(variable, []).append(reference)
        for variable, references in carrying.items():
            first = references[0]
            name = next((each for each in _NAMES[variable] if each in first.raw), _NAMES[variable][0])
            yield of_reference(first, found(name, grammar=grammar, field=name, count=len(references)))
