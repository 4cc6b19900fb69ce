"""The text of a file and its bytes: where a value stands, and how to change some characters and nothing else."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from biblio.check.finding import Change
from biblio.text.positions import Positions
from biblio.words.faults import Span

_MIXED = "utf-8 and a few strange bytes"
# A file begins with one of these marks, or with none and is then in UTF-8, in Windows-1252, or in UTF-8 with a few
# bytes of Windows-1252 in it.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-8"),
    (b"", "cp1252"),
    (b"", _MIXED),
)
# What the reader leaves out of a text or changes in it, so that its lines end in line feeds alone.
_CHANGED = re.compile(r"\r\n|\r|\0")
_NAME = re.compile(r"(?<![^\s=,{}\"#%()@])(?P<name>[^\s=,{}\"#%()@]++)(?P<gap>[ \t]*+)=\s*+(?:[{\"]\s*+)?\Z")
_CLOSING_MARK = re.compile(r"\s*[}\"]")
# The comma before a field, at the head of its line or at the end of another; the comma behind it, and the line's end.
_COMMA_BEFORE = re.compile(r"(?P<line>\n[ \t]*)?,\s*\Z")
_COMMA_BEHIND = re.compile(r"[ \t]*,(?:[ \t]*(?P<line>\n)|[ \t]*)")
_OPENING, _CLOSING = '{"', '}"'
_STRANGE = re.compile("[\udc80-\udcff]")
_WINDOW = 300  # characters around a value in which its field's name and its braces stand
_UNDEFINED_IN_1252 = "\x81\x8d\x8f\x90\x9d"


@dataclass(frozen=True)
class SourceText:
    """A file's text as the reader sees it: without mark, line feeds alone for line ends."""

    path: str
    text: str

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self.text, self.path)

    @property
    def line_count(self) -> int:
        """The number of lines."""
        return self._positions.line_count

    def offset(self, span: Span) -> int:
        """The offset of the first character of a span."""
        return self._positions.offset(span)

    def span(self, start: int, end: int) -> Span:
        """The span of some characters; of several lines, the part on the first one."""
        return self._positions.span_on_line(start, end)

    def value_offset(self, span: Span, value: str) -> int | None:
        """Where a value begins in the text; ``None`` when it does not stand there letter for letter.

        It does not when it is joined from pieces (``#``), comes from a macro, or has accents typed apart.
        """
        start = self.offset(span)
        if not self.text.startswith(value, start):
            return None
        # Windows of the text, not all that is before and after: a file may be long, and its faults many.
        before = self.text[max(0, start - _WINDOW) : start].rstrip()[-1:]
        after = self.text[start + len(value) : start + len(value) + _WINDOW].lstrip()[:1]
        return start if before in _OPENING and after in _CLOSING and before and after else None

    def renaming(self, start: int, name: str) -> Change | None:
        """The change that gives the field whose value begins at ``start`` another name."""
        match = _NAME.search(self.text, max(0, start - _WINDOW), start)
        if match is None:
            return None
        start, sign = match.start("name"), match.end("gap")
        return Change(start, sign, aligned(self.text, start, sign, name))

    def adding(self, start: int, end: int, name: str, value: str) -> Change | None:
        """The change that adds a field behind the one whose value stands from ``start`` to ``end``, in its layout."""
        match = _NAME.search(self.text, max(0, start - _WINDOW), start)
        if match is None:
            return None
        behind = self.text[end : end + _WINDOW]
        closing = end + len(behind) - len(behind.lstrip())
        margin = self.text[self.text.rfind("\n", 0, match.start("name")) + 1 : match.start("name")]
        gap = " " if margin.strip() else f"\n{margin}"
        label = aligned(self.text, match.start("name"), match.end("gap"), name)
        return Change(closing + 1, closing + 1, f",{gap}{label}= {{{value}}}")

    def removing(self, start: int, end: int) -> Change | None:
        """The change that takes away the field whose value stands from ``start`` to ``end``, with its comma and line.

        ``None`` where something else stands between the value and its comma, a comment for instance.
        """
        match = _NAME.search(self.text, max(0, start - _WINDOW), start)
        closing = _CLOSING_MARK.match(self.text, end)
        if match is None or closing is None:
            return None
        first, last = match.start("name"), closing.end()
        leading = _COMMA_BEFORE.search(self.text, max(0, first - _WINDOW), first)
        trailing = _COMMA_BEHIND.match(self.text, last)
        # The comma that goes is the one that is typed with the field: before it in a column of commas, or behind it.
        if leading and leading["line"] is not None:
            return Change(leading.start(), last, "")
        if trailing:
            margin = self.text.rfind("\n", 0, first) + 1
            whole = not self.text[margin:first].strip(" \t") and trailing["line"] is not None
            return Change(margin if whole else first, trailing.end(), "")
        return Change(leading.start(), last, "") if leading else None


