"""Values of fields as a form shows them, and as they are typed in a file: what nobody has changed stays as typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from biblio.formats.bibtex.converters import split_keywords
from biblio.formats.bibtex.latex import decode, decode_plain
from biblio.formats.bibtex.layout import one_line
from biblio.formats.bibtex.names import parse_name, split_list, split_names
from biblio.formats.records import typed
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.reference.name import Name

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
# Commands that stand for one character, with the braces that hold nothing else.
_LETTER = r"(?:\{\\?[A-Za-z]\}|\\[ij](?![A-Za-z])|[A-Za-z])"
_WORD = r"\\(?:oe|OE|ae|AE|aa|AA|ss|o|O|l|L)"
_CHARACTER = re.compile(
    rf"\{{\\[`'^~=.\"]{_LETTER}\}}|\\[`'^~=.\"]{_LETTER}"
    rf"|\{{\\[cvukrH]\{{[A-Za-z]\}}\}}|\\[cvukrH]\{{[A-Za-z]\}}"
    rf"|\{{{_WORD}\}}|{_WORD}\{{\}}|\\[&%#_]"
)


def shown(name: str, value: str) -> str:
    """A value as a form shows it: one line, paragraphs or lines as its kind has it, and letters for their commands.

    Other markup is shown as typed, and so are letters where their commands do not stand for them alone.
    """
    row = BY_BIBLATEX.get(name)
    match row.kind if row else Kind.LITERAL:
        case Kind.LINKS | Kind.HOLDINGS:
            return "\n".join(map(str.strip, value.strip().split("\n")))
        case Kind.VERBATIM:
            return one_line(value)
        case Kind.PARAGRAPHS:
            return "\n\n".join(filter(None, (_letters(one_line(part)) for part in _PARAGRAPH.split(value))))
        case _:
            return _letters(one_line(value))


def as_typed(name: str, text: str, before: str | None) -> str | None:
    """What a form's text is in a file where ``before`` stood; ``None`` for nothing."""
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    if before is not None and text == shown(name, before):
        return before
    return text or None


def united(name: str, mine: str, theirs: str) -> str | None:
    """Two values of a field in one, without saying anything twice; ``None`` for a field that has room for one alone."""
    row = BY_BIBLATEX.get(name)
    match row.kind if row else Kind.LITERAL:
        case Kind.KEYWORDS:
            return typed_words([*words_of(theirs), *words_of(mine)], theirs)
        case Kind.NAMES | Kind.LIST:
            return " and ".join(dict.fromkeys([*split_list(theirs), *split_list(mine)]))
        case Kind.PARAGRAPHS:
            return f"{theirs.rstrip()}\n\n{mine.lstrip()}"
        case Kind.LINKS | Kind.HOLDINGS:
            return "\n".join(dict.fromkeys([*shown(name, theirs).split("\n"), *shown(name, mine).split("\n")]))
        case _:
            return None


def _letters(value: str) -> str:
    if "\\" not in value:
        return value
    made = _CHARACTER.sub(lambda match: decode_plain(match.group()), value)
    return made if decode(made).rich == decode(value).rich else value


# --- names -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A name of a list, and how it stands in the file; a new one stands nowhere."""

    name: Name
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of names; ``others`` says that the document has more of them."""

    rows: tuple[Row, ...] = ()
    others: bool = False


def rows_of(value: str) -> Rows:
    """The names of a field."""
    names, items = split_names(value).names, split_list(value)
    left = items[:-1] if names.others and len(items) == len(names.people) + 1 else items
    known = left if len(left) == len(names.people) else [""] * len(names.people)
    return Rows(tuple(Row(name, item) for name, item in zip(names.people, known, strict=True)), names.others)


def typed_rows(rows: Rows, before: str | None) -> str | None:
    """The field of some names where ``before`` stood; ``None`` for nobody. Rows without a name are left out."""
    kept = [row for row in rows.rows if row.name != Name()]
    if before is not None and Rows(tuple(kept), rows.others) == rows_of(before):
        return before
    items = [row.typed if _says(row.typed, row.name) else _item(row.name) for row in kept]
    return " and ".join([*items, *(["others"] if rows.others and items else [])]) or None


def _says(item: str, name: Name) -> bool:
    return bool(item) and split_names(item).names.people == (name,) and not split_names(item).names.others


def _item(name: Name) -> str:
    """A name as ``parse_name`` reads it."""
    if name.literal:
        return f"{{{typed(name.literal)}}}"
    simple = ", ".join(filter(None, (name.full_family, name.suffix, name.given)))
    parts = (("family", name.family), ("given", name.given), ("prefix", name.particle), ("suffix", name.suffix))
    extended = ", ".join(f"{part}={{{typed(value)}}}" for part, value in parts if value)
    plain = typed(simple)
    return plain if split_list(plain) == [plain] and parse_name(plain) == name else extended


# --- words -----------------------------------------------------------------------------------------------------------


def words_of(value: str) -> tuple[str, ...]:
    """The words of a field of keywords, as typed."""
    return tuple(filter(None, map(one_line, split_keywords(value))))


def typed_words(words: Sequence[str], before: str | None) -> str | None:
    """The field of some words where ``before`` stood, joined as it was; ``None`` for none."""
    kept = tuple(dict.fromkeys(filter(None, map(one_line, words))))
    if before is not None and kept == words_of(before):
        return before
    joint = "; " if before and ";" in before and "," not in before else ", "
    return joint.join(word if split_keywords(word) == [word] else f"{{{word}}}" for word in kept) or None
