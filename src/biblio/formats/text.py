"""Bytes to text: finds the encoding of a file and brings its line ends and accents to one form."""

from __future__ import annotations

import codecs
import unicodedata

from biblio.diagnostics import Diagnostic, Parsed, Span, diagnose

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_bytes(content: bytes, path: str) -> Parsed[str]:
    """The text of a file, with line feeds alone for line ends.

    A byte order mark decides; without one the text is UTF-8, and when it cannot be, Windows-1252, which is reported
    (P001). Null characters are dropped and reported (P002).
    """
    text, diagnostics = _decode(content, path)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        diagnostics.append(diagnose("P002", Span(path, line)))
        text = text.replace("\0", "")
    return Parsed(text, tuple(diagnostics))


def _decode(content: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), []
            except UnicodeDecodeError as error:
                return content.decode(encoding, "replace"), [_undecodable(content, error.start, path, encoding)]
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError as error:
        # cp1252 leaves five bytes undefined; latin-1 gives every byte a character, so nothing is lost.
        text = "".join(
            bytes([byte]).decode("cp1252" if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "latin-1")
            for byte in content
        )
        return text, [_undecodable(content, error.start, path, "Windows-1252")]


def _undecodable(content: bytes, offset: int, path: str, encoding: str) -> Diagnostic:
    return diagnose("P001", Span(path, content.count(b"\n", 0, offset) + 1), encoding=encoding)


def normalise(value: str) -> str:
    """The composed form (NFC) of a string: an accent typed apart from its letter is the same letter."""
    return value if value.isascii() else unicodedata.normalize("NFC", value)
