"""Which RIS type a reference has, and which tag holds a variable in a record of that type.

Sources: RIS format specification (2011), whose tags mean another thing in each type, and the field map that Zotero's
importer of RIS documents (the one that most users of these files import with), where the specification leaves a choice.
A book has its series' editors in ``A2`` and its own in ``A3``; a chapter has the number of its series in ``SV``, for
``IS`` are its host's volumes; the ``SN`` of a report is its number; a web page has no number, for ``M1`` and ``VL`` are
read as dates.
"""

from __future__ import annotations

from collections.abc import Mapping

from biblio.reference.fields import FIELDS, Field
from biblio.reference.reference import Reference

TAGS: Mapping[str, Field] = {row.variable: row for row in FIELDS}

_PERIODICALS = "JOUR JFULL MGZN NEWS GEN"
_BOOKS = "BOOK EDBOOK"
_PAPERS = "CONF CPAPER"


def _by_type(otherwise: str, **types: str) -> Mapping[str, str]:
    """The tag for each type; a note (an empty tag) for those under ``N1``."""
    tags = {kind: "" if tag == "N1" else tag for tag, kinds in types.items() for kind in kinds.split()}
    return {**tags, "": otherwise}


# Of each variable whose tag is not the same in all types, the tags by type; under the empty one that of all the others.
_PLACES: Mapping[str, Mapping[str, str]] = {
    "editor": _by_type("ED", A2=f"{_PERIODICALS} {_PAPERS} CHAP DICT ENCYC", A3=_BOOKS),
    "translator": _by_type("A4", N1=f"{_PAPERS} MPCT DATA CASE PAT"),
    "book_author": _by_type("", C2="CHAP"),
    "collection_title": _by_type("T3", T2=f"{_BOOKS} RPRT COMP MAP PAMP THES STAND"),
    "number": _by_type("M1", IS=_PERIODICALS, SV="CHAP CASE LEGAL", SN="RPRT STAND PAT", N1="ELEC COMP", NV="DATA"),
    "issue": _by_type(""),
    "volume": _by_type("VL", N1="ELEC PAT"),
    "number_of_volumes": _by_type("NV", N1="DATA"),
    "version": _by_type("", ET="COMP DATA"),
    "short_title": _by_type("ST"),
    "short_journal_title": _by_type("J2"),
}


def ris_type(reference: Reference) -> str:
    """The type of the record: a collection that has authors is a book, for an edited one has its editors in ``AU``."""
    kind = reference.type.ris
    if kind == "JOUR":
        return {"newspaper": "NEWS", "magazine": "MGZN"}.get(reference.label.lower(), kind)
    return "BOOK" if kind == "EDBOOK" and reference.author else kind


def tag_of(row: Field, kind: str) -> str:
    """The tag of a variable in a record of a type; empty when its place is a note."""
    places = _PLACES.get(row.variable)
    return row.ris if places is None else places.get(kind, places[""])
