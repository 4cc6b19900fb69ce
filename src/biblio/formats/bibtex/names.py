"""Names and lists as BibTeX writes them: joined by « and », a name in one of three forms or in braces.

pybtex takes a name apart (first, von, last, junior); the extended form ``family=…, given=…`` is biblatex's (manual §
3.4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.bibtex.utils import split_tex_string
from pybtex.database import InvalidNameString, Person

from biblio.formats.bibtex.latex import decode_plain
from biblio.model.name import Name, Names

_EXTENDED = re.compile(r"^\s*(?:family|given|prefix|suffix)\s*=", re.IGNORECASE)
_EXTENDED_PARTS = {"family": "family", "given": "given", "prefix": "particle", "suffix": "suffix"}
# In any case, as BibTeX reads it (bibtex.web § 384).
_AND = r" (?i:and)(?= )"
_SIMPLE = re.compile(r"[^{}\\,~=]+")


@dataclass(frozen=True, slots=True)
class ParsedNames:
    """A list of names, and those among them that have too many commas to be taken apart."""

    names: Names
    faulty: tuple[str, ...] = ()


def split_list(value: str) -> list[str]:
    """The items of a list joined by « and »; braces protect an « and » inside an item."""
    value = re.sub(r"\s+", " ", value.strip())
    value = _whole_group(value)
    return [item for item in _split(f" {value} ", _AND) if item]


def _whole_group(value: str) -> str:
    """Drops the braces around a whole list: ``{{A} and {B}}`` is a list of two, ``{A and B}`` one literal."""
    if not (value.startswith("{") and value.endswith("}")) or " and " not in value:
        return value
    inner = value[1:-1]
    depth = 0
    for character in inner:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return value
    return inner if inner.startswith("{") and inner.endswith("}") else value


def _split(value: str, separator: str) -> list[str]:
    """The pieces between the matches of a pattern outside braces, without the blanks around them."""
    try:
        return list(split_tex_string(value, separator))
    except BibTeXError:
        return [piece.strip() for piece in re.split(separator, value)]


def split_names(value: str) -> ParsedNames:
    """The names of a field. A name that cannot be taken apart is kept as a literal and listed as faulty."""
    people: list[Name] = []
    faulty: list[str] = []
    others = False
    for item in split_list(value):
        if item.lower() == "others":
            others = True
        elif item:
            name = _name(item)
            people.append(name or Name(literal=decode_plain(item)))
            if name is None:
                faulty.append(decode_plain(item))
    return ParsedNames(Names(tuple(people), others), tuple(faulty))


def _name(item: str) -> Name | None:
    if item.startswith("{") and item.endswith("}") and _balanced(item[1:-1]):
        return Name(literal=decode_plain(item[1:-1]))
    if _EXTENDED.match(item):
        return _extended(item)
    family, comma, given = item.partition(",")
    simple = comma and _SIMPLE.fullmatch(family) and _SIMPLE.fullmatch(given)
    if simple and not any(word[0].islower() for word in family.split()):
        # By far the commonest form, « Family, Given » without a particle: no need of the library's machinery.
        return Name(family=family.strip(), given=given.strip())
    try:
        person = Person(item)
    except (InvalidNameString, BibTeXError):
        return None
    return Name(
        family=decode_plain(" ".join(person.last_names)),
        given=decode_plain(" ".join([*person.first_names, *person.middle_names])),
        particle=decode_plain(" ".join(person.prelast_names)),
        suffix=decode_plain(" ".join(person.lineage_names)),
    )


def _balanced(value: str) -> bool:
    depth = 0
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def _extended(item: str) -> Name | None:
    parts: dict[str, str] = {}
    for piece in _split(item, ","):
        key, equals, content = piece.partition("=")
        part = _EXTENDED_PARTS.get(key.strip().lower())
        if equals and part:
            parts[part] = decode_plain(content.strip().strip('"'))
    return Name(**parts) if parts else None
