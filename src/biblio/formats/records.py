"""Records of other formats as references: fields under their biblatex names, read as if they stood in a ``.bib`` file.

Names, dates, pages and addresses are thus understood in one place, whatever they come from. What a format's reader has
to know is which of its fields is which of ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace

from biblio.collection.bulk import collector_paused, in_steps
from biblio.formats.bibtex.convert import convert
from biblio.formats.bibtex.dates import month_number
from biblio.formats.bibtex.syntax import Positions, RawEntry, RawField
from biblio.formats.text import normalise, without_controls
from biblio.formats.xml_tree import Element, read_xml
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.reference.reference import Origin, Reference
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

# The names of months are understood where the dates of ``.bib`` files are.
__all__ = ["Body", "Record", "month_number", "references_of", "references_of_elements", "typed"]

_SPECIAL = re.compile(r"[\\{}#$%&_~^]")
# A brace is a command of its own: BibTeX counts an escaped one like any other.
_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_COMMANDS = _BRACES | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_NOT_IN_KEY = re.compile(r"[\s,={}\"#%\\~()']+")
_TAG = re.compile(r"(</?(?:i|em|b|strong|su[pb]|span|sc)>|<span (?:style|class)=\"[^\"<>]{0,80}\">)", re.IGNORECASE)
_MARKUP = {
    "i": r"\emph{",
    "em": r"\emph{",
    "b": r"\textbf{",
    "strong": r"\textbf{",
    "sup": r"\textsuperscript{",
    "sub": r"\textsubscript{",
    "sc": r"\textsc{",
    "span": "{",
}
# What parts or holds the paragraphs of a text that was a page: a note of Zotero's, an abstract of a publisher's.
_PARAGRAPH_TAG = re.compile(
    r"</?(?:jats:)?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|title|sec)(?: [^<>]{0,300})?/?>", re.IGNORECASE
)
_OWN_KEY = re.compile(r"(?=.*[A-Za-z])[^\s/]{2,80}")
# At the start of a line it would begin an entry.
_AT = re.compile(r"(?<=\n)[ \t]*@")


class Typed(str):
    """A value as a ``.bib`` file has it, with its commands: nothing in it is to be escaped."""

    __slots__ = ()


class Body(str):
    """A name that stands as it is, not to be taken apart: that of a body, or of somebody known by one name."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its biblatex type and citekey, its fields by their biblatex names, and where it stands.

    A value is plain text, or several names, literals or keywords, each apart: a person is « Family, Given », anybody
    else a ``Body``. Without a citekey the reference has none either (``importing.keys`` gives it one). ``identifier``
    is what the record is called where it comes from, ``number`` its place among those of its file, from 1; 0 is that
    of the list.
    """

    entry_type: str
    citekey: str
    fields: Mapping[str, str | Sequence[str]]
    place: Span
    identifier: str = ""
    number: int = 0


def references_of(records: Sequence[Record]) -> Parsed[tuple[Reference, ...]]:
    """The references of some records, one for each, with the faults of their values at the places of the records.

    Who watches (``collection.bulk``) hears how far it is.
    """
    references: list[Reference] = []
    faults: list[Diagnostic] = []
    nowhere = Positions("", "")
    with collector_paused():
        for number, record in enumerate(in_steps(records), 1):
            # Records take nothing from each other, and their controls are gone.
            origin = Origin(record.place, {}, record.identifier, record.number or number)
            read = convert(_entry(record), nowhere, _no_entry, ties=False, controls=False, origin=origin)
            references.append(read.value)
            faults += (replace(fault, span=record.place) for fault in read.diagnostics)
    return Parsed(tuple(references), tuple(faults))


def references_of_elements(
    content: bytes,
    path: str,
    name: str,
    fields_of: Callable[[Element], tuple[str, Mapping[str, str | Sequence[str]]]],
    known: Container[str],
    identifier: Sequence[str] = (),
) -> Parsed[tuple[Reference, ...]]:
    """The references of the elements ``name`` of a file in XML; ``fields_of`` gives the type and the fields of one.

    ``identifier`` is the way from there to the element that says what a record is called.
    A record without fields is said (P303); what stands in records under no ``known`` name is said once, counted (P308).
    """
    tree = read_xml(content, path)
    faults = list(tree.diagnostics)
    records: list[Record] = []
    left: Counter[str] = Counter()
    for number, element in enumerate(tree.value.below(name), 1):
        span = Span(path, element.line)
        kind, fields = fields_of(element)
        if not fields:
            faults.append(diagnose("P303", span, number=number))
            continue
        records.append(Record(kind, "", fields, span, element.word(*identifier) if identifier else "", number))
        left.update(each.name for each in element.children if each.text and each.name not in known)
    if left:
        listed = ", ".join(f"{tag} ({count})" for tag, count in sorted(left.items()))
        faults.append(diagnose("P308", Span(path), fields=listed))
    read = references_of(records)
    return Parsed(read.value, (*faults, *read.diagnostics))


def typed(value: str) -> str:
    """A plain text as a ``.bib`` file has it: the characters that LaTeX takes for its own are escaped."""
    return _SPECIAL.sub(lambda special: _COMMANDS.get(special[0], "\\" + special[0]), value)


def marked(value: str) -> str:
    """A text with the few tags of HTML that catalogues and reference managers use, as a ``.bib`` file has it.

    Those that part or hold paragraphs part paragraphs. Tags that do not match each other are text like any other, and
    so is every other tag.
    """
    value = _paragraphs(value)
    parts = _TAG.split(value)
    if len(parts) == 1:
        return value
    out, opened = [typed(parts[0])], list[str]()
    for tag, text in zip(parts[1::2], parts[2::2], strict=True):
        name = tag.strip("</> ").split()[0].lower()
        if not tag.startswith("</"):
            opened.append(name)
            out.append(_MARKUP["sc" if "small-caps" in tag else name])
        elif opened and opened.pop() == name:
            out.append("}")
        else:
            return value
        out.append(typed(text))
    return value if opened else Typed("".join(out))


def unmarked(value: str) -> str:
    """A text without these tags: its paragraphs, an empty line between them."""
    return _TAG.sub("", _paragraphs(value))


def _paragraphs(value: str) -> str:
    if not _PARAGRAPH_TAG.search(value):
        return value
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPH_TAG.split(value))
    return "\n\n".join(filter(None, paragraphs))


def own_key(value: str) -> str:
    """The key, when somebody chose it; empty for a number, an address and what has blanks, which are no keys."""
    return value if _OWN_KEY.fullmatch(value) else ""


def _key(record: Record) -> str:
    return _NOT_IN_KEY.sub("-", without_controls(record.citekey)).strip("-") if record.citekey else ""


def _entry(record: Record) -> RawEntry:
    """The record as an entry that was typed nowhere."""
    fields = []
    for name, value in record.fields.items():
        if type(value) is str and _is_plain(value):
            if value and not value.isspace():
                fields.append(RawField(name, normalise(value), 0, 0, 0, "`" not in value))
            continue
        text = _value(name, value)
        if text and not text.isspace():
            fields.append(RawField(name, normalise(text), 0, 0, 0))
    return RawEntry(record.entry_type, _key(record), tuple(fields), 0, 0, 0)


def _is_plain(text: str) -> bool:
    """Whether a text is the same in a ``.bib`` file: nothing in it is escaped or taken out."""
    # Searches for a character each, in one line, are many times faster than one for a set.
    return text.isprintable() and not (
        "\\" in text or "{" in text or "}" in text or "&" in text or "%" in text or "_" in text
        or "#" in text or "$" in text or "~" in text or "^" in text or "@" in text
    )  # fmt: skip


def _no_entry(key: str) -> None:
    """Finds no entry that another one might take fields from."""


def _value(name: str, value: str | Sequence[str]) -> str:
    field = BY_BIBLATEX.get(name)
    if not isinstance(value, str):
        if field is not None and field.kind is Kind.KEYWORDS:
            return ", ".join(as_word(each) for each in value if each.strip())
        return " and ".join(_one(each) for each in value if each.strip())
    verbatim = field is not None and field.kind in (Kind.VERBATIM, Kind.LINKS)
    text = without_controls(value)
    if isinstance(value, Typed):
        return _AT.sub("{}@", text)
    if field is not None and field.kind is Kind.DATE:
        # A tilde says that a date is approximate.
        return typed(text).replace(_COMMANDS["~"], "~")
    if verbatim:
        return _AT.sub(" %40", text.replace("{", "%7B").replace("}", "%7D"))
    return _AT.sub("{}@", typed(text))


def as_word(each: str) -> str:
    """One of several keywords, as a ``.bib`` file has it: in braces when it has commas of its own."""
    text = _on_one_line(each)
    return f"{{{text}}}" if "," in text or ";" in text else text


def _one(each: str) -> str:
    """One name or literal of several: in braces what must not be taken apart."""
    text = _on_one_line(each)
    return f"{{{text}}}" if isinstance(each, Body) or " and " in text.lower() else text


def _on_one_line(each: str) -> str:
    text = " ".join(each.split())
    return text if _is_plain(text) else typed(" ".join(without_controls(text).split()))
