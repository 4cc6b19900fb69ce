"""Where, by whom and when a document was published, and how much of it there is: alike in UNIMARC and in MARC 21."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from biblio.formats.marc.people import Value
from biblio.formats.marc.record import Field, MarcRecord
from biblio.formats.marc.statements import NO_EXTENT, bare, date_of, extent_of, joined, once, tidy

# Where each part of an ``Extent`` goes.
_EXTENTS = {"pagetotal": "count", "pages": "pages", "volumes": "volumes", "duration": "duration"}
# « 1 vol. », « v. <1-3> », « p. cm »: neither volumes in the making nor pages without a number say how much there is.
_SAYS_NOTHING = re.compile(
    r"(?:\d++\s*+)?(?:v|vols?|volumes?)\b\.?\s*+(?:[\d<>\s-]*+|\((?:unpaged|non pag\S*|various pagings)\)|in \d+)"
    r"|p\.?\s*cm\.?|\W*",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"(?<=\d{4})\.\Z")
_NO_YEAR = re.compile(r"\d{5,}")
_KNOWN = re.compile(r"\d|\.\./")


@dataclass(frozen=True, slots=True)
class Imprint:
    """The fields of a format for it: the ``older`` one, and the ``newer``, whose second indicator says what it is of.

    ``publication`` are the indicators that count, the best first; ``dates`` those whose date counts for want of
    another. ``place``, ``name`` and ``date`` are the subfields of both.
    """

    older: str
    newer: str
    publication: str
    dates: str
    place: str
    name: str
    date: str


def place_imprint(record: MarcRecord, fields: dict[str, Value], imprint: Imprint) -> None:
    """Fills the places, the publishers and the date."""
    statements: Sequence[Field] = record.every(imprint.older)
    by_function: dict[str, list[Field]] = {}
    for found in record.every(imprint.newer):
        by_function.setdefault(found.indicator(2), []).append(found)
    statements = next((by_function[code] for code in imprint.publication if code in by_function), statements)
    places: list[str] = []
    publishers: list[str] = []
    dates: list[str] = []
    for found in statements:
        for code, value in found.subfields:
            if code == imprint.place:
                places += map(bare, value.split(";"))
            elif code == imprint.name:
                publishers.append(bare(value))
            elif code == imprint.date:
                dates.append(date_of(_STOPPED.sub("", value.strip())))
    for code in imprint.dates if by_function else "":
        for found in by_function.get(code, ()):
            dates += map(date_of, found.every(imprint.date))
    fields["location"] = once(places)
    fields["publisher"] = once(publishers)
    known = [date for date in dates if date]
    fields["date"] = next((date for date in known if _KNOWN.match(date)), known[0] if known else "")


def lacks_date(fields: dict[str, Value]) -> bool:
    """Whether there is no date, or one that is no year: « 19998 » goes to the note, and the coded one counts."""
    typed = str(fields.get("date") or "")
    if not _NO_YEAR.fullmatch(typed):
        return not typed
    fields["note"] = joined((str(fields.get("note") or ""), typed))
    return True


def place_extents(record: MarcRecord, fields: dict[str, Value], tag: str, *, part: bool) -> list[str]:
    """Fills pages, volumes and duration, and gives what else the extents say; a ``part`` is on pages of its host."""
    notes: list[str] = []
    for found in record.every(tag):
        for code, value in found.subfields:
            if code == "a":
                extent = extent_of(value, part)
                for name, part_of_it in _EXTENTS.items():
                    if text := getattr(extent, part_of_it):
                        fields.setdefault(name, text)
                if extent == NO_EXTENT and not _SAYS_NOTHING.fullmatch(tidy(value)):
                    notes.append(tidy(value))
            elif code == "e":
                notes.append(tidy(value))
    return notes
