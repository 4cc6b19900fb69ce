"""The notice by ISO 690, as French libraries print it: name and date first, one paragraph, then the annotation.

Source: ISO 690:2021, *Guidelines for bibliographic references and citations to information resources*, which fixes
the elements and their order and leaves the punctuation open. Name and date system: the year follows the creators, and a
date is said again in its place only when it is more precise. Punctuation and terms are those of French libraries, as in
the CSL style iso690-author-date-fr. Elements that the source lacks are left out, but for the date: ``[s. d.]``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from biblio.citation.annotations import annotation
from biblio.citation.availability import availability, medium, standard_numbers
from biblio.citation.dates import in_words, point_in_words, state_in_words, update_in_words
from biblio.citation.extents import extent_of, pages, volumes
from biblio.citation.legal import official_reference, title_says
from biblio.citation.links import link_lines
from biblio.citation.names import creators, family_comma, given_first, hosts, in_a_row
from biblio.citation.options import Options
from biblio.citation.publishing import bodies, manner
from biblio.citation.roles import secondary
from biblio.citation.sentences import ends_phrase, sentences, without_stop
from biblio.citation.titles import (
    capitalised,
    edition,
    event_title,
    full_title,
    host_title,
    issue_title,
    journal_series,
    labelled,
    phrases,
    series,
    version,
    volume_and_number,
)
from biblio.document.tree import Line, Role
from biblio.reference.date import DatePoint
from biblio.reference.genres import kind_of, state_of
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Emph, Rich, Text, join, text
from biblio.words.tables import term


def cite(reference: Reference, options: Options) -> tuple[Line, ...]:
    """The reference as one paragraph, then its note, its annotation and its labelled links, each if there is one."""
    lines = (
        Line(Role.SOURCE, _notice(reference, options)),
        Line(Role.NOTE, phrases([reference.note, reference.addendum])),
        *annotation(reference, options),
        *link_lines(reference.links, options),
    )
    return tuple(line for line in lines if line.content)


def _notice(reference: Reference, options: Options) -> Rich:
    elements = [
        *_head(reference, options),
        *_PATTERNS[reference.type.pattern](reference, options),
        text(standard_numbers(reference, options)),
        availability(reference, options, term("citation.available", options.lang)),
    ]
    return sentences(elements)


def _head(reference: Reference, options: Options) -> list[Rich]:
    """``NOM, Prénom, 2019`` and the title; without a creator the title comes first and the year follows it."""
    title = _title(reference, options)
    responsible = creators(reference, options, in_a_row, family_comma)
    if reference.type.pattern is Pattern.LEGAL:
        return [responsible, title]  # the date of a law is in its title, that of the journal beside it
    year = text(_year(reference, options))
    if responsible:
        return [join([responsible, year], ", "), title]
    return [join([title, year], " " if ends_phrase(title) else ", ")]


def _title(reference: Reference, options: Options) -> Rich:
    """The title of a whole is in italic and carries the medium; that of a part is not, and its host carries it."""
    body = text(_bodies(reference, options)) if reference.type.pattern is Pattern.WEB else ()
    title = full_title(reference, options) or body
    if not title:
        return ()
    if is_part(reference):
        found = () if _host(reference, options) else text(medium(reference, options))
        return join([without_stop(title), found], " ") if found else title
    return _with_medium(title, reference, options)


def is_part(reference: Reference) -> bool:
    """Whether a document stands in another, as an article does, but not the number of a journal itself."""
    return reference.type.pattern in (Pattern.ARTICLE, Pattern.PART) and reference.entry_type.lower() != "periodical"


def _host(reference: Reference, options: Options) -> Rich:
    """What a part is in: the journal, which may go by its publisher, or the book."""
    bodies_of = reference.type.pattern is Pattern.ARTICLE
    return host_title(reference, options) or (text(_bodies(reference, options)) if bodies_of else ())


def _with_medium(title: Rich, reference: Reference, options: Options) -> Rich:
    """A title in italic, and what it is in; nothing without a title."""
    found = text(medium(reference, options))
    return join([(Emph(without_stop(title) if found else title),), found], " ") if title else ()


def _year(reference: Reference, options: Options) -> str:
    """``2019``, ``2018-2020``, ``2019-``, ``[s. d.]``; a page of which only the update is dated goes by that.

    What has no date because it is not out yet goes by its state: ``à paraître``.
    """
    date = reference.issued or reference.updated
    if date is None:
        return state_of(reference, options.lang) or term("citation.no_date", options.lang)
    if date.literal:
        return state_in_words(date.literal, options.lang)
    first, last = (_year_of(point, options) for point in (date.start, date.end))
    return f"{first}-{last}" if date.is_range and first != last else first


def _year_of(point: DatePoint | None, options: Options) -> str:
    """The year of one end of a range; nothing for an open end."""
    if point is None:
        return ""
    return point_in_words(replace(point, month=0, day=0), options.lang)


def _precise_date(reference: Reference, options: Options) -> str:
    """The date in words when it says more than the year, which stands after the creators already, and the meeting."""
    start = reference.issued.first if reference.issued and not is_of_the_event(reference, options) else None
    return in_words(reference.issued, options.lang) if reference.issued and start and start.month else ""


def _article(reference: Reference, options: Options) -> list[Rich]:
    """``*Revue* [en ligne]. Mars 2019, vol. 18, n° 2, pp. 135-147``."""
    journal = _host(reference, options)
    place = [
        text(_precise_date(reference, options)),
        journal_series(reference, options),
        text(volume_and_number(reference, options, ", ")),
        text(reference.issue),
        issue_title(reference, options),
        pages(reference, options),
    ]
    return [
        _roles(reference, options),
        _with_medium(journal, reference, options),
        _capital(join(place, ", ")),
        _state(reference, options),
    ]


def _capital(rich: Rich) -> Rich:
    """A phrase of figures and terms, which begins with plain text, with a capital."""
    return (Text(capitalised(rich[0].text)), *rich[1:]) if rich and isinstance(rich[0], Text) else rich


def _monograph(reference: Reference, options: Options) -> list[Rich]:
    """``2e éd. Paris : Éditeur, mars 2018. 96 p. Collection n° 12``."""
    return [
        _roles(reference, options),
        text(capitalised(edition(reference.edition, options, first=False))),
        text(capitalised(version(reference, options))),
        text(_kind(reference, options)),
        event(reference, options),
        _capital(manner(reference)),
        _imprint(reference, options),
        _state(reference, options),
        volumes(reference, options),
        _extent(reference, options),
        _series(reference, options),
    ]


def _series(reference: Reference, options: Options) -> Rich:
    """The series as it is called; a number without one begins with a capital."""
    if is_numbered_report(reference):
        return ()
    found = series(reference, options)
    return found if reference.collection_title else _capital(found)


def _kind(reference: Reference, options: Options) -> str:
    """What kind of thesis or report it is; not what stands behind the title already: ``[logiciel]``."""
    kind = numbered_kind(reference, options)
    return "" if kind and medium(reference, options).casefold().startswith(f"[{kind.casefold()}") else capitalised(kind)


def numbered_kind(reference: Reference, options: Options) -> str:
    """``thèse de doctorat``; ``rapport de recherche n° 12`` of a report that is numbered outside of any series.

    A standard goes by its number: ``NF Z44-005``.
    """
    kind = kind_of(reference, options.lang)
    if not is_numbered_report(reference):
        return kind
    return " ".join(filter(None, (kind, labelled(reference.number, term("citation.number", options.lang)))))


def is_numbered_report(reference: Reference) -> bool:
    """Whether a number belongs to the kind of document, as outside of any series it does."""
    says_kind = reference.entry_type.lower() == "standard" or kind_of(reference, "fr")
    return bool(reference.number and not reference.collection_title and says_kind)


def _roles(reference: Reference, options: Options) -> Rich:
    return _capital(secondary(reference, options, in_a_row, given_first))


def _state(reference: Reference, options: Options) -> Rich:
    """``À paraître``, of what has a date already; without one the state stands in the place of the year."""
    dated = reference.issued or reference.updated
    return text(capitalised(state_of(reference, options.lang))) if dated else ()


def _extent(reference: Reference, options: Options) -> Rich:
    """``132 p.``, ``P. 12``, ``Non paginé``: what is a term begins with a capital, roman figures stay small."""
    extent = reference.number_of_pages
    found = pages(reference, options)
    if found == text(term("citation.unknown_pages", options.lang)):
        return text(term("citation.without_pages", options.lang))
    return found if extent and found == extent_of(extent, options) else _capital(found)


def event(reference: Reference, options: Options) -> Rich:
    """``Nom du colloque, Paris, 11 et 12 avril 2013``."""
    date = _event_date(reference, options)
    return join([event_title(reference, options), text(reference.event_place), text(date)], ", ")


def _event_date(reference: Reference, options: Options) -> str:
    date = in_words(reference.event_date, options.lang) if reference.event_date else ""
    return "" if title_says(reference, date) else date


def is_of_the_event(reference: Reference, options: Options) -> bool:
    """Whether the date of a document is that of its meeting, or the year of it: it is not said twice."""
    issued, event = reference.issued, reference.event_date
    if reference.type.pattern not in (Pattern.MONOGRAPH, Pattern.PART) or not _event_date(reference, options):
        return False
    if issued is None or event is None or issued.is_range:
        return issued == event
    days = [point for point in (event.start, event.end) if point is not None]
    return any(issued.start in (day, replace(day, day=0), replace(day, month=0, day=0)) for day in days)


def _imprint(reference: Reference, options: Options) -> Rich:
    """``Paris : Éditeur ; Éditeur, mars 2018``."""
    places = text(" ; ".join(bodies(reference.publisher_place, options, with_et=True)))
    publishers = join([places, text(_bodies(reference, options))], term("citation.colon", options.lang))
    date = text(_precise_date(reference, options))
    return join([publishers, date], ", ") if publishers else _capital(date)


def _part(reference: Reference, options: Options) -> list[Rich]:
    """``In : NOM, Prénom (dir.), *Titre hôte*. Éditeur, pp. 277-295``."""
    host = _with_medium(host_title(reference, options), reference, options)
    makers = hosts(reference, options, in_a_row, family_comma)
    inside = join([makers, host], ", ") if makers or host_title(reference, options) else ()
    where = join([_imprint(reference, options), pages(reference, options)], ", ")
    return [
        (Text(term("citation.in", options.lang)), *inside) if inside else host,
        _roles(reference, options),
        text(capitalised(edition(reference.edition, options, first=False))),
        text(_kind(reference, options)),
        event(reference, options),
        _capital(manner(reference)),
        _capital(where),
        _state(reference, options),
        volumes(reference, options),
        _series(reference, options),
    ]


def _legal(reference: Reference, options: Options) -> list[Rich]:
    """``*JORF* n° 0172 du 26 juillet 2019``: the official journal that published the text."""
    return [text(_bodies(reference, options)), _capital(official_journal(reference, options))]


def official_journal(reference: Reference, options: Options) -> Rich:
    """``*JORF* n° 0172 du 26 juillet 2019, pp. 1-3``."""
    title = host_title(reference, options)
    journal: Rich = (Emph(title),) if title else ()
    issue = official_reference(reference, journal, options)
    return join([issue, pages(reference, options)], ", ")


def _web(reference: Reference, options: Options) -> list[Rich]:
    """``Organisme, 14 mars 2022. À jour en janvier 2023``."""
    imprint = _imprint(reference, options) if reference.title else text(_precise_date(reference, options))
    updated = update_in_words(reference.updated, options.lang) if reference.updated else ""
    return [_roles(reference, options), _capital(imprint), text(capitalised(updated)), _state(reference, options)]


_PATTERNS: Mapping[Pattern, Callable[[Reference, Options], list[Rich]]] = {
    Pattern.ARTICLE: _article,
    Pattern.MONOGRAPH: _monograph,
    Pattern.PART: _part,
    Pattern.LEGAL: _legal,
    Pattern.WEB: _web,
}


def _bodies(reference: Reference, options: Options) -> str:
    return " ; ".join(bodies(reference.publisher, options, with_et=True))
