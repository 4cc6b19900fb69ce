"""Trees, references and faults in the notation of the case files: what the tests of ``core`` compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from biblio.reference.date import Date, edtf
from biblio.reference.fields import FIELDS
from biblio.reference.link import DocumentLink
from biblio.reference.name import Name, Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Extent, Leaf, Pages
from biblio.reference.provenance import Provenance
from biblio.reference.reference import Reference
from biblio.report.text import message_of
from biblio.text.inline import Emph, Lang, Link, Quoted, Rich, SmallCaps, Strong, Sub, Sup, Text, Verbatim
from biblio.words.faults import Diagnostic

CASES = Path(__file__).parents[2]
TAGS = {Emph: "i", Strong: "b", Sup: "sup", Sub: "sub", SmallCaps: "sc", Quoted: "q"}
# Spaces that a file of cases should show.
SPACES = str.maketrans({"\u00a0": "␣", "\u202f": "⎵", "\n": "⏎"})


@dataclass(frozen=True)
class Case:
    """One case of a file: what goes in, and the lines that must come out."""

    name: str
    source: str
    expected: list[str]


def cases(folder: str) -> list[Case]:
    """The cases of a folder: ``== name``, the source, ``---``, the lines expected; before the first, a comment."""
    found = []
    for path in sorted((CASES / folder).glob("*.txt")):
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
            case Link(href, children):
                yield f"<a {href}>{shown(children)}</a>"
            case Lang(lang, children):
                yield f"<{lang}>{shown(children)}</{lang}>"
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
    """The type and key of a reference, then its variables, one a line."""
    lines = [f"@{reference.entry_type} {reference.citekey}"]
    for field in FIELDS:
        value = value_shown(getattr(reference, field.variable))
        if value:
            lines.append(f"  {field.variable}: {value}")
    return lines


def value_shown(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value.translate(SPACES)
        case Names():
            return " & ".join([*map(_name_shown, value.people), *(["others"] if value.others else [])])
        case Date():
            return f"« {value.literal} »" if value.literal else edtf(value)
        case Pages():
            ranges = (f"{each.first}–{each.last}" if each.last else each.first for each in value.ranges)
            labels = ("" if each.leaf is Leaf.PAGE else f"{each.leaf} ".lstrip() for each in value.ranges)
            return "np" if value.unknown else ", ".join(map("".join, zip(labels, ranges, strict=True)))
        case Extent():
            return "np" if value.unknown else value.count
        case Numbering():
            return " | ".join((value.label, value.value, value.supplement))
        case Provenance():
            words = ["adapted"] * value.adapted + ["extract"] * value.extract
            return " ".join([value.source.name.lower(), *words])
        case tuple():
            return " ¶ ".join(_item_shown(item) for item in value) if _is_list(value) else shown(value)
    raise TypeError(type(value))


def _is_list(value: tuple[object, ...]) -> bool:
    return bool(value) and isinstance(value[0], (str, tuple, DocumentLink))


def _item_shown(item: object) -> str:
    if isinstance(item, DocumentLink):
        details = ", ".join(part for part in (item.format, item.size, "abstract only" * item.abstract_only) if part)
        parts = (item.label, f"<{item.url}>" if item.url else "", f"({details})" if details else "")
        return f"{item.cluster}. " + " ".join(part for part in parts if part)
    return value_shown(item)


def _name_shown(name: Name) -> str:
    if name.literal:
        return f"{{{name.literal}}}"
    return " | ".join((name.particle, name.family, name.given, name.suffix))
