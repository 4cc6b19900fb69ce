"""The linking fields of UNIMARC (block 4), in subfields of their own or with the fields of the other record inside."""

from __future__ import annotations

from biblio.formats.marc.record import Field

# Which subfield of a linking field says what one of an embedded field does.
_EMBEDDED = {
    ("200", "a"): "t",
    ("200", "e"): "o",
    ("200", "f"): "f",
    ("200", "v"): "v",
    ("200", "h"): "h",
    ("200", "i"): "i",
    ("500", "a"): "t",
    ("011", "a"): "x",
    ("010", "a"): "y",
    ("210", "a"): "c",
    ("210", "c"): "n",
    ("210", "d"): "d",
    ("214", "a"): "c",
    ("214", "c"): "n",
    ("214", "d"): "d",
    ("215", "a"): "p",
    ("225", "v"): "v",
    ("700", "a"): "a",
    ("856", "u"): "u",
}


def unpacked(found: Field) -> Field:
    """A linking field in subfields of its own, from those of the fields that ``$1`` embeds in it."""
    if not any(code == "1" for code, _ in found.subfields):
        return found
    subfields: list[tuple[str, str]] = []
    tag = ""
    for code, value in found.subfields:
        if code == "1":
            tag = value[:3]
            # « 001 » and its value in one; « 200 1 » and « 2001# » are a tag with its indicators.
            if tag[:2] == "00":
                tag = ""
        elif tag and (new := _EMBEDDED.get((tag, code))):
            subfields.append((new, value))
        elif not tag:
            subfields.append((code, value))
    return Field(found.tag, found.indicators, tuple(subfields))
