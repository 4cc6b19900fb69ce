"""The layout of the files that biblio writes: the order of fields, the column of their values, the lines of a value.

It is that of the project's own files, so that two versions compare line by line: two spaces before a field, every ``=``
in one column, values in braces, a comma behind each. Only ``links`` and the breaks between paragraphs keep their lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from biblio.reference.fields import BY_BIBLATEX, FIELDS, Kind

WIDTH = 16  # characters: the column of « = »; the few longer names push theirs to the right

_RANK = {name: rank for rank, row in enumerate(FIELDS) for name in row.biblatex}
# BibTeX's way to write a date, where the date stands.
_RANK.update(dict.fromkeys(("year", "month", "day"), _RANK["date"]))

_LINE_ENDS = re.compile(r"(?<![ \t])[ \t]*+\n[ \t\n]*+")
_WRAPPED = re.compile(r"(?<!\s)[ \t]*+\n\s*+(?!(?:https?|ftp)://)", re.IGNORECASE)
_ADDRESS = re.compile(r"\\url\{[^{}]*\}")
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")


def rank(name: str) -> int:
    """The place of a field among those of an entry; fields that are not in the table come last."""
    return _RANK.get(name, len(FIELDS))


def line_of(name: str, expression: str) -> str:
    """A field with its value, delimiters and all, on a line or lines of its own."""
    return f"  {name:<{WIDTH}} = {expression},\n"


def lay_out(name: str, value: str, guard: Callable[[str], str] = str) -> str:
    """The value of a field without its delimiters, its lines set as its kind wants them.

    ``guard`` sees each line that has to begin with its own first character.
    """
    row = BY_BIBLATEX.get(name)
    match row.kind if row else Kind.LITERAL:
        case Kind.LINKS | Kind.HOLDINGS:
            return _link_lines(value, guard)
        case Kind.PARAGRAPHS:
            paragraphs = (one_line(part) for part in _PARAGRAPH_BREAK.split(value))
            return "\n\n".join(guard(paragraph) for paragraph in paragraphs if paragraph)
        case Kind.VERBATIM if name in ("url", "doi"):
            return one_line(in_one_piece(value))
        case _ if name == "howpublished":
            # An address that stands there for « url » is read in one piece too.
            return one_line(_ADDRESS.sub(lambda match: in_one_piece(match.group()), value))
        case _:
            return one_line(value)


def one_line(value: str) -> str:
    """A value whose line ends are spaces."""
    return folded(value.strip())


def in_one_piece(value: str) -> str:
    """Addresses whose line ends are gone: a line end inside one parts nothing, only that before the next one does."""
    return _WRAPPED.sub("", value.strip()) if "\n" in value else value


def folded(value: str) -> str:
    """A part of a value: its line ends are spaces, and the blanks around it stay."""
    return _LINE_ENDS.sub(" ", value)


def _link_lines(value: str, guard: Callable[[str], str]) -> str:
    """One link a line between the braces, one blank line between two groups of links."""
    lines = map(str.strip, value.split("\n"))
    clusters = ["".join(f"    {guard(line)}\n" for line in cluster) for full, cluster in groupby(lines, bool) if full]
    return "\n" + "\n".join(clusters) + "  " if clusters else ""
