"""The one notation of the tests: rich text, references and faults in a line or a few, and the files of cases.

Rich text has its branches as tags: ``<i>`` emphasis, ``<b>`` strong, ``<sc>`` small capitals, ``<sup>`` and ``<sub>``,
``<q>`` a quotation, ``<en>`` another language, ``<v>`` what is printed as it is, ``<a ADDRESS>`` a link, ``<br>`` a new
line. ``␣`` is a no-break space, ``⎵`` a narrow one, ``⁀`` a word joiner, ``⏎`` a line feed. Several paragraphs are
parted by ``¶``.

A reference is ``type key``, then ``  variable: value`` for each value that it has. A person is ``family | given |
particle | suffix`` without its empty ends, a body ``[Name]``, « and others » ``…``; the items of a list are parted by
``;``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from biblio.reference.date import Date, edtf
from biblio.reference.fields import FIELDS
from biblio.reference.link import DocumentLink
from biblio.reference.name import Name, Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Extent, Leaf, Pages
from biblio.reference.provenance import Provenance
from biblio.reference.reference import Reference
from biblio.report.text import message_of
from biblio.text.inline import Break, Emph, Key, Lang, Link, Quoted, Rich, SmallCaps, Strong, Sub, Sup, Text, Verbatim
from biblio.words.faults import Diagnostic

HERE = Path(__file__).parent
TAGS = {Emph: "i", Strong: "b", Sup: "sup", Sub: "sub", SmallCaps: "sc", Quoted: "q"}
SPACES = str.maketrans({"\u00a0": "␣", "\u202f": "⎵", "\u2060": "⁀", "\n": "⏎"})


@dataclass(frozen=True)
class Case:
    """One case of a file: what goes in, and the lines that must come out."""

    name: str
    source: str
    expected: list[str]


def cases(folder: str) -> list[Case]:
    """The cases of a folder of ``tests/``: ``== name``, the source, ``---``, the lines expected.

    What stands before the first case is a comment.
    """
    found = []
    for path in sorted((HERE / folder).glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n== ")[1:]:
            name, _, rest = block.partition("\n")
            source, separator, expected = rest.partition("\n---\n")
            assert separator, f"{path.name}: {name}: no line « --- »"
            found.append(Case(f"{path.stem}: {name}", source + "\n", expected.strip("\n").splitlines()))
    assert found, f"no case in {folder}"
    return found


def shown(rich: Rich) -> str:
    """A tree with its branches as tags and its no-break spaces visible."""
    return "".join(_shown(rich)).translate(SPACES)


def _shown(rich: Rich) -> Iterator[str]:
    for node in rich:
        match node:
            case Text(value):
                yield value
            case Verbatim(value):
                yield f"<v>{value}</v>"
            case Break():
                yield "<br>"
            case Link(href, children):
                yield f"<a {href}>{shown(children)}</a>"
            case Lang(lang, children):
                yield f"<{lang}>{shown(children)}</{lang}>"
            case Key(key, children):
                yield f"<key {key}>{shown(children)}</key>"
            case _:
                tag = TAGS[type(node)]
                yield f"<{tag}>{shown(node.children)}</{tag}>"


def faults_shown(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """One line a fault: line, column, code, arguments; both messages must be writable."""
    lines = []
    for diagnostic in diagnostics:
        assert message_of(diagnostic, "fr") != message_of(diagnostic, "en")
        place = f"{diagnostic.span.line}:{diagnostic.span.column} " if diagnostic.span else ""
        arguments = "".join(f" {name}={value}" for name, value in diagnostic.arguments.items())
        lines.append(f"{place}{diagnostic.code}{arguments}")
    return lines


def reference_shown(reference: Reference) -> list[str]:
    """The type and key of a reference, then its variables, one a line, in the order of the table of fields."""
    lines = [f"{reference.entry_type} {reference.citekey}"]
    for field in FIELDS:
        value = value_shown(getattr(reference, field.variable))
        if value:
            lines.append(f"  {field.variable}: {value}")
    return lines


def value_shown(value: Any) -> str:
    """The value of a variable; nothing when there is none."""
    match value:
        case None:
            return ""
        case str():
            return value.translate(SPACES)
        case Names(people, others):
            return " ; ".join([*map(name_shown, people), *(["…"] if others else [])])
        case Date():
            return f"« {value.literal} »" if value.literal else edtf(value)
        case Pages(ranges, unknown):
            labels = ("" if each.leaf is Leaf.PAGE else f"{each.leaf} ".lstrip() for each in ranges)
            numbers = ("–".join(filter(None, (each.first, each.last))) for each in ranges)
            return "np" if unknown else ", ".join(map("".join, zip(labels, numbers, strict=True)))
        case Extent(count, unknown):
            return "np" if unknown else count
        case Numbering(number, label, supplement):
            return " + ".join(filter(None, (label and f"({label})", number, supplement)))
        case Provenance():
            return f"{'extrait ' * value.extract}{'adapté ' * value.adapted}{value.source}"
        case (DocumentLink(), *_):
            return " ; ".join(map(_link_shown, value))
        case (str(), *_):
            return " ; ".join(value).translate(SPACES)
        case (tuple(), *_):
            return " ¶ ".join(map(shown, value))
        case tuple():
            return shown(value)
    raise TypeError(type(value))


def name_shown(name: Name) -> str:
    """``family | given | particle | suffix``, empty ends left out; a literal in brackets."""
    if name.literal:
        return f"[{name.literal}]"
    return " | ".join((name.family, name.given, name.particle, name.suffix)).rstrip(" |")


def _link_shown(link: DocumentLink) -> str:
    details = ", ".join(filter(None, (link.format, link.size, "résumé" * link.abstract_only)))
    return " ".join(filter(None, (f"{link.cluster}.", link.label, f"<{link.url}>" * bool(link.url), details)))
