"""What is read of fields that an entry has several times: addresses, names and lists of words are one value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from biblio.formats.bibtex.syntax import RawField
from biblio.reference.fields import FIELDS, Kind

# What joins the values of the fields that may come several times. Programs that give each author a field of its own
# mean all of them, where BibTeX would print the first alone.
_JOINT_OF = {Kind.KEYWORDS: ", ", Kind.NAMES: " and "}
_JOINTS = {"url": " "} | {name: _JOINT_OF[row.kind] for row in FIELDS if row.kind in _JOINT_OF for name in row.biblatex}


def may_come_again(name: str) -> bool:
    """Whether the values of all the fields of a name are one."""
    return name in _JOINTS


def joined(first: RawField, others: Sequence[RawField]) -> RawField:
    """A field that may come again with the values of the others of its name behind its own, each once."""
    values = [first.value, *(more for each in others if (more := each.value.strip()) and more != first.value.strip())]
    values = list(dict.fromkeys(values))
    return first.with_value(_JOINTS[first.name].join(values)) if len(values) > 1 else first


def as_read(fields: Iterable[RawField]) -> dict[str, RawField]:
    """The fields of an entry by their names, each with the value that is read of all those of its name."""
    found: dict[str, RawField] = {}
    again: dict[str, list[RawField]] = {}
    for field in fields:
        if found.setdefault(field.name, field) is not field and may_come_again(field.name):
            again.setdefault(field.name, []).append(field)
    return found | {name: joined(found[name], others) for name, others in again.items()}
