"""The notice of a monitoring bulletin: source, title, summary, extent, and a link that says what it opens.

Source: the bulletins of documentation centres, whose readers look first at who published what, and when:
``NOM Prénom, Éditeur, 2025-11``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from biblio.citation.annotations import annotation
from biblio.citation.dates import of_source
from biblio.citation.elements import chosen
from biblio.citation.extents import pages
from biblio.citation.legal import is_dated_in_title
from biblio.citation.links import links_to
from biblio.citation.names import creators, family_first, separated
from biblio.citation.options import Options
from biblio.citation.publishing import bodies
from biblio.citation.titles import full_title, host_title, labelled, phrases, series, volume_and_number
from biblio.document.tree import Line, Role
from biblio.reference.genres import state_of
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, Strong, join, text
from biblio.words.tables import term


def cite(reference: Reference, options: Options) -> tuple[Line, ...]:
    """The lines of one notice, in the order of print; a line that would be empty is left out."""
    title = full_title(reference, options)
    lines = (
        Line(Role.SOURCE, _source(reference, options)),
        Line(Role.TITLE, (Strong(title),) if title else ()),
        Line(Role.NOTE, phrases([reference.note, reference.addendum])),
        *annotation(reference, options),
        Line(Role.NOTE, _extent(reference, options)),
        *links_to(reference, options),
    )
    return tuple(line for line in lines if line.content)


def _source(reference: Reference, options: Options) -> Rich:
    """``NOM Prénom, Éditeur ou revue, 2025-11``; a body that is also the publisher is said once."""
    authors = {person.literal for person in reference.author.people}
    publishers = ", ".join(body for body in bodies(reference.publisher, options) if body not in authors)
    date = reference.issued or reference.event_date or reference.updated
    if not reference.container_title and is_dated_in_title(reference, options):
        date = None
    host = host_title(reference, options)
    parts = {
        "authors": creators(reference, options, separated, family_first),
        "journaltitle": host,
        "publisher": () if host else text(publishers),
        "date": text(of_source(date, options) if date else state_of(reference, options.lang)),
    }
    return join(chosen(parts, options), ", ")


def _extent(reference: Reference, options: Options) -> Rich:
    """``vol. 18 n° 2, pp. 135-147`` of an article, ``41 p.`` of a whole, ``[en ligne]`` of what has no pages."""
    place = join([_PLACES[reference.type.pattern](reference, options), text(reference.issue)], ", ")
    printed = join([place, pages(reference, options)], ", ")
    online = any(link.url for link in reference.all_links)
    return printed or text(term("citation.online", options.lang) if online else "")


def _issue(reference: Reference, options: Options) -> Rich:
    return text(volume_and_number(reference, options, " "))


def _official_number(reference: Reference, options: Options) -> Rich:
    return text(labelled(reference.number, term("citation.number", options.lang)))


def _nothing(reference: Reference, options: Options) -> Rich:
    return ()


_PLACES: Mapping[Pattern, Callable[[Reference, Options], Rich]] = {
    Pattern.ARTICLE: _issue,
    Pattern.MONOGRAPH: series,
    Pattern.PART: _nothing,
    Pattern.LEGAL: _official_number,
    Pattern.WEB: _nothing,
}
