"""Two references side by side as a page shows them: each field as both have it, and which of the two is taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from biblio.citation import label_of as type_label
from biblio.editing.form import form_of
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
    An ``unusual`` field is one that the type of the first lacks.
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
    unusual: bool


def compared(
    kept: Reference, other: Reference, turned: Collection[str], lang: str, *, with_type: bool = False
) -> Sequence[Compared]:
    """The fields of two references; those ``turned`` go against the default. The type is offered ``with_type``."""
    rows = side_by_side(kept, other)
    return [_compared(row, (kept, other), turned, lang, with_type=with_type) for row in rows]


def chosen_values(kept: Reference, other: Reference, turned: Collection[str]) -> dict[str, str | None]:
    """The values that fields get against the default, as typed; ``None`` for a field that is left out."""
    rows = (row for row in side_by_side(kept, other) if row.field in turned)
    return {row.field: row.kept or None if _brings(row) else row.other for row in rows}


def _brings(row: Row) -> bool:
    return row.united.split() != row.kept.split()


def _compared(
    row: Row, both: tuple[Reference, Reference], turned: Collection[str], lang: str, *, with_type: bool
) -> Compared:
    brings = _brings(row)
    is_type = row.field == ENTRY_TYPE
    # What the other alone has and does not fit by itself may be taken all the same.
    apart = bool(row.other) and not row.kept and not brings
    can_be = row.field != "date" or _DATE.fullmatch(row.other) is not None
    offered = (with_type or not is_type) and can_be and (brings or row.differs or apart)
    usual = {field.name for field in form_of(both[0].entry_type, both[0].raw).expected}
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
        not is_type and bool(row.other) and not row.kept and row.field not in usual,
    )


def turned(form: FormData) -> frozenset[str]:
    """The fields that go against the default, of a form with a box for each that is offered."""
    brought, taken = (frozenset(map(str, form.getlist(name))) for name in ("brings", "take"))
    return brought ^ taken
