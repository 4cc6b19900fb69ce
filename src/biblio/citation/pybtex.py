"""Notices in the styles of pybtex: references become entries of BibTeX, and pybtex's text our inline tree.

pybtex itself, and the styles that are installed beside it, are run by a function that is handed down: a style is a
program of others. Source: pybtex's documentation, *Writing backends* and *Designing styles*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from biblio.citation.bibtex_entry import Entry, Person, entry_of
from biblio.citation.cres import cite as cite_otherwise
from biblio.citation.hiding import Hiding
from biblio.citation.options import Options
from biblio.citation.processed import OTHERS, lines_of, linked
from biblio.citation.processor_names import PYBTEX
from biblio.document.tree import Line
from biblio.reference.reference import Reference
from biblio.text.inline import (
    Emph,
    Inline,
    Link,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Text,
    Verbatim,
    map_text,
    merge,
    plain,
    text,
    with_children,
)
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Failed:
    """A style could not set a reference: why, in a few words."""

    reason: str


class UnknownStyleError(Exception):
    """No style of that name is installed; its arguments are the names of those that are."""


class StyleError(Exception):
    """The style cannot be used; its one argument says why."""


# Sets each entry by itself in the style of that name. Raises the two errors above.
Set = Callable[[str, Sequence[Entry]], Sequence[Rich | Failed]]


def no_styles(name: str, entries: Sequence[Entry]) -> Sequence[Rich | Failed]:
    """The ``Set`` of those who have none."""
    raise UnknownStyleError


def load(name: str, span: Span, run: Set) -> tuple[Diagnostic, ...]:
    """Why the style ``name`` cannot be used (D127, D128); nothing when it can.

    It is tried on one entry of each common type: a style that can set none of them is of no use.
    """
    try:
        return unusable(PYBTEX.prefix + name, run(name, TRIAL), span)
    except UnknownStyleError as error:
        return (diagnose("D127", span, style=name, known=", ".join(sorted(error.args)) or "–"),)
    except StyleError as error:
        return (diagnose("D128", span, style=PYBTEX.prefix + name, reason=str(error)[:LONGEST_REASON]),)


def unusable(style: str, tried: Sequence[object], span: Span) -> tuple[Diagnostic, ...]:
    """The fault of a style that set none of the entries on which it was tried."""
    failed = [each for each in tried if isinstance(each, Failed)]
    return (diagnose("D128", span, style=style, reason=failed[0].reason),) if len(failed) == len(tried) else ()


def cite_all(
    name: str, span: Span, run: Set, references: Sequence[Reference], options: Options
) -> Parsed[list[tuple[Line, ...]]]:
    """The lines of several notices, each set by itself, with the references that the style could not set (W113)."""
    hidings = [Hiding() for _ in references]
    entries = [entry_of(each, options, hiding) for each, hiding in zip(references, hidings, strict=True)]
    try:
        done = run(name, entries) if entries else ()
    except (UnknownStyleError, StyleError) as error:  # it was there when the style was opened
        done = [Failed(str(error)[:LONGEST_REASON])] * len(entries)
    revealed = [
        each if isinstance(each, Failed) else hiding.reveal(each) for each, hiding in zip(done, hidings, strict=True)
    ]
    return notices(PYBTEX.prefix + name, span, references, revealed, options)


def notices(
    style: str, span: Span, references: Sequence[Reference], done: Sequence[Rich | Failed], options: Options
) -> Parsed[list[tuple[Line, ...]]]:
    """The lines of notices that a style has set. What it could not set stands in the default grammar (W113)."""
    lines: list[tuple[Line, ...]] = []
    faults: list[Diagnostic] = []
    for reference, found in zip(references, done, strict=True):
        if not isinstance(found, Failed) and not plain(found).strip():
            found = Failed("empty")
        if isinstance(found, Failed):
            faults.append(diagnose("W113", span, reference.citekey, style=style, reason=found.reason))
            lines.append(cite_otherwise(reference, options))
        else:
            present = map_text(found, lambda value: text(_NOBODY.sub("", value)))
            lines.append(lines_of(reference, with_links(present), options))
    return Parsed(lines, tuple(faults))


def with_links(rich: Rich) -> Rich:
    """The tree whose links stand on addresses and identifiers alone; a title that a style made a link of is text."""
    found: list[Inline] = []
    for node in rich:
        match node:
            case Text() | Verbatim():
                found.append(node)
            case Link(href, children):
                found.extend(linked(href, with_links(children)))
            case _:
                found.append(with_children(node, with_links(node.children)))
    return merge(tuple(found))


_TAGS: Mapping[str, Callable[[Rich], Inline]] = {
    **dict.fromkeys(("em", "i", "italic", "emph", "slanted"), Emph),
    **dict.fromkeys(("strong", "b", "bold"), Strong),
    **dict.fromkeys(("sup", "superscript"), Sup),
    **dict.fromkeys(("sub", "subscript"), Sub),
    **dict.fromkeys(("sc", "smallcaps", "scshape"), SmallCaps),
}


class _Symbols(dict[str, Rich]):
    """The signs that styles name; one that nobody knows is a space, as most of them are."""

    def __missing__(self, name: str) -> Rich:
        return text(" ")


class TreeBackend:
    """What pybtex calls a backend: renders its text as our inline tree.

    It has the methods of ``pybtex.backends.BaseBackend`` that pybtex's text calls, and needs nothing of pybtex.
    """

    RenderType = tuple  # what a rendered text is
    symbols: Mapping[str, Rich] = _Symbols(
        ndash=text("–"), mdash=text("—"), nbsp=text("\u00a0"), newblock=text(" "), hellip=text("…")
    )

    def format_str(self, value: str) -> Rich:
        """A run of characters."""
        return text(value)

    def format_tag(self, name: str, children: Rich) -> Rich:
        """Emphasis; a tag that a notice does not show leaves its text."""
        wrap = _TAGS.get(name)
        return (wrap(children),) if wrap and children else children

    def format_href(self, url: str, children: Rich, external: bool = False) -> Rich:  # noqa: ARG002  # pybtex's signature
        """A link, whatever it stands on: ``with_links`` judges it."""
        return (Link(url, children),) if children else ()

    def format_protected(self, children: Rich) -> Rich:
        """A text whose case is kept."""
        return children

    def render_sequence(self, parts: Iterable[Rich]) -> Rich:
        """The parts of a text, one after the other."""
        return merge(tuple(node for part in parts for node in part))


def _trial(*types: str) -> Entry:
    names = "title booktitle journal publisher institution school address volume number series edition chapter"
    fields = {**{name: name.capitalize() for name in names.split()}, "pages": "1--2", "year": "2019", "month": "mars"}
    people = {"author": (Person("Anne", "de", "Un"),), "editor": (Person(literal="Centre"),)}
    return Entry("trial", (*types, "misc"), fields, people, frozenset({"author"}), {"year": "2019"})


TRIAL = (
    *(_trial(name) for name in ("article", "book", "incollection", "techreport", "misc")),
    Entry("trial", ("misc",), {"title": "Titre"}, missing={"year": "2019"}),
)


def person_parts(person: Person) -> Mapping[str, str]:
    """The arguments of ``pybtex.database.Person`` for a name."""
    if person.literal:
        return {"last": f"{{{person.literal}}}"}
    given, *middle = person.given.split() or [""]
    return {
        "first": given,
        "middle": " ".join(middle),
        "prelast": person.particle,
        "last": person.family,
        "lineage": person.suffix,
    }


# Who closes a list from which the source leaves people out, and who stands where a style cannot do without anybody.
LEFT_OUT: Mapping[str, str] = MappingProxyType({"last": OTHERS})
NOBODY: Mapping[str, str] = MappingProxyType({"last": "\ue003"})
# With what a style puts behind a name at the head of a notice: « , editor. ».
_NOBODY = re.compile(r"\ue003(?:,? \(?[Ee]d(?:itor|s?\.)\)?)?[.,;:]*\s*")
