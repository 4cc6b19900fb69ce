"""Two references side by side as a page shows them: each field as both have it, and which of the two is taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from biblio.citation import label_of as type_label
from biblio.editing.uniting import ENTRY_TYPE, Row, side_by_side
from biblio.editing.values import shown
from biblio.reference.reference import Reference
from biblio.server.fields import label_of

# A date that can stand in one field; the others are words, or in parts.
_DATE = re.compile(r"[\d/.~?uX-]*+")


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of two references.

    ``brings`` says that the second adds something to the first, ``differs`` that both say something else. What is
    ``offered`` can be taken from the second or not, and by default is when it ``brings``; ``taken`` says whether it is.
    """

    field: str
    label: str
    kept: str
    other: str
    united: str
    brings: bool
    differs: bool
    offered: bool
    taken: bool


def compared(kept: Reference, other: Reference, turned: Collection[str], lang: str) -> Sequence[Compared]:
    """The fields of two references; those ``turned`` go against the default. The type is shown, and not offered."""
    return [_compared(row, (kept, other), turned, lang) for row in side_by_side(kept, other)]


def _compared(row: Row, both: tuple[Reference, Reference], turned: Collection[str], lang: str) -> Compared:
    brings = row.united.split() != row.kept.split()
    is_type = row.field == ENTRY_TYPE
    # What the other alone has and does not fit by itself may be taken all the same.
    apart = bool(row.other) and not row.kept and not brings
    can_be = row.field != "date" or _DATE.fullmatch(row.other) is not None
    offered = not is_type and can_be and (brings or row.differs or apart)
    mine, its = (type_label(each, lang) for each in both) if is_type else (row.kept, row.other)
    return Compared(
        row.field,
        label_of(row.field, lang),
        mine if is_type else shown(row.field, mine),
        its if is_type else shown(row.field, its),
        shown(row.field, row.united) if brings and row.kept else "",
        brings,
        row.differs,
        offered,
        offered and brings != (row.field in turned),
    )


def turned(form: FormData) -> frozenset[str]:
    """The fields that go against the default, of a form with a box for each that is offered."""
    brought, taken = (frozenset(map(str, form.getlist(name))) for name in ("brings", "take"))
    return brought ^ taken
