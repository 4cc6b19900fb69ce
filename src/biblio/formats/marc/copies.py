"""The copies of a document in libraries: their call numbers, and where they stand. Alike in UNIMARC and in MARC 21."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from biblio.formats.marc.people import Value
from biblio.formats.marc.record import MarcRecord
from biblio.formats.marc.statements import once, tidy


def place_copies(
    record: MarcRecord,
    fields: dict[str, Value],
    copies: Mapping[str, tuple[str, str]],
    classes: Sequence[str],
    class_codes: str,
    most_classes: int | None = None,
) -> None:
    """Fills ``library`` and ``holdings``.

    ``copies`` are the tags of copies, with the subfields of the call number, joined, and those of the place, of which
    the first counts; where no copy has a number, those of the ``classes`` stand for it, the first of them or all.
    """
    numbers: list[str] = []
    lines: list[str] = []
    for found in record.every(*copies):
        number_codes, place_codes = copies[found.tag]
        number = tidy(" ".join(found.every(number_codes)))
        place = tidy(found.first(place_codes)) if place_codes else ""
        if number and place:
            lines.append(f"{place.replace(':', ' ')} : {number}")
        elif number:
            numbers.append(number)
    if not numbers and not lines:
        numbers = [tidy(" ".join(found.every(class_codes))) for found in record.every(*classes)][:most_classes]
    fields["library"] = "; ".join(once(numbers))
    fields["holdings"] = "\n".join(once(lines))
