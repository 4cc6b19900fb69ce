"""What a citation processor printed becomes the lines of a notice: names left out, languages, links, what it omits."""

from __future__ import annotations

import re

from biblio.citation.annotations import annotation
from biblio.citation.links import link_lines
from biblio.citation.options import Options
from biblio.citation.titles import full_title, in_its_language
from biblio.document.tree import Line, Role
from biblio.reference.link import is_safe
from biblio.reference.reference import Reference
from biblio.text.collation import fold
from biblio.text.inline import (
    Inline,
    Link,
    Rich,
    Strong,
    Text,
    Verbatim,
    join,
    map_text,
    merge,
    plain,
    text,
    with_children,
)
from biblio.words.tables import term

# Stands for the names that a source leaves out, until the style's « et », « and » or comma before it is known. A
# character of private use: no style changes its case.
OTHERS = "\ue000"
_JOINED = r"(?:[,;]?(?<!\s)\s+(?:et|and|&)|[,;])?(?:(?<!\s)\s+)?"
_JOINED_OTHERS = re.compile(_JOINED + OTHERS)
_JOINED_END = re.compile(_JOINED + r"\Z")

# « doi:10.4000/rfst.569 »
_IDENTIFIER = re.compile(r"((?:[A-Za-z]+: ?)?)(.*)", re.DOTALL)

# Stands before folios and plates, which bear their own label, until the style's « p. » before them is known.
LABELLED = "\ue002"
_PAGE_LABEL = re.compile(rf"(?:\b[Pp](?:p?\.|ages?)\s*)?{LABELLED}")

# What a processor may change in a title without changing its length.
_AS_TYPED = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})


def lines_of(reference: Reference, rich: Rich, options: Options) -> tuple[Line, ...]:
    """The lines of the notice of which a processor made ``rich``.

    A notice is what the style prints, its note, its annotation, and the links that the style does not print. Its title
    stands above it when the style leaves it out, as those of some journals do: an annotation must be of something.
    """
    typed = map_text(rich, lambda value: text(_PAGE_LABEL.sub("", value)))
    notice = _with_foreign_title(_with_others(typed, options), reference, options)
    printed = _targets(notice)
    lines = (
        Line(Role.TITLE, _title_left_out(notice, reference, options)),
        Line(Role.SOURCE, _stripped(notice)),
        Line(Role.NOTE, reference.note),
        *annotation(reference, options),
        *link_lines([link for link in reference.all_links if link.url not in printed], options),
    )
    return tuple(line for line in lines if line.content)


def linked(url: str, children: Rich) -> Rich:
    """A link on its own address, or on an identifier (« doi: » before it stays outside).

    A title that the processor made a link of stays a title.
    """
    shown = plain(children)
    before, identifier = _IDENTIFIER.fullmatch(shown).groups()  # type: ignore[union-attr]  # every text has this form
    if is_safe(url) and shown == url:
        return (Link(url, (Verbatim(shown),)),)
    if is_safe(url) and url.endswith(f"/{identifier}") and any(map(str.isdigit, identifier)):
        return (*text(before), Link(url, (Verbatim(identifier),)))
    return children


def _with_others(rich: Rich, options: Options) -> Rich:
    """« et al. » in the place of the names that the source leaves out, and of what joined them to those before."""
    and_others = " " + term("citation.and_others", options.lang)
    found: list[Inline] = []
    for node in rich:
        match node:
            case Text(value):
                found.append(Text(_JOINED_OTHERS.sub(and_others, value)))
            case Verbatim():
                found.append(node)
            case _ if plain(node.children).strip() == OTHERS:
                # In capitals or in bold, as the style sets names; what joined it stands before it.
                if found and isinstance(found[-1], Text):
                    found[-1] = Text(_JOINED_END.sub("", found[-1].text, count=1))
                found.append(Text(and_others))
            case _:
                found.append(with_children(node, _with_others(node.children, options)))
    # The style's own full stop after the names is that of the abbreviation.
    return map_text(merge(tuple(found)), lambda value: text(value.replace(f"{and_others}.", and_others)))


def _title_left_out(notice: Rich, reference: Reference, options: Options) -> Rich:
    """The whole title, in bold, when its letters are not in the notice; nothing when they are."""
    if _letters(reference.title) in _letters(notice):
        return ()
    return (Strong(full_title(reference, options)),)


def _letters(rich: Rich) -> str:
    """The letters and figures alone, without case: what a style does not change."""
    return fold(plain(rich)).replace(" ", "")


def _with_foreign_title(rich: Rich, reference: Reference, options: Options) -> Rich:
    """The title, where it stands in one run of text, marked as in its own language."""
    title = _comparable(plain(join([reference.title, reference.subtitle], " : ")))

    def mark(value: str) -> Rich:
        start = _comparable(value).find(title)
        if start < 0:
            return text(value)
        end = start + len(title)
        return (
            *text(value[:start]),
            *in_its_language(text(value[start:end]), reference, options),
            *text(value[end:]),
        )

    return merge(map_text(rich, mark)) if title else rich


def _comparable(value: str) -> str:
    lower = value.lower()
    return (lower if len(lower) == len(value) else value).translate(_AS_TYPED)


def _targets(rich: Rich) -> set[str]:
    """The addresses of the links in a tree."""
    found: set[str] = set()
    for node in rich:
        if isinstance(node, Link):
            found.add(node.href)
        elif not isinstance(node, Text | Verbatim):
            found |= _targets(node.children)
    return found


def _stripped(rich: Rich) -> Rich:
    """The tree without the blanks at its two ends."""
    if rich and isinstance(rich[0], Text):
        rich = (*text(rich[0].text.lstrip()), *rich[1:])
    if rich and isinstance(rich[-1], Text):
        rich = (*rich[:-1], *text(rich[-1].text.rstrip()))
    return rich
