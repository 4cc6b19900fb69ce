"""The running form of a reading list: ``Titre / Auteur, date. n p.``, then the summary and the links.

Source: ISBD's statement of responsibility, a slash between two spaces after the title, as documentation centres print
it in their reading lists: names as on the title page, the date in words, the extent after a full stop.
"""

from __future__ import annotations

from biblio.citation.annotations import annotation
from biblio.citation.dates import in_words, update_in_words
from biblio.citation.extents import pages
from biblio.citation.legal import is_dated_in_title
from biblio.citation.links import links_to
from biblio.citation.names import creators, in_a_row, in_prose
from biblio.citation.options import Options
from biblio.citation.publishing import bodies
from biblio.citation.sentences import sentences
from biblio.citation.titles import full_title, host_title, labelled, phrases, volume_and_number
from biblio.document.tree import Line, Role
from biblio.reference.genres import state_of
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Emph, Rich, Strong, Text, join, merge, text
from biblio.words.tables import term


def cite(reference: Reference, options: Options) -> tuple[Line, ...]:
    """The running line, the summary, and links that name what they lead to."""
    lines = (
        Line(Role.TITLE, _running(reference, options)),
        Line(Role.NOTE, phrases([reference.note, reference.addendum])),
        *annotation(reference, options),
        *links_to(reference, options),
    )
    return tuple(line for line in lines if line.content)


def _running(reference: Reference, options: Options) -> Rich:
    title = full_title(reference, options)
    strong: Rich = (Strong(title),) if title else ()
    responsible = creators(reference, options, in_a_row, in_prose) or text(
        ", ".join(bodies(reference.publisher, options))
    )
    published = [responsible, _host(reference, options), text(_date(reference, options))]
    phrase = join([strong, join(published, ", ")], " / ")
    return sentences([phrase, pages(reference, options)])


def _host(reference: Reference, options: Options) -> Rich:
    """The journal with its numbers, or the book that the document is a part of."""
    title = host_title(reference, options)
    if not title:
        return ()
    host: Rich = (Emph(title),)
    if reference.type.pattern is Pattern.ARTICLE:
        return join([host, text(volume_and_number(reference, options, " ")), text(reference.issue)], ", ")
    if reference.type.pattern is Pattern.LEGAL:
        return join([host, text(labelled(reference.number, term("citation.number", options.lang)))], " ")
    return merge((Text(term("citation.note_in", options.lang)), *host))


def _date(reference: Reference, options: Options) -> str:
    if reference.issued and not reference.container_title and is_dated_in_title(reference, options):
        return ""
    # What has no date of its own goes by that of its meeting.
    if date := reference.issued or reference.event_date:
        return in_words(date, options.lang)
    return update_in_words(reference.updated, options.lang) if reference.updated else state_of(reference, options.lang)
