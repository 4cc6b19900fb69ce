"""The names of exports: persons turned to « Family, Given », bodies as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from biblio.formats.records import Body
from biblio.reference.body_names import names_a_body

_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\s+al\.?|et\s+coll\.?)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|[IVX]{2,4}|2nd|3rd)\.?", re.IGNORECASE)
# « Smith JA »: a family name and initials, as MEDLINE and its kin write people.
_INITIALS = re.compile(
    r"(?P<family>.+?)(?<!\s)\s++"
    r"(?P<initials>[A-ZÀ-Þ]{1,4}|(?:[A-ZÀ-Þ]\.[ -]?){1,4})(?P<suffix>\s+(?:Jr|Sr|[23]rd|2nd))?"
)
# A word of a person's name: an initial, a capital and small letters, or a particle.
_NAME_WORD = re.compile(r"[A-ZÀ-Þ]\.?|[A-ZÀ-ÞŒ][\w'’-]*[a-zà-ÿœ]\.?|d[aeiou]s?|v[ao]n|der|del|la|le")
_ADDRESS = re.compile(r"(?:(?<!\s)\s+)?[(<\[][^()<>\[\]@]*+@[^()<>\[\]]*+[)>\]]")
_AND = re.compile(r"(?<!\s)\s+(?:and|et|&)\s+")


def people(value: str, *, initials: bool = False, given_first: bool = False) -> Iterator[str]:
    """The names of a value: mostly one, several between semicolons or on lines of their own.

    With ``initials`` a name without a comma is read as « Family XY », and with ``given_first`` as « Given Family » when
    nothing in it is a body's.
    """
    lines = value.split("\n")
    value = "; ".join(lines) if all("," in line for line in lines) else value
    for part in " ".join(value.split()).split(";"):
        both = _AND.split(part)
        # « Un, A. and Deux, B. » on one line; a body may have the word in its name.
        for each in both if len(both) > 1 and all("," in half for half in both) else [part]:
            if name := _one(each.strip(" ;,"), initials):
                yield name if not given_first or "," in name or name == "others" else _turned(name)


def _turned(name: str) -> str:
    """« Paul Durand » as « Durand, Paul »; a body, and what may be one, as it stands."""
    words = name.split()
    if not 2 <= len(words) <= 4 or names_a_body(name) or not all(map(_NAME_WORD.fullmatch, words)):
        return name
    start = next((at for at, word in enumerate(words[1:], 1) if word[0].islower()), len(words) - 1)
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}" if words[-1][0].isupper() else name


@lru_cache(maxsize=4096)
def _one(name: str, initials: bool) -> str:
    name = _ADDRESS.sub("", name)
    if not name or name in (".", "-"):
        return ""
    if _OTHERS.fullmatch(name):
        return "others"
    parts = [part.strip() for part in name.split(",")]
    parts = [part for part in parts if part]
    if len(parts) == 2:
        return ", ".join(parts)
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):
        return f"{parts[0]}, {parts[2]}, {parts[1]}"
    if len(parts) == 1 and initials and (match := _INITIALS.fullmatch(parts[0])):
        suffix = (match["suffix"] or "").strip()
        return ", ".join(filter(None, (match["family"], suffix, match["initials"])))
    return Body(name)
