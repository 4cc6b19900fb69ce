"""MARC as catalogues and their clients show it, « 200 1# $a Titre $f Auteur », a line for each field.

Sources: the views of records of Koha, PMB, the Sudoc, the Library of Congress, COBISS and yaz-client, as copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from biblio.formats.marc.record import Field, MarcRecord, subfields_of
from biblio.formats.text import start_of

# How views mark a subfield; « [a] » only where the first of a field stands so, for titles have brackets too.
_MARKS = (re.compile(r"[$|‡ǂ▼\x1f]([a-z0-9])[^\S\n]?"), re.compile(r"\[([a-z0-9])\][^\S\n]?"))
_MARK = r"(?:[$|‡ǂ▼\x1f][a-z0-9]|\[[a-z0-9]\])"
# The indicators may be parted, be written as signs, or be missing.
_FIELD = re.compile(
    r"(?P<tag>\d{3})(?:[^\S\n]{1,3}|(?=[\d#_|$‡ǂ▼\x1f]))(?P<marks>[\d #_|\\-]{0,3}?)[^\S\n]{0,3}"
    rf"(?P<rest>{_MARK}.*)"
)
_CONTROL = re.compile(r"(?P<tag>00\d)[^\S\n]{1,4}(?P<rest>[^$|‡ǂ\[\s].*)")
_LEADER = re.compile(
    r"(?:(?:LDR|000|[Ll]eader)[:\s]{1,4})?(?P<leader>[\d |#*-]{5}[acdnpo][a-z][a-z][ #a-z\d|-].{0,15})"
)
_TITLE = re.compile(rf"^(?:200|245)[^\S\n]{{0,3}}[\d #_|\\-]{{0,3}}[^\S\n]{{0,3}}{_MARK}", re.MULTILINE)
# Fewer fields among the first lines are prose.
_LEAST = 3


def looks_like_displayed(content: bytes) -> bool:
    """Whether a file begins as a record that a catalogue shows: fields in lines, one of them with the title."""
    text = start_of(content)
    if _TITLE.search(text) is None:
        return False
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()][: 2 * _LEAST]
    return sum(_FIELD.match(line) is not None or _CONTROL.match(line) is not None for line in lines) >= _LEAST


def displayed_records(text: str) -> Iterator[MarcRecord]:
    """The records of a text with line feeds alone for line ends; an empty line, a leader or a second 001 begins one.

    A line that is none of a field goes on with the field before.
    """
    leader, lines, number, place = "", list[str](), 0, 0
    for at, typed in enumerate(text.split("\n"), 1):
        line = typed.strip().lstrip("\ufeff")
        is_field = _FIELD.match(line) or _CONTROL.match(line)
        begins = None if is_field else _LEADER.fullmatch(line)
        if lines and (not line or begins or (is_field and line.startswith("001"))):
            number += 1
            yield MarcRecord(leader, [_field(each) for each in lines], number, place)
            leader, lines = "", []
        if begins:
            leader = begins["leader"]
        elif is_field:
            place = place if lines else at
            lines.append(line)
        elif line and lines:
            lines[-1] += f" {line}"
    if lines:
        yield MarcRecord(leader, [_field(each) for each in lines], number + 1, place)


def _field(line: str) -> Field:
    found = _FIELD.match(line)
    if found is None:
        tag, _, text = line.partition(" ")
        return Field(tag[:3], text=text.strip())
    rest = found["rest"]
    mark = next(mark for mark in _MARKS if mark.match(rest))
    _, *parts = mark.split(rest)
    subfields = [(code, value.strip()) for code, value in zip(parts[::2], parts[1::2], strict=True)]
    if found["tag"] < "010":
        return Field(found["tag"], text=" ".join(value for _, value in subfields))
    indicators = re.sub(r"[#_|\\-]", " ", found["marks"].replace(" ", "") or "  ").ljust(2)
    return Field(found["tag"], indicators[:2], subfields_of(subfields))
