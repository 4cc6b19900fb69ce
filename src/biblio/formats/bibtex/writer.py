"""Writes references as a biblatex file: the fields as they were typed, in the project's own layout."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from biblio.formats.bibtex.layout import lay_out, line_of, rank
from biblio.formats.text import normalise, without_controls
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key

# The old spellings that biblatex replaces (manual § 2.2.5). ``school`` stays as typed: its new name,
# ``institution``, would win over an ``organization`` beside it when the file is read again.
ALIASES = {"journal": "journaltitle", "address": "location", "annote": "annotation"}

# What the grammar of each place allows: a character outside it could end the place and begin another.
_NOT_IN_TYPE = re.compile(r"[^\w*+.-]")
_NOT_IN_KEY = re.compile(r"[,={}\s]+")
_NOT_IN_NAME = re.compile(r"[\s=,{}\"#%()@]")
_COMMANDS = frozenset({"comment", "preamble", "string"})

_ESCAPE_OR_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def write_bibtex(references: Sequence[Reference], *, private: bool = False) -> str:
    """The references as one biblatex file, with a final newline; empty for none. Never raises.

    ``read_bibtex`` gives the same references back, and these give the same text: their ``raw`` fields differ at
    most in blanks, in order and in the names of ``ALIASES``. What cannot stand in a file (a brace without its
    partner, a comma in a key) is replaced by something harmless. What is ``private`` stays behind, unless the file is
    for those who keep the collection.
    """
    keys = {fold_key(reference.citekey) for reference in references}
    return "\n".join(_entry(reference, keys, private=private) for reference in references)


def _entry(reference: Reference, keys: Container[str], *, private: bool) -> str:
    raw = _raw(reference, keys)
    raw = raw if private else public_fields(raw)
    fields = {name: value for typed, value in raw.items() if (name := _name(typed, raw))}
    return entry(reference.entry_type, reference.citekey, fields)


def entry(entry_type: str, citekey: str, fields: Mapping[str, str], macros: Mapping[str, str] | None = None) -> str:
    """The text of one entry; what cannot stand in its place in a file is replaced by something harmless.

    ``fields`` have the names that the file has, and values as they are typed; ``macros`` are fields whose value is the
    name of a macro.
    """
    expressions = {name: f"{{{written(name, typed)}}}" for name, typed in fields.items()} | dict(macros or {})
    lines = "".join(line_of(name, expressions[name]) for name in sorted(expressions, key=rank))
    return f"@{_type(entry_type)}{{{_key(citekey)},\n{lines}}}\n"


def public_fields(raw: Mapping[str, str]) -> dict[str, str]:
    """The fields, by their names as typed, that are not for the eyes of those who keep the collection alone."""
    return {typed: value for typed, value in raw.items() if not _is_private(typed)}


def _is_private(typed: str) -> bool:
    """Whether a field is for the eyes of those who keep the collection alone."""
    row = BY_BIBLATEX.get(typed.strip().lower())
    return row is not None and row.private


def _raw(reference: Reference, keys: Container[str]) -> Mapping[str, str]:
    """The fields of an entry and those that it takes from others; it names these only when they are written too."""
    if not reference.inherited:
        return reference.raw
    named = {name: " ".join(reference.raw.get(name, "").split()) for name in ("crossref", "xdata")}
    ties = {name for name, key in named.items() if fold_key(key) not in keys}
    return {name: value for name, value in {**reference.raw, **reference.inherited}.items() if name not in ties}


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


def written(name: str, typed: str) -> str:
    """The value of a field as it stands between its braces in a file."""
    row = BY_BIBLATEX.get(name)
    return lay_out(name, _balance(_clean(typed), row.kind if row else Kind.LITERAL), _guard)


def _guard(line: str) -> str:
    """The line, which must not look like the start of an entry: there the reader would give up the one it is in.

    A no-break space keeps the ``@`` off the start of the line; the reader strips it with the other blanks.
    """
    return "\u00a0" + line if line.startswith("@") else line


def _clean(typed: str) -> str:
    return normalise(without_controls(typed.replace("\r\n", "\n").replace("\r", "\n")))


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
