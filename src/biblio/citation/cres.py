"""The notice as the CRES prints it: authors, title, source, annotation and its provenance, links.

Source: the published dossiers of the CRES Provence-Alpes-Côte d'Azur, whose order of elements is that of ISO 690
without its place of publication. One small function per line, one source line per pattern of entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from biblio.citation.annotations import annotation
from biblio.citation.dates import in_figures, in_words, legal_date, update_in_words
from biblio.citation.extents import pages
from biblio.citation.links import link_lines
from biblio.citation.names import creators, family_first, separated
from biblio.citation.options import Options
from biblio.citation.titles import edition, full_title, labelled, series, volume_and_number
from biblio.document.tree import Line, Role
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Emph, Rich, Strong, Text, join, merge, text
from biblio.words.tables import term


def cite(reference: Reference, options: Options) -> tuple[Line, ...]:
    """The lines of one notice, in the order of print; a line that would be empty is left out."""
    lines = (
        Line(Role.AUTHORS, creators(reference, options, separated, family_first)),
        Line(Role.TITLE, _title(reference, options)),
        Line(Role.SOURCE, _SOURCES[reference.type.pattern](reference, options)),
        Line(Role.EVENT, _event(reference, options)),
        Line(Role.NOTE, reference.note),
        *annotation(reference, options),
        *link_lines(reference.all_links, options),
    )
    return tuple(line for line in lines if line.content)


def _title(reference: Reference, options: Options) -> Rich:
    """The title in bold; a page without one goes by its body."""
    body = text(", ".join(reference.publisher)) if reference.type.pattern is Pattern.WEB else ()
    title = full_title(reference, options) or body
    return (Strong(title),) if title else ()


def _article_source(reference: Reference, options: Options) -> Rich:
    """``Revue, vol. 18 n° 2, 2019-03, pp. 135-147``."""
    numbers = volume_and_number(reference, options, " ")
    return _italic(
        [
            reference.container_title or text(", ".join(reference.publisher)),
            text(", ".join(part for part in (numbers, reference.issue) if part)),
            _issued(reference, options),
            pages(reference.page, reference.number_of_pages, options),
        ],
    )


def _monograph_source(reference: Reference, options: Options) -> Rich:
    """``Éditeur, Éditeur, 2018, 96 p.``, the edition and the series before and after the publishers."""
    return _italic(
        [
            text(edition(reference.edition, options)),
            *(text(publisher) for publisher in reference.publisher),
            series(reference, options),
            _issued(reference, options),
            pages(reference.page, reference.number_of_pages, options),
        ],
    )


def _part_source(reference: Reference, options: Options) -> Rich:
    """``In : AUTEURS, **Titre hôte**, *Éditeur, 2016, pp. 277-295*``."""
    host: Rich = (Strong(reference.container_title),) if reference.container_title else ()
    editors = separated(reference.editor, options, family_first)
    inside = join([editors, host, _monograph_source(reference, options)], ", ")
    return merge((Text(term("citation.in", options.lang)), *inside)) if inside else ()


def _legal_source(reference: Reference, options: Options) -> Rich:
    """``JORF n° 0172 du 26 juillet 2019``: the reference of the official journal."""
    dated = legal_date(reference.issued, options.lang) if reference.issued else ""
    number = labelled(reference.number, term("citation.number", options.lang))
    return _italic([join([reference.container_title, text(number), text(dated)], " ")])


def _web_source(reference: Reference, options: Options) -> Rich:
    """``Organisme, à jour en janvier 2023``; the body alone stands as title when the page has none."""
    body = text(", ".join(reference.publisher)) if reference.title else ()
    issued = text(in_words(reference.issued, options.lang)) if reference.issued else ()
    updated = text(update_in_words(reference.updated, options.lang)) if reference.updated else ()
    return _italic([body, issued, updated])


_SOURCES: Mapping[Pattern, Callable[[Reference, Options], Rich]] = {
    Pattern.ARTICLE: _article_source,
    Pattern.MONOGRAPH: _monograph_source,
    Pattern.PART: _part_source,
    Pattern.LEGAL: _legal_source,
    Pattern.WEB: _web_source,
}


def _italic(parts: list[Rich]) -> Rich:
    joined = join(parts, ", ")
    return (Emph(joined),) if joined else ()


def _issued(reference: Reference, options: Options) -> Rich:
    return text(in_figures(reference.issued, options.lang)) if reference.issued else ()


def _event(reference: Reference, options: Options) -> Rich:
    """``Lieu et date : Paris, 11 et 12 avril 2013``, or the event by its name."""
    date = in_words(reference.event_date, options.lang) if reference.event_date else ""
    place_and_date = ", ".join(part for part in (reference.event_place, date) if part)
    if reference.event_title:
        return join([reference.event_title, text(place_and_date)], ", ")
    return text(term("citation.event", options.lang).format(event=place_and_date)) if place_and_date else ()
