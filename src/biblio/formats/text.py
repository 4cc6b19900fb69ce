"""Bytes to text: finds the encoding of a file and brings its line ends and accents to one form."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from biblio.text.positions import Positions
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

# Characters that print nothing and change what others do: controls but for tabs and line feeds, marks that turn the
# direction of writing, halves of a character.
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")

# All of ASCII, and the controls among it, as bytes; letters and accents that compose with nothing before them.
_ASCII = bytes(range(128))
_ASCII_CONTROLS = bytes(code for code in range(128) if CONTROL.fullmatch(chr(code)))
_MAY_COMPOSE = re.compile("[^\x80-\u02ff\u2002-\u20cf]")

# Bytes of a file that are looked at to tell its format; even, so that no character of UTF-16 is cut.
MOST_LOOKED_AT = 65_536

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# « % Encoding: Cp1252 », JabRef's; « % -*- coding: latin-1 -*- », that of editors.
_DECLARATION = re.compile(
    rb"^[ \t]*%+[^\n\r]*?coding[:=]\s*(?P<name>[A-Za-z0-9][\w.:-]*)", re.IGNORECASE | re.MULTILINE
)
# Python knows others that are none of texts, or that hide characters.
_ENCODINGS = re.compile(
    r"iso8859-\d+|cp\d+|mac-[\w-]+|koi8-\w|gb\w+|big5\w*|shift_jis\w*|euc_\w+|johab|hz|tis-620|kz1048|ptcp154",
)
# The controls that stand where Windows-1252 has characters.
_MISREAD = re.compile("[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")
_UNDEFINED_IN_1252 = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_EIGHT_BITS = (("Windows-1252", ""), ("Mac Roman", "mac_roman"), ("CP850", "cp850"))
_INSIDE_A_WORD = re.compile(rb"(?<=[A-Za-z\'])[\x80-\xff](?=[a-z])")
# The letters inside words, and the signs that may stand there too.
_ACCENTED = frozenset("éèêëàâçîïôûùüöä")
_NO_LETTERS = frozenset("’–—…\u00a0")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\0-\x7f]")


def decode_bytes(content: bytes, path: str) -> Parsed[str]:
    """The text of a file, with line feeds alone for line ends.

    A byte order mark decides; without one the text is UTF-8, perhaps with a few strange bytes (P003), or else in
    UTF-16, in the encoding that a comment at its head names, or in that of eight bits whose letters French words are
    made of, as a rule Windows-1252; which one it is, is reported (P001). Null characters are dropped and reported
    (P002). C1 controls are characters of Windows-1252, as HTML 5 reads them (§ 13.2.3.5), and reported (P004).
    """
    text, diagnostics = _decode(content, path)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line, _ = Positions(text, path).place(text.index("\0"))
        diagnostics.append(diagnose("P002", Span(path, line)))
        text = text.replace("\0", "")
    if _MISREAD.search(beyond_ascii(text)):
        line, _ = Positions(text, path).place(_MISREAD.search(text).start())  # type: ignore[union-attr]  # it is there
        text, count = _MISREAD.subn(lambda match: _in_1252(ord(match.group())), text)
        diagnostics.append(diagnose("P004", Span(path, line), count=count))
    return Parsed(text, tuple(diagnostics))


def beyond_ascii(text: str) -> str:
    """The characters of a text beyond ASCII, in their order: what few there are is searched many times faster."""
    if text.isascii():
        return ""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def has_controls(text: str, beyond: str) -> bool:
    """Whether a text, with its characters ``beyond`` ASCII, has one of ``CONTROL``."""
    encoded = text.encode("utf-8", "surrogatepass")
    return len(encoded.translate(None, _ASCII_CONTROLS)) < len(encoded) or CONTROL.search(beyond) is not None


def is_composed(text: str, beyond: str) -> bool:
    """Whether a text, with its characters ``beyond`` ASCII, is in NFC."""
    return _MAY_COMPOSE.search(beyond) is None or unicodedata.is_normalized("NFC", text)


def start_of(content: bytes) -> str:
    """The first characters of a file, some 64,000, with line feeds alone for line ends, to tell what it is."""
    return decode_bytes(content[:MOST_LOOKED_AT], "").value.removeprefix("\ufeff")


def _decode(content: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), []
            except UnicodeDecodeError as error:
                return content.decode(encoding, "replace"), [_undecodable(content, error.start, path, encoding)]
    unmarked = _unmarked(content)
    if unmarked is not None:
        return content.decode(unmarked, "replace"), [_undecodable(content, 0, path, unmarked.upper())]
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError as error:
        declared = _declared(content)
        if declared is not None:
            return content.decode(declared), [_undecodable(content, error.start, path, declared)]
        text = content.decode("utf-8", "surrogateescape")
        strangers = len(_ESCAPED_BYTE.findall(text))
        if strangers < len(_BEYOND_ASCII.findall(text)) - strangers:
            # A few bytes of another encoding in a text that is in UTF-8 but for them: pasted, or cut in two.
            span = Span(path, content.count(b"\n", 0, error.start) + 1)
            return _ESCAPED_BYTE.sub(_of_byte, text), [diagnose("P003", span, count=strangers)]
        name, encoding = _of_eight_bits(content)
        text = content.decode(encoding) if encoding else codecs.charmap_decode(content, "strict", _WINDOWS_1252)[0]
        return text, [_undecodable(content, error.start, path, name)]


def _of_eight_bits(content: bytes) -> tuple[str, str]:
    """What an encoding of eight bits is called, and its name in Python; that is empty for Windows-1252.

    Old exports of the Macintosh and of DOS are told by the letters with accents inside their words.
    """
    inside = Counter(_INSIDE_A_WORD.findall(content[:1_000_000])).items()
    score = {
        name: sum(
            count * _weight(_in_1252(byte[0]) if not encoding else byte.decode(encoding)) for byte, count in inside
        )
        for name, encoding in _EIGHT_BITS
    }
    # One letter may be anything.
    best = max(_EIGHT_BITS, key=lambda row: score[row[0]])
    return best if score[best[0]] > 1 else _EIGHT_BITS[0]


def _weight(character: str) -> int:
    """What a character inside a word says for the encoding that gives it."""
    return 1 if character in _ACCENTED else 0 if character in _NO_LETTERS else -1


def _unmarked(content: bytes) -> str | None:
    """The form of UTF-16 that a file without its mark is in, if every other byte of most of its characters is null."""
    sample = content[:4096]
    if len(content) % 2 or b"\0" not in sample:
        return None
    high = {"utf-16-le": sample[1::2], "utf-16-be": sample[::2]}
    return next((name for name, half in high.items() if half.count(0) * 4 > len(half) * 3), None)


def _declared(content: bytes) -> str | None:
    """The encoding that a comment names at the head of a file, when all of the file can be read in it."""
    match = _DECLARATION.search(content[:1000])
    if match is None:
        return None
    name = match["name"].decode("ascii").lower().removeprefix("x-")
    try:
        encoding = codecs.lookup(name).name
        if _ENCODINGS.fullmatch(encoding) is None:
            return None
        content.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
    return encoding


def _of_byte(match: re.Match[str]) -> str:
    return _in_1252(ord(match.group()) - 0xDC00)


def _in_1252(byte: int) -> str:
    """The character of a byte; the five that Windows-1252 leaves undefined are those of Latin-1, so nothing is lost."""
    return bytes([byte]).decode("latin-1" if byte in _UNDEFINED_IN_1252 else "cp1252")


# The characters of all bytes, in their order: whole catalogues are read by it.
_WINDOWS_1252 = "".join(map(_in_1252, range(256)))


def _undecodable(content: bytes, offset: int, path: str, encoding: str) -> Diagnostic:
    return diagnose("P001", Span(path, content.count(b"\n", 0, offset) + 1), encoding=encoding)


def normalise(value: str) -> str:
    """The composed form (NFC) of a string: an accent typed apart from its letter is the same letter."""
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def without_controls(value: str) -> str:
    """The value without the characters of ``CONTROL``; those that part words, as the form feed does, become spaces."""
    # What can be printed has none; the search is slower by far.
    return value if value.isprintable() else CONTROL.sub(_blank, value)


def _blank(match: re.Match[str]) -> str:
    return " " if match.group().isspace() else ""
