"""The characters of a record in ISO 2709: what it declares is tried against its bytes, for it is often false."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from pymarc.marc8 import marc8_to_unicode

from biblio.formats.marc.iso5426 import decode_iso5426, plausible_accents

_CODES = re.compile(rb"\x1fa\d{8}.{18}(\d\d)", re.DOTALL)
# The two halves of the sign above two letters that romanised Russian has in MARC-8.
_LIGATURE = re.compile(rb"\xeb[A-Za-z]\xec[A-Za-z]")
# Up to the next escape a character has three bytes (MARC-8, EACC).
_EAST_ASIAN = re.compile(rb"(\x1b[$(,]{0,2}1)([^\x1b]*)")
# A character that MARC-8 has not, by its number in Unicode.
_NUMBERED = re.compile(r"&#x0*((?!D[89A-F]..;)[0-9A-F]{2,5});", re.IGNORECASE)
_ESCAPED = re.compile("[\udc80-\udcff]")
# The accents of MARC-8 (ANSEL) that French, German and Spanish have, and those of what is romanised, which stand before
# their letter. The point above is not among them: « ça » would have one.
_ANSEL = {
    0xE1: "\u0300",
    0xE2: "\u0301",
    0xE3: "\u0302",
    0xE4: "\u0303",
    0xE5: "\u0304",
    0xE6: "\u0306",
    0xE8: "\u0308",
    0xE9: "\u030c",
    0xEA: "\u030a",
    0xF0: "\u0327",
    0xF2: "\u0323",
}


# Words of at least three letters in the encodings of DOS and of Windows.
_CYRILLIC = {
    "CP866": re.compile(rb"[\x80-\xaf\xe0-\xf1]{3,}"),
    "Windows-1251": re.compile(rb"[\xa8\xb8\xc0-\xff]{3,}"),
}
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a record's bytes are read, its name, and whether the record declares another."""

    name: str
    decode: Callable[[bytes], str]
    contradicts: bool = False


def encoding_of(leader: bytes, body: bytes, unimarc: bool) -> Encoding:
    """The encoding of a record, by what it declares where its bytes agree, else by its bytes."""
    declared = _declared(leader, body, unimarc)
    if body.isascii() and b"\x1b" not in body:
        return Encoding("UTF-8", _utf_8)
    try:
        body.decode("utf-8")
        valid = not body.isascii()
    except UnicodeDecodeError:
        valid = False
    if valid:
        return Encoding("UTF-8", _utf_8, declared not in ("UTF-8", ""))
    text = body.decode("utf-8", "surrogateescape")
    strangers = len(_ESCAPED.findall(text))
    if sum(1 for character in text if ord(character) > 0x7F) > 2 * strangers:
        return Encoding("UTF-8", _nearly_utf_8, True)
    if b"\x1b" not in body and (cyrillic := _cyrillic(body)):
        return Encoding(cyrillic, partial(str, encoding=cyrillic, errors="replace"), True)
    eight_bits = (
        Encoding("ISO 5426", decode_iso5426, declared not in ("ISO 5426", ""))
        if unimarc
        else Encoding("MARC-8", _marc_8, declared not in ("MARC-8", ""))
    )
    plausible = plausible_accents(body) if unimarc else _plausible_ansel(body)
    return eight_bits if plausible else Encoding("Windows-1252", _windows_1252, True)


def _declared(leader: bytes, body: bytes, unimarc: bool) -> str:
    if not unimarc:
        return "UTF-8" if leader[9:10] == b"a" else "MARC-8"
    found = _CODES.search(body)
    code = found[1] if found else b""
    # 01 is ISO 646, 03 ISO 5426, 50 ISO 10646 (UNIMARC manual, field 100, positions 26 to 29).
    return "UTF-8" if code == b"50" else "ISO 5426" if code in (b"01", b"03") else ""


def _cyrillic(body: bytes) -> str:
    """The encoding of a body whose letters beyond ASCII are nearly all in words of Cyrillic ones; else empty."""
    beyond = sum(byte > 0x7F for byte in body)
    for name, words in _CYRILLIC.items():
        if sum(len(word) for word in words.findall(body)) > _MOSTLY * beyond:
            return name
    return ""


def _utf_8(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _nearly_utf_8(content: bytes) -> str:
    text = content.decode("utf-8", "surrogateescape")
    return _ESCAPED.sub(lambda found: _windows_1252(bytes([ord(found[0]) - 0xDC00])), text)


def _windows_1252(content: bytes) -> str:
    # What stands where Windows-1252 leaves a hole, or where catalogues mark words that do not sort, stays a control.
    return "".join(
        chr(byte) if byte in (0x81, 0x88, 0x89, 0x8D, 0x8F, 0x90, 0x98, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in content
    )


def _whole(content: bytes) -> bytes:
    """The bytes without what is left of a character of three, of which pymarc would tell the terminal."""
    return _EAST_ASIAN.sub(lambda run: run[1] + run[2][: len(run[2]) // 3 * 3], content)


def _marc_8(content: bytes) -> str:
    try:
        text = marc8_to_unicode(_whole(content), hide_utf8_warnings=True)
        return unicodedata.normalize("NFC", _NUMBERED.sub(lambda found: chr(int(found[1], 16)), text))
    except (UnicodeDecodeError, ValueError, KeyError):
        return content.decode("latin-1")


def _plausible_ansel(body: bytes) -> bool:
    if b"\x1b" in body or _LIGATURE.search(body):
        return True
    pairs = [(first, second) for first, second in pairwise(body) if first >= 0xE0]
    fit = sum(
        1
        for first, second in pairs
        if first in _ANSEL and second < 0x80 and len(unicodedata.normalize("NFC", chr(second) + _ANSEL[first])) == 1
    )
    strangers = sum(1 for byte in body if 0xC9 <= byte <= 0xDF)
    return fit * 2 > len(pairs) + strangers or not (pairs or strangers)
