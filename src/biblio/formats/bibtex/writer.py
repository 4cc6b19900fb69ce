"""Writes references as a biblatex file: the fields as they were typed, in one layout.

The layout is that of the project's own files, so that two versions compare line by line: one blank line between
entries, two spaces before a field, every ``=`` in one column, values in braces, a comma behind each. Only
``links`` and the breaks between paragraphs keep their lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from biblio.formats.text import normalise
from biblio.model.fields import BY_BIBLATEX, FIELDS, Kind
from biblio.model.reference import Reference

# The old spellings that biblatex replaces (manual § 2.2.5). ``school`` stays as typed: its new name,
# ``institution``, would win over an ``organization`` beside it when the file is read again.
ALIASES = {"journal": "journaltitle", "address": "location", "annote": "annotation"}

_RANK = {name: rank for rank, row in enumerate(FIELDS) for name in row.biblatex}
# BibTeX's way to write a date, where the date stands.
_RANK.update(dict.fromkeys(("year", "month", "day"), _RANK["date"]))
_WIDTH = max(map(len, BY_BIBLATEX))

# What the grammar of each place allows: a character outside it could end the place and begin another.
_NOT_IN_TYPE = re.compile(r"[^\w*+.-]")
_NOT_IN_KEY = re.compile(r"[,={}()\n\"]")
_NOT_IN_NAME = re.compile(r"[\s=,{}\"#%()@]")
_COMMANDS = frozenset({"comment", "preamble", "string"})

_LINE_ENDS = re.compile(r"[ \t]*\n[ \t\n]*")
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")
# No file in UTF-8 holds a lone surrogate, and the reader drops null characters.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_ESCAPE_OR_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def write_bibtex(references: Sequence[Reference]) -> str:
    """The references as one biblatex file, with a final newline; empty for none. Never raises.

    ``read_bibtex`` gives the same references back, and these give the same text: their ``raw`` fields differ at
    most in blanks, in order and in the names of ``ALIASES``. What cannot stand in a file (a brace without its
    partner, a comma in a key) is replaced by something harmless.
    """
    return "\n".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    fields = {name: value for typed, value in reference.raw.items() if (name := _name(typed, reference.raw))}
    names = sorted(fields, key=lambda name: _RANK.get(name, len(FIELDS)))
    head = f"@{_type(reference.entry_type)}{{{_key(reference.citekey)},\n"
    return head + "".join(f"  {name:<{_WIDTH}} = {{{_value(name, fields[name])}}},\n" for name in names) + "}\n"


def _type(typed: str) -> str:
    kept = _NOT_IN_TYPE.sub("", _clean(typed).lower())
    return kept if re.match("[a-z]", kept) and kept not in _COMMANDS else "misc"


def _key(typed: str) -> str:
    return _NOT_IN_KEY.sub("-", _clean(typed).strip()) or "sans-cle"


def _name(typed: str, raw: Mapping[str, str]) -> str:
    """The name under which a field is written; an alias stays beside its replacement, so that neither is lost."""
    kept = _NOT_IN_NAME.sub("", _clean(typed).lower())
    new = ALIASES.get(kept, kept)
    return kept if new in raw else new


def _value(name: str, typed: str) -> str:
    row = BY_BIBLATEX.get(name)
    kind = row.kind if row else Kind.LITERAL
    value = _balance(_clean(typed), kind)
    match kind:
        case Kind.LINKS:
            return _link_lines(value)
        case Kind.PARAGRAPHS:
            paragraphs = (_one_line(part) for part in _PARAGRAPH_BREAK.split(value))
            return "\n\n".join(_guard(paragraph) for paragraph in paragraphs if paragraph)
        case _:
            return _one_line(value)


def _one_line(value: str) -> str:
    return _LINE_ENDS.sub(" ", value.strip())


def _link_lines(value: str) -> str:
    """One link a line between the braces, one blank line between two groups of links."""
    lines = map(str.strip, value.split("\n"))
    clusters = ["".join(f"    {_guard(line)}\n" for line in cluster) for full, cluster in groupby(lines, bool) if full]
    return "\n" + "\n".join(clusters) + "  " if clusters else ""


def _guard(line: str) -> str:
    """The line, which must not look like the start of an entry: there the reader would give up the one it is in.

    A no-break space keeps the ``@`` off the start of the line; the reader strips it with the other blanks.
    """
    return "\u00a0" + line if line.startswith("@") else line


def _clean(typed: str) -> str:
    return normalise(_UNWRITABLE.sub("", typed).replace("\r\n", "\n").replace("\r", "\n"))


def _balance(value: str, kind: Kind) -> str:
    """The value with its unpaired braces replaced: in addresses by their code, elsewhere by a command.

    An escaped brace counts like any other, as it does for BibTeX.
    """
    opened: list[re.Match[str]] = []
    unpaired: list[re.Match[str]] = []
    for match in _ESCAPE_OR_BRACE.finditer(value):
        if match.group().endswith("{"):
            opened.append(match)
        elif match.group().endswith("}"):
            if opened:
                opened.pop()
            else:
                unpaired.append(match)
    if kind in (Kind.VERBATIM, Kind.LINKS):
        replacements = {"{": "%7B", "}": "%7D"}
    else:
        replacements = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    for match in sorted(unpaired + opened, key=lambda match: match.start(), reverse=True):
        value = value[: match.start()] + replacements[match.group()[-1]] + value[match.end() :]
    return value
