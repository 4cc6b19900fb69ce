"""The reference as a running note, by ISO 690: given name first, commas between the elements.

Source: ISO 690:2021, running notes, with the punctuation of French notes: the title of a part between guillemets, that
of a whole in italic. One paragraph a notice, without annotation; an address only where there is no DOI.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from biblio.citation.availability import availability
from biblio.citation.dates import in_words, update_in_words
from biblio.citation.extents import pages, volumes
from biblio.citation.iso690 import event, is_numbered_report, is_of_the_event, is_part, numbered_kind, official_journal
from biblio.citation.names import creators, given_first, hosts, in_a_row
from biblio.citation.options import Options
from biblio.citation.publishing import bodies, manner
from biblio.citation.roles import secondary
from biblio.citation.sentences import sentences, without_stop
from biblio.citation.titles import (
    edition,
    full_title,
    host_title,
    issue_title,
    journal_series,
    series,
    version,
    volume_and_number,
)
from biblio.document.tree import Line, Role
from biblio.reference.genres import state_of
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Emph, Quoted, Rich, Text, join, merge, text
from biblio.words.tables import term


def cite(reference: Reference, options: Options) -> tuple[Line, ...]:
    """The note, as the one line of the notice; none when there is nothing to say."""
    elements = [
        creators(reference, options, in_a_row, given_first),
        _title(reference, options),
        *_PATTERNS[reference.type.pattern](reference, options),
        availability(reference, options, ""),
    ]
    note = sentences([join(elements, ", ")])
    return (Line(Role.SOURCE, note),) if note else ()


def _title(reference: Reference, options: Options) -> Rich:
    title = without_stop(full_title(reference, options))
    if not title:
        return ()
    return (Quoted(title),) if is_part(reference) or reference.type.pattern is Pattern.WEB else (Emph(title),)


def _issued(reference: Reference, options: Options) -> Rich:
    issued = None if is_of_the_event(reference, options) else reference.issued
    date = in_words(issued, options.lang) if issued else ""
    return text(", ".join(filter(None, (date, state_of(reference, options.lang)))))


def _bodies(reference: Reference, options: Options) -> Rich:
    return text(", ".join(bodies(reference.publisher, options, with_et=True)))


def _roles(reference: Reference, options: Options) -> Rich:
    return secondary(reference, options, in_a_row, given_first)


def _article(reference: Reference, options: Options) -> list[Rich]:
    """``*Revue*, vol. 18, n° 2, mars 2019, pp. 135-147``."""
    title = host_title(reference, options)
    journal: Rich = (Emph(title),) if title else ()
    return [
        _roles(reference, options),
        journal or _bodies(reference, options),
        journal_series(reference, options),
        text(volume_and_number(reference, options, ", ")),
        text(reference.issue),
        issue_title(reference, options),
        _issued(reference, options),
        pages(reference, options),
    ]


def _monograph(reference: Reference, options: Options) -> list[Rich]:
    """``2e éd., Paris, Éditeur, coll. n° 12, 2018, 96 p.``."""
    return [
        _roles(reference, options),
        text(edition(reference.edition, options, first=False)),
        text(version(reference, options)),
        text(numbered_kind(reference, options)),
        event(reference, options),
        manner(reference),
        text(", ".join(bodies(reference.publisher_place, options, with_et=True))),
        _bodies(reference, options),
        () if is_numbered_report(reference) else series(reference, options),
        _issued(reference, options),
        volumes(reference, options),
        pages(reference, options),
    ]


def _part(reference: Reference, options: Options) -> list[Rich]:
    """``in Prénom NOM (dir.), *Titre hôte*, Éditeur, 2016, pp. 277-295``."""
    title = host_title(reference, options)
    host: Rich = (Emph(title),) if title else ()
    inside = join([hosts(reference, options, in_a_row, given_first), host], ", ")
    return [
        merge((Text(term("citation.note_in", options.lang)), *inside)) if inside else (),
        *_monograph(reference, options),
    ]


def _legal(reference: Reference, options: Options) -> list[Rich]:
    return [_bodies(reference, options), official_journal(reference, options)]


def _web(reference: Reference, options: Options) -> list[Rich]:
    """``Organisme, 14 mars 2022, à jour en janvier 2023``."""
    updated = text(update_in_words(reference.updated, options.lang)) if reference.updated else ()
    return [_roles(reference, options), _bodies(reference, options), _issued(reference, options), updated]


_PATTERNS: Mapping[Pattern, Callable[[Reference, Options], list[Rich]]] = {
    Pattern.ARTICLE: _article,
    Pattern.MONOGRAPH: _monograph,
    Pattern.PART: _part,
    Pattern.LEGAL: _legal,
    Pattern.WEB: _web,
}
