"""MARC as text with a line for each field, « =245  10$aTitle », in which MarcEdit and MARCMaker have records.

Source: Library of Congress, MARCMaker and MARCBreaker user's manual; MarcEdit's help on mnemonic files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from biblio.formats.marc.record import Field, MarcRecord, subfields_of
from biblio.formats.text import start_of

_LINE = re.compile(r"=(?P<tag>[0-9A-Z]{3})  ?(?P<rest>.*)")
_FIRST = re.compile(r"^=(?:LDR|000)  ?[\w\\ -]{5}[a-z\\]", re.MULTILINE)
_LEADERS = ("LDR", "000")
_SIGN = re.compile(r"\{(?P<name>[A-Za-z]+)\}(?P<letter>[A-Za-z]?)")
# Signs that mean something in these lines, by the names that stand for them.
_SIGNS = {"dollar": "$", "lcub": "{", "rcub": "}", "lsqb": "[", "rsqb": "]", "bsol": "\\", "copy": "©", "deg": "°"}
# Accents, which stand before their letter.
_ACCENTS = {
    "grave": "\u0300",
    "acute": "\u0301",
    "circ": "\u0302",
    "tilde": "\u0303",
    "macr": "\u0304",
    "breve": "\u0306",
    "dot": "\u0307",
    "uml": "\u0308",
    "ring": "\u030a",
    "caron": "\u030c",
    "cedil": "\u0327",
    "ogon": "\u0328",
}


def looks_like_mnemonic(content: bytes) -> bool:
    """Whether a file has a line with a leader."""
    return _FIRST.search(start_of(content)) is not None


def mnemonic_records(text: str) -> Iterator[MarcRecord]:
    """The records of a text with line feeds alone for line ends; a leader, or an empty line, begins one.

    A line without a tag goes on with the field before.
    """
    lines: list[tuple[str, str]] = []
    number, place = 0, 0
    for at, line in enumerate(text.split("\n"), 1):
        found = _LINE.match(line)
        if lines and (not line.strip() or (found and found["tag"] in _LEADERS)):
            number += 1
            yield _record(lines, number, place)
            lines = []
        if found:
            place = place if lines else at
            lines.append((found["tag"], found["rest"]))
        elif lines:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.strip()}")
    if lines:
        yield _record(lines, number + 1, place)


def _record(lines: list[tuple[str, str]], number: int, place: int) -> MarcRecord:
    leader = next((rest.replace("\\", " ") for tag, rest in lines if tag in _LEADERS), "")
    fields = [_field(tag, rest) for tag, rest in lines if tag not in _LEADERS]
    return MarcRecord(leader, fields, number, place)


def _field(tag: str, rest: str) -> Field:
    if tag < "010":
        return Field(tag, text=_SIGN.sub(_character, rest.replace("\\", " ")).rstrip())
    parts = rest[2:].split("$")
    if len(parts) == 1:
        return Field(tag, subfields=subfields_of((("a", _SIGN.sub(_character, rest[2:].strip())),)))
    subfields = [(part[0], _SIGN.sub(_character, part[1:]).rstrip()) for part in parts if part.strip()]
    return Field(tag, rest[:2].replace("\\", " ").ljust(2), subfields_of(subfields))


def _character(found: re.Match[str]) -> str:
    name, letter = found["name"].lower(), found["letter"]
    if name in _ACCENTS and letter:
        return unicodedata.normalize("NFC", letter + _ACCENTS[name])
    return _SIGNS[name] + letter if name in _SIGNS else found[0]
