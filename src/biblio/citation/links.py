"""Links in print: an address inside a phrase, and the lines of links under a notice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from biblio.citation.options import Options
from biblio.document.tree import Line, Role
from biblio.reference.link import DocumentLink, is_safe, short_form
from biblio.reference.reference import Reference
from biblio.text.inline import Link, Rich, Text, Verbatim, merge, plain, text
from biblio.words.tables import term


def address(url: str, options: Options, shown: str = "") -> Rich:
    """An address as a link, printed in full or as ``shown``; one that may not become a link is only printed."""
    printed = (Verbatim(_shortened(shown or url, options.displayed_url)),)
    return (Link(url, printed),) if is_safe(url) else printed


def link_lines(links: Sequence[DocumentLink], options: Options) -> tuple[Line, ...]:
    """One line a link: a bare address, or a label that carries it."""
    return tuple(_line(link, options, _opens_cluster(links, index)) for index, link in enumerate(links))


def links_to(reference: Reference, options: Options) -> tuple[Line, ...]:
    """One line a link, each of which says what it leads to, for those who go through a page from link to link.

    A bare address, or a DOI when there is no address, becomes « Consulter la ressource » with the title, in characters
    alone: PDF/UA wants no structure inside a link. Labels stay as they are. On paper, where nothing can be clicked, the
    address stands in the place of words that are not the reader's own, and behind a label.
    """
    title = plain(reference.title) or ", ".join(reference.publisher)
    bare = ("",) if reference.url and not reference.is_at_doi else ("", "DOI")
    typed = reference.all_links
    named = [_named(link, title, options) if not link.label and link.scheme in bare else link for link in typed]
    lines = link_lines(named, options)
    return tuple(
        replace(line, printed=_on_paper(link, line, options)) if each.label and is_safe(each.url) else line
        for link, each, line in zip(typed, named, lines, strict=True)
    )


def _on_paper(link: DocumentLink, line: Line, options: Options) -> Rich:
    """What paper shows of a link of words: its address, in the short form that browsers complete."""
    address = Verbatim(_shortened(short_form(link.url), options.displayed_url))
    if link.label:
        return merge((*line.content, Text(term("citation.colon", options.lang)), address))
    return merge((Link(link.url, (address,)), *line.content[1:]))


def _named(link: DocumentLink, title: str, options: Options) -> DocumentLink:
    if not is_safe(link.url):
        return link
    name = term("citation.consult", options.lang).format(title=title) if title else term("citation.open", options.lang)
    return replace(link, label=name, scheme="")


def _opens_cluster(links: Sequence[DocumentLink], index: int) -> bool:
    return index > 0 and links[index].cluster > links[index - 1].cluster


def _line(link: DocumentLink, options: Options, gap: bool) -> Line:
    """The link; the format, size and access follow outside of it."""
    bracketed = ", ".join(part for part in (link.format, link.size) if part)
    details = [f"({bracketed})"] if bracketed else []
    if link.abstract_only:
        details.append(term("citation.abstract_only", options.lang))
    after: Rich = text(" " + " ".join(details)) if details else ()
    before: Rich = ()
    label = text(link.label)
    if link.scheme:
        before = text(term("citation.identifier", options.lang).format(scheme=link.scheme))
    shown: Rich = label or (Verbatim(_shortened(link.url, options.displayed_url)),)
    if link.url and is_safe(link.url):
        shown = (Link(link.url, shown),)
    elif link.url and link.label:
        shown = (*label, Text(" "), Verbatim(_shortened(link.url, options.displayed_url)))
    return Line(Role.LINK, merge((*before, *shown, *after)), gap)


def _shortened(url: str, length: int) -> str:
    return url if len(url) <= length else url[: length - 1] + "…"
