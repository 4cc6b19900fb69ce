"""References in a few lines of text, for the case files: each variable that has a value, in the order of the table."""

from __future__ import annotations

from typing import Any

from biblio.reference.date import Date, edtf
from biblio.reference.fields import FIELDS
from biblio.reference.link import DocumentLink
from biblio.reference.name import Name, Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Extent, Pages
from biblio.reference.provenance import Provenance
from biblio.reference.reference import Reference
from biblio.text.inline import Emph, Inline, Lang, Link, Quoted, SmallCaps, Strong, Sub, Sup, Text, Verbatim

_TAGS = {Emph: "i", Strong: "b", SmallCaps: "sc", Sup: "sup", Sub: "sub", Quoted: "q"}


def noted(reference: Reference) -> str:
    """``type key`` and one line for each variable, indented."""
    lines = [f"{reference.entry_type} {reference.citekey}"]
    for row in FIELDS:
        value = getattr(reference, row.variable)
        # Names without people, « and others », are false.
        if value or (isinstance(value, Names) and value.others):
            lines.append(f"  {row.variable}: {_value(value)}")
    return "\n".join(lines)


def rich(tree: tuple[Inline, ...]) -> str:
    """Rich text with tags; spaces that do not break are shown."""
    return "".join(map(_node, tree)).replace("\u00a0", "⍽").replace("\u202f", "⍽⍽")


def _node(node: Inline) -> str:
    match node:
        case Text(value):
            return value
        case Verbatim(value):
            return f"<v>{value}</v>"
        case Link(href, children):
            return f"<a {href}>{rich(children)}</a>"
        case Lang(lang, children):
            return f"<lang {lang}>{rich(children)}</lang>"
        case _:
            tag = _TAGS[type(node)]
            return f"<{tag}>{rich(node.children)}</{tag}>"


def _value(value: Any) -> str:
    match value:
        case str():
            return value.replace("\u00a0", "⍽")
        case Names(people, others):
            return " ; ".join([*map(name, people), *(["…"] if others else [])])
        case Date():
            return f"« {value.literal} »" if value.literal else edtf(value)
        case Pages(ranges, unknown):
            return "np" if unknown else ", ".join("–".join(filter(None, (each.first, each.last))) for each in ranges)
        case Extent(count, unknown):
            return "np" if unknown else count
        case Numbering(number, label, supplement):
            return " + ".join(filter(None, (label and f"({label})", number, supplement)))
        case Provenance():
            return f"{'extrait ' * value.extract}{'adapté ' * value.adapted}{value.source}"
        case (DocumentLink(), *_):
            return " ; ".join(map(_link, value))
        case (str(), *_):
            return " ; ".join(value)
        case (tuple(), *_):
            return " ¶ ".join(map(rich, value))
        case _:
            return rich(value)


def name(person: Name) -> str:
    """``family | given | particle | suffix``, empty ends left out; a literal in brackets."""
    if person.literal:
        return f"[{person.literal}]"
    return " | ".join((person.family, person.given, person.particle, person.suffix)).rstrip(" |")


def _link(link: DocumentLink) -> str:
    details = ", ".join(filter(None, (link.format, link.size, "résumé" * link.abstract_only)))
    return " ".join(filter(None, (f"{link.cluster}.", link.label, f"<{link.url}>" * bool(link.url), details)))
