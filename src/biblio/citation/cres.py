"""The notice as the CRES prints it: authors, title, source, annotation and its provenance, links.

Source: the published dossiers of the CRES Provence-Alpes-Côte d'Azur, whose order of elements is that of ISO 690
without its place of publication. One small function per line, one source line per pattern of entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from biblio.citation.annotations import annotation
from biblio.citation.dates import in_words, of_source, update_in_words
from biblio.citation.elements import chosen
from biblio.citation.extents import pages, volumes
from biblio.citation.legal import official_reference
from biblio.citation.links import link_lines
from biblio.citation.names import creators, family_first, separated
from biblio.citation.options import Options
from biblio.citation.publishing import bodies, manner
from biblio.citation.roles import secondary
from biblio.citation.titles import (
    edition,
    event_title,
    full_title,
    host_title,
    issue_title,
    journal_series,
    phrases,
    series,
    version,
    volume_and_number,
)
from biblio.document.tree import Line, Role
from biblio.reference.genres import state_of
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
        Line(Role.NOTE, phrases([reference.note, reference.addendum])),
        *annotation(reference, options),
        *link_lines(reference.all_links, options),
    )
    return tuple(line for line in lines if line.content)


def _title(reference: Reference, options: Options) -> Rich:
    """The title in bold; a page without one goes by its body."""
    body = text(_bodies(reference, options)) if reference.type.pattern is Pattern.WEB else ()
    title = full_title(reference, options) or body
    return (Strong(title),) if title else ()


def _article_source(reference: Reference, options: Options) -> Rich:
    """``Revue, vol. 18 n° 2, 2019-03, pp. 135-147``."""
    numbers = volume_and_number(reference, options, " ")
    return _italic(
        {
            "roles": _roles(reference, options),
            "journaltitle": host_title(reference, options) or text(_bodies(reference, options)),
            "series": journal_series(reference, options),
            "volume": text(", ".join(part for part in (numbers, reference.issue) if part)),
            "issuetitle": issue_title(reference, options),
            "date": _issued(reference, options),
            "pages": pages(reference, options),
        },
        options,
    )


def _monograph_source(reference: Reference, options: Options) -> Rich:
    """``Éditeur, Éditeur, 2018, 96 p.``, the edition and the series before and after the publishers."""
    return _italic(
        {
            "roles": _roles(reference, options),
            "edition": text(edition(reference.edition, options)),
            "version": text(version(reference, options)),
            "publisher": text(_bodies(reference, options)),
            "howpublished": manner(reference),
            "series": series(reference, options),
            "date": _issued(reference, options),
            "volumes": volumes(reference, options),
            "pages": pages(reference, options),
        },
        options,
    )


def _part_source(reference: Reference, options: Options) -> Rich:
    """``In : AUTEURS, **Titre hôte**, *Éditeur, 2016, pp. 277-295*``."""
    title = host_title(reference, options)
    host: Rich = (Strong(title),) if title else ()
    by_another = bool(reference.book_author) and reference.book_author != reference.author
    makers = separated(
        reference.book_author if by_another else reference.editor, options, family_first, reference.language
    )
    inside = join([makers, host, _monograph_source(reference, options)], ", ")
    return merge((Text(term("citation.in", options.lang)), *inside)) if makers or host else inside


def _legal_source(reference: Reference, options: Options) -> Rich:
    """``JORF n° 0172 du 26 juillet 2019``: where the official journal has the text; first, the court that decided."""
    journal = host_title(reference, options)
    official = official_reference(reference, journal, options)
    return _italic({"publisher": text(_bodies(reference, options)), "journaltitle": official}, options)


def _web_source(reference: Reference, options: Options) -> Rich:
    """``Organisme, à jour en janvier 2023``; the body alone stands as title when the page has none."""
    body = text(_bodies(reference, options)) if reference.title else ()
    issued = text(in_words(reference.issued, options.lang)) if reference.issued else ()
    updated = text(update_in_words(reference.updated, options.lang)) if reference.updated else ()
    return _italic({"publisher": body, "date": issued, "updated": updated}, options)


_SOURCES: Mapping[Pattern, Callable[[Reference, Options], Rich]] = {
    Pattern.ARTICLE: _article_source,
    Pattern.MONOGRAPH: _monograph_source,
    Pattern.PART: _part_source,
    Pattern.LEGAL: _legal_source,
    Pattern.WEB: _web_source,
}


def _italic(parts: Mapping[str, Rich], options: Options) -> Rich:
    joined = join(chosen(parts, options), ", ")
    return (Emph(joined),) if joined else ()


def _issued(reference: Reference, options: Options) -> Rich:
    """``2019-03``, ``à paraître``."""
    date = of_source(reference.issued, options) if reference.issued else ""
    return text(", ".join(filter(None, (date, state_of(reference, options.lang)))))


def _bodies(reference: Reference, options: Options) -> str:
    return ", ".join(bodies(reference.publisher, options))


def _roles(reference: Reference, options: Options) -> Rich:
    """Who translated, edited or prefaced the document, where the style asks for it."""
    return secondary(reference, options, separated, family_first) if options.roles else ()


def _event(reference: Reference, options: Options) -> Rich:
    """``Lieu et date : Paris, 11 et 12 avril 2013``, or the event by its name."""
    date = in_words(reference.event_date, options.lang) if reference.event_date else ""
    place_and_date = ", ".join(part for part in (reference.event_place, date) if part)
    if reference.event_title:
        return join([event_title(reference, options), text(place_and_date)], ", ")
    known = "" if reference.event_place and date else "_place" if reference.event_place else "_date"
    return text(term(f"citation.event{known}", options.lang).format(event=place_and_date)) if place_and_date else ()