def aligned(text: str, start: int, sign: int, name: str) -> str:
    """A field's name with the blanks behind it, like that of the field whose name and « = » stand at these offsets.

    They reach up to the column of « = » when the field has a line of its own and the neighbouring lines share it.
    """
    margin = text.rfind("\n", 0, start) + 1
    is_listed = not text[margin:start].strip(" \t,")
    column = sign - margin
    line_end = text.find("\n", sign)
    above = text[text.rfind("\n", 0, max(0, margin - 1)) + 1 : margin]
    below = text[line_end + 1 : line_end + 1 + column + 1] if line_end != -1 else ""
    shared = is_listed and any(re.match(rf"[^=\n]{{{column}}}=", line) for line in (above, below))
    typed = text[start:sign]
    room = len(typed) if shared else 0
    # Where the name leaves no blank before « = », one is kept.
    return name.ljust(room) if len(name) < room else name + typed[len(typed.rstrip()) :][:1]


def rewrite(content: bytes, text: str, changes: Sequence[Change]) -> bytes | None:
    """The bytes of a file after some changes of its text; all others stay what they were.

    ``text`` is that of the reader, and ``changes`` do not overlap. ``None`` when the file's encoding has no place for
    a new character, or is not understood well enough to promise that nothing else changes.
    """
    for mark, codec in _MARKS:
        if not content.startswith(mark):
            continue
        typed = _decoded(content[len(mark) :], codec)
        if typed is None or _as_read(typed) != text or _encoded(typed, codec) != content[len(mark) :]:
            continue
        encoded = _encoded(_changed(typed, changes), codec)
        return None if encoded is None else mark + encoded
    return None


def _as_read(typed: str) -> str:
    """What the reader makes of line ends, null characters and strange bytes (see ``formats.text``)."""
    typed = _STRANGE.sub(lambda match: _decoded_byte(ord(match.group()) - 0xDC00), typed)
    return typed.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") if _CHANGED.search(typed) else typed


def _changed(typed: str, changes: Sequence[Change]) -> str:
    """The text as typed after changes whose offsets count the characters of the text as read."""
    dropped = [
        match.start() - index
        for index, match in enumerate(match for match in _CHANGED.finditer(typed) if match.group() != "\r")
    ]
    newline = "\r\n" if "\r\n" in typed else "\r" if "\r" in typed and "\n" not in typed else "\n"
    pieces: list[str] = []
    end = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        start, stop = (offset + bisect_left(dropped, offset) for offset in (change.start, change.end))
        pieces += [typed[end:start], change.text.replace("\n", newline)]
        end = stop
    return "".join([*pieces, typed[end:]])


def _decoded(content: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return "".join(map(_decoded_byte, content))
    try:
        return content.decode("utf-8", "surrogateescape") if codec == _MIXED else content.decode(codec)
    except UnicodeDecodeError:
        return None


def _decoded_byte(byte: int) -> str:
    """Five bytes mean nothing in Windows-1252; the reader takes them for the controls of Latin-1."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _encoded(text: str, codec: str) -> bytes | None:
    try:
        if codec == "cp1252":
            return b"".join(c.encode("latin-1" if c in _UNDEFINED_IN_1252 else "cp1252") for c in text)
        return text.encode("utf-8", "surrogateescape") if codec == _MIXED else text.encode(codec)
    except UnicodeEncodeError:
        return None
