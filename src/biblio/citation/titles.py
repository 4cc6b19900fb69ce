"""Titles, and the editions, series, volumes and numbers that stand beside them."""

from __future__ import annotations

from biblio.citation.options import Options
from biblio.citation.sentences import ends_phrase
from biblio.reference.numbering import Numbering
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Lang, Rich, Text, join, merge, text
from biblio.words.tables import term


def full_title(reference: Reference, options: Options) -> Rich:
    """The title with its main title, chapter, volume, subtitle, additions and parallel title; empty without a title."""
    own = join([reference.title, reference.subtitle], ". ")
    if not own:
        return ()
    if reference.chapter:
        own = (Text(term("citation.chapter", options.lang).format(number=reference.chapter)), *own)
    parts = [in_its_language(own, reference, options)]
    volume = text(capitalised(labelled(reference.volume))) if reference.type.pattern is Pattern.MONOGRAPH else ()
    if reference.main_title:
        head = join([in_its_language(reference.main_title, reference, options), volume], ". ")
        parts = [join([head, parts[0]], " : ")]
    elif volume:
        parts.append(volume)
    if reference.title_addon:
        parts.append(reference.title_addon)
    title = join(parts, " " if ends_phrase(parts[0]) else ". ")
    if reference.parallel_title:
        title = join([title, reference.parallel_title], " = ")
    return merge(title)


def in_its_language(title: Rich, reference: Reference, options: Options) -> Rich:
    """Marks a title in another language than the dossier's, for its typography, its hyphenation and screen readers."""
    language = reference.language
    same = not language or language.partition("-")[0] == options.lang
    return title if same else (Lang(language, title),)


def labelled(numbering: Numbering | None, default: str = "") -> str:
    """A number with its own label, else the style's: ``vol. 18``, ``tome 144``, ``no. 1 suppl.``."""
    if numbering is None:
        return ""
    label = numbering.label or default
    return " ".join(part for part in (label, numbering.value, numbering.supplement) if part)


def volume_and_number(reference: Reference, options: Options, separator: str) -> str:
    """``vol. 18 n° 2``, or with a comma between: the place of an issue in its journal."""
    numbers = (
        labelled(reference.volume, term("citation.volume", options.lang)),
        labelled(reference.number, term("citation.number", options.lang)),
    )
    return separator.join(part for part in numbers if part)


def edition(value: str, options: Options) -> str:
    """``2e éd.`` for a number; an edition described in words stays as it is."""
    return term("citation.edition", options.lang).format(edition=value) if value.isdigit() else value


def series(reference: Reference, options: Options) -> Rich:
    """``Série statistiques n° 12``: the series, with the number that the document has in it."""
    number = labelled(reference.number, term("citation.number", options.lang))
    return join([reference.collection_title, text(number)], " ")


def capitalised(value: str) -> str:
    """The value with a capital at its beginning; the rest stays as it is."""
    return value[:1].upper() + value[1:]
