"""The place of a legal text in its official journal."""

from __future__ import annotations

from biblio.citation.dates import in_words, legal_date
from biblio.citation.options import Options
from biblio.citation.titles import labelled
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, join, plain, text
from biblio.words.tables import term


def official_reference(reference: Reference, journal: Rich, options: Options) -> Rich:
    """``JORF n° 0172 du 26 juillet 2019``; without journal or number the text's own date, unless its title says it."""
    volume = labelled(reference.volume, term("citation.volume", options.lang))
    number = " ".join(filter(None, (volume, labelled(reference.number, term("citation.number", options.lang)))))
    if journal or number:
        dated = legal_date(reference.issued, options.lang) if reference.issued else ""
        return join([journal, text(number), text(dated)], " ")
    if reference.issued and not is_dated_in_title(reference, options):
        return text(in_words(reference.issued, options.lang))
    return ()


def is_dated_in_title(reference: Reference, options: Options) -> bool:
    """Whether the title of a legal text says its date, so that nothing else need say it."""
    if reference.type.pattern is not Pattern.LEGAL or not reference.issued:
        return False
    return title_says(reference, in_words(reference.issued, options.lang))


def title_says(reference: Reference, words: str) -> bool:
    """Whether the title of a document says some words, however they are spaced."""
    return _letters(words) in _letters(plain(reference.title) + plain(reference.subtitle))


def _letters(value: str) -> str:
    """A text without case and blanks, in which a date is found however it is spaced."""
    return "".join(value.casefold().replace("1er", "1").split())
