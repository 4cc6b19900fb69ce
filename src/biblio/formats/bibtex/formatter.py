"""Rewrites the text of a ``.bib`` file in one readable form, without a change to what it says.

Entries get the project's layout (see ``layout``): types and names of fields in small letters, fields in one order,
values in braces, one blank line between two entries. Macros, ``#``, comments, ``@string``, ``@preamble`` and
``@comment`` stay what and where they are. An entry with a fault of syntax is left as it is, byte for byte, and so is
one that would not be read again exactly as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from biblio.formats.bibtex.grammar import BARE, BLANK, NAME
from biblio.formats.bibtex.layout import folded, lay_out, line_of, rank
from biblio.formats.bibtex.macros import Macros
from biblio.formats.bibtex.splitter import split
from biblio.formats.bibtex.syntax import Command, Positions, RawEntry, RawField
from biblio.formats.bibtex.values import SyntaxFault, ValueReader
from biblio.reference.fields import BY_BIBLATEX
from biblio.words.faults import Parsed

_ITEM_IN_COMMENT = re.compile(r"%[^\n]*")


def format_bibtex(text: str, path: str = "") -> Parsed[str]:
    """The text in its readable form, with the faults of syntax that it has; ``path`` is its name in their places.

    Line ends are line feeds. Formatting twice is formatting once. Never raises.
    """
    found = split(text, Positions(text, path))
    items: list[RawEntry | Command] = [*found.entries, *found.commands]
    items.sort(key=_offset_of)
    pieces: list[str] = []
    position = 0
    for index, item in enumerate(items):
        between = text[position : item.offset]
        before = items[index - 1] if index else None
        pieces += [_between(between, before, item), _item(text, item)]
        position = item.end
    pieces.append(_between(text[position:], items[-1] if items else None, None))
    return Parsed("".join(pieces), tuple(found.diagnostics))


def _offset_of(item: RawEntry | Command) -> int:
    return item.offset


def _between(typed: str, before: RawEntry | Command | None, after: RawEntry | Command | None) -> str:
    """What stands between two items: comments as they are, one blank line around entries."""
    comment = typed.strip()
    if not comment:
        if before is None or after is None:
            return "\n" if before else ""
        apart = isinstance(before, RawEntry) or isinstance(after, RawEntry) or typed.count("\n") > 1
        return "\n\n" if apart else "\n"
    start = typed[: typed.index(comment[0])]
    end = typed[len(start) + len(comment) :]
    if before is None:
        opening = ""
    elif "\n" not in start:
        opening = " "
    else:
        opening = "\n\n" if isinstance(before, RawEntry) or start.count("\n") > 1 else "\n"
    closing = "\n\n" if after is not None and end.count("\n") > 1 else "\n"
    # A comment on the line of an entry's end belongs to that entry, and the next one stands apart from it.
    if isinstance(before, RawEntry) and opening == " " and after is not None and "\n" not in comment:
        closing = "\n\n"
    return opening + "\n".join(line.rstrip() for line in comment.split("\n")) + closing


def _item(text: str, item: RawEntry | Command) -> str:
    typed = text[item.offset : item.end]
    if isinstance(item, Command) or not item.whole:
        return typed.rstrip("\n")
    laid_out = _entry(text, item)
    return laid_out if laid_out is not None and _says_the_same(laid_out, typed) else typed


def _entry(text: str, entry: RawEntry) -> str | None:
    """The entry in its layout; ``None`` when something in it has no place there."""
    lines: list[tuple[int, str]] = []
    first = entry.fields[0].start if entry.fields else entry.end
    comments = _comments(text[entry.key_offset + len(entry.key) : first])
    for index, field in enumerate(entry.fields):
        expression = _expression(text, field)
        if expression is None:
            return None
        following = entry.fields[index + 1].start if index + 1 < len(entry.fields) else entry.end
        same_line, _, below = text[field.end : following].partition("\n")
        behind = _comments(same_line)
        line = line_of(field.name, expression)
        if behind:
            line = f"{line[:-1]} {behind[0]}\n"
        lines.append((rank(field.name), "".join(f"  {comment}\n" for comment in comments) + line))
        comments = _comments(below)
    lines.sort(key=lambda line: line[0])
    body = "".join(line for _, line in lines) + "".join(f"  {comment}\n" for comment in comments)
    return f"@{entry.type}{{{entry.key},\n{body}}}"


def _comments(text: str) -> list[str]:
    return [match.group().rstrip() for match in _ITEM_IN_COMMENT.finditer(text)]


def _expression(text: str, field: RawField) -> str | None:
    """The value of a field as it is to be written, its macros and joints kept; ``None`` when a comment parts it."""
    typed = text[field.start : field.end]
    name = NAME.match(typed)
    if name is None:
        return None
    pieces = list(_pieces(typed, name.end()))
    # A field of which nobody knows the kind keeps its lines.
    known = field.name in BY_BIBLATEX
    written: list[str] = []
    for piece in pieces:
        if piece is None:
            return None
        value, delimited = piece
        if not delimited and not (value.isdigit() and len(pieces) == 1):
            written.append(value)
        elif len(pieces) == 1 and known:
            written.append(f"{{{lay_out(field.name, value)}}}")
        else:
            written.append(f"{{{folded(value) if known else value}}}")
    return " # ".join(written)


def _pieces(typed: str, position: int) -> Iterator[tuple[str, bool] | None]:
    """The pieces of a value, each with whether it had delimiters; ``None`` for what is not one."""
    reader = ValueReader(typed, Macros({}), _ignore)
    while True:
        after = BLANK.match(typed, position)
        if after is None or "%" in after.group():
            yield None
            return
        position = after.end()
        try:
            if typed[position : position + 1] in ("{", '"'):
                closing = reader.closing_brace if typed[position] == "{" else reader.closing_quote
                end = closing(position + 1, len(typed))
                yield typed[position + 1 : end - 1], True
            else:
                bare = BARE.match(typed, position)
                if bare is None:
                    yield None
                    return
                end = bare.end()
                yield bare.group(), False
        except SyntaxFault:
            yield None
            return
        after = BLANK.match(typed, end)
        position = after.end() if after else end
        if "%" in typed[end:position]:
            yield None
            return
        if typed[position : position + 1] != "#":
            return
        position += 1


def _ignore(offset: int, word: str) -> None:
    """Macros are not expanded here."""


def _says_the_same(laid_out: str, typed: str) -> bool:
    """Whether two texts of one entry are read as the same: type, key, and every field with its value but for blanks."""
    return _read(laid_out) == _read(typed)


def _read(text: str) -> list[object] | None:
    found = split(text, Positions(text, ""))
    if len(found.entries) != 1 or found.commands or not found.entries[0].whole:
        return None
    entry = found.entries[0]
    fields = [(field.name, " ".join(field.value.split())) for field in sorted(entry.fields, key=_rank_of)]
    return [entry.type, entry.key, fields]


def _rank_of(field: RawField) -> int:
    return rank(field.name)
