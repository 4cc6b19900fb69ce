"""Titles, of a document and of what holds it, and the editions, series, volumes and numbers that stand beside them."""

from __future__ import annotations

import re

from biblio.citation.options import Options
from biblio.citation.sentences import ends_phrase
from biblio.reference.genres import series_in_words
from biblio.reference.numbering import Numbering
from biblio.reference.ordinal import edition_in_words, edition_number, ordinal
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Lang, Quoted, Rich, Text, join, merge, plain, text
from biblio.words.tables import term

# What stands for a number without being one takes no « n° »: « Hors série », « spécial », « 2e série », « HS »; nor
# does one that says whose it is: « NF Z44-005 », « RR-1234 ».
_LETTERED = re.compile(r"[A-Z]{2,}[ /-]")
_DESIGNATION = re.compile(r"(?:\d+(?:e|è|er|re|ère|nd|st|rd|th|ème)\s+)?(?:[^\W\d_]{3,}|h\.?-?s\.?\b)", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[^\W\d_]+[/\d]")
_VERSION = re.compile(r"\d+(?:\.\d+)+[a-z]?")
_ROMAN = re.compile(r"[IVXLCDM]+\b", re.IGNORECASE)
# A chapter by its number; one that has a title instead, or says itself that it is one, is called by that.
_CHAPTER_NUMBER = re.compile(r"\d[\w.-]*|[IVXLC]+|[ivxlc]+|[A-Za-z]")


def full_title(reference: Reference, options: Options) -> Rich:
    """The title with its main title, chapter, volume, subtitle, additions and parallel title; empty without a title.

    The main title of a part is that of its host, and stands there.
    """
    own = titled(reference.title, reference.subtitle, options)
    if not own:
        return ()
    if reference.chapter:
        own = (Text(_chapter(reference.chapter, options)), *own)
    own = in_its_language(own, reference, options)
    if reference.type.pattern is Pattern.MONOGRAPH:
        own = _of_set(reference, own, options)
    elif reference.type.pattern is not Pattern.PART and reference.main_title:
        main = in_its_language(_main_title(reference, options), reference, options)
        own = join([main, own], _separator(main, options))
    if reference.entry_type.lower() == "periodical":
        issue = titled(reference.issue_title, reference.issue_subtitle, options)
        own = phrases([own, in_its_language(issue, reference, options)])
    title = phrases([own, reference.title_addon])
    if reference.parallel_title:
        title = join([title, reference.parallel_title], " = ")
    return merge(title)


def _chapter(chapter: str, options: Options) -> str:
    """``Chapitre 3. ``, before the title of a part."""
    if _CHAPTER_NUMBER.fullmatch(chapter):
        return term("citation.chapter", options.lang).format(number=chapter)
    return f"{capitalised(chapter.rstrip('.'))}. "


def titled(title: Rich, subtitle: Rich, options: Options) -> Rich:
    """``Titre : sous-titre``; after a mark of its own the subtitle follows as it is: ``Que faire ? réponses``."""
    if title and subtitle and isinstance(subtitle[0], Text):
        # The colon that stands between them is typed by some at the head of the subtitle.
        subtitle = (Text(subtitle[0].text.lstrip(" :\u00a0")), *subtitle[1:])
    return join([title, subtitle], _separator(title, options)) if title and subtitle else title or subtitle


def _separator(title: Rich, options: Options) -> str:
    return " " if ends_phrase(title) or plain(title).rstrip().endswith(":") else term("citation.colon", options.lang)


def phrases(parts: list[Rich]) -> Rich:
    """Parts with a full stop between them, or a space where one brings its own mark."""
    joined: Rich = ()
    for part in parts:
        joined = join([joined, part], " " if joined and ends_phrase(joined) else ". ")
    return joined


def _main_title(reference: Reference, options: Options) -> Rich:
    return phrases([titled(reference.main_title, reference.main_subtitle, options), reference.main_title_addon])


def _of_set(reference: Reference, own: Rich, options: Options) -> Rich:
    """``Ensemble. Tome 1 : Titre``; without a main title, ``Titre. Tome 1``; ``own`` may be empty."""
    volume = () if is_volume_of_series(reference) else text(_volume_of_set(reference, options))
    main = _main_title(reference, options)
    if not main or _letters(main) == _letters(own):
        return phrases([own or main, volume])
    head = phrases([in_its_language(main, reference, options), volume])
    return join([head, own], _separator(head, options)) if own else head


def _letters(rich: Rich) -> str:
    return "".join(filter(str.isalnum, plain(rich).casefold()))


def _volume_of_set(reference: Reference, options: Options) -> str:
    """``Volume 2``, ``Tome 2``, ``Volume 2.3`` of a volume in parts that have no title; ``Partie 3`` of a lone part."""
    if reference.part and reference.volume is None:
        return capitalised(labelled(Numbering(reference.part), term("citation.part_of_set", options.lang)))
    volume = labelled(reference.volume, term("citation.volume_of_set", options.lang))
    return capitalised(".".join(filter(None, (volume, reference.part))))


def host_title(reference: Reference, options: Options) -> Rich:
    """The journal, or the book that the document is a part of, with all that belongs to its title.

    A book is in the language of its part; a journal has articles in others than its own, and which that is nobody says.
    """
    in_book = reference.type.pattern is Pattern.PART and (reference.book_title or reference.main_title)
    if reference.journal_title and not in_book:
        journal = phrases(
            [titled(reference.journal_title, reference.journal_subtitle, options), reference.journal_title_addon],
        )
        # A paper of a meeting that a journal printed: its numbers are the journal's.
        numbers = volume_and_number(reference, options, " ") if is_part_of_journal(reference) else ""
        return join([journal, text(numbers)], ", ")
    book = in_its_language(titled(reference.book_title, reference.book_subtitle, options), reference, options)
    book = phrases([book, reference.book_title_addon])
    if reference.type.pattern is not Pattern.PART:
        return book
    return _of_set(reference, book, options) if book or reference.main_title else ()


def is_part_of_journal(reference: Reference) -> bool:
    """Whether a part stands in a journal, as papers of meetings may, and not in a book."""
    in_book = reference.book_title or reference.main_title
    return bool(reference.type.pattern is Pattern.PART and reference.journal_title and not in_book)


def issue_title(reference: Reference, options: Options) -> Rich:
    """``« Les territoires »``: the title of the number of a journal that an article is in."""
    title = titled(reference.issue_title, reference.issue_subtitle, options)
    if not title or reference.entry_type.lower() == "periodical":
        return ()
    return phrases([(Quoted(in_its_language(title, reference, options)),), reference.issue_title_addon])


def event_title(reference: Reference, options: Options) -> Rich:
    """The meeting by its name, with what is added to it."""
    name = in_its_language(reference.event_title, reference, options)
    return phrases([name, reference.event_title_addon]) if name else ()


def in_its_language(title: Rich, reference: Reference, options: Options) -> Rich:
    """Marks a title in another language than the dossier's, for its typography, its hyphenation and screen readers."""
    return in_language(title, reference.language, options.lang)


def in_language(rich: Rich, language: str, around: str) -> Rich:
    """A text in its language, empty where it is not known, inside another one."""
    same = not rich or not language or language.partition("-")[0] == around.partition("-")[0]
    return rich if same else (Lang(language, rich),)


def labelled(numbering: Numbering | None, default: str = "") -> str:
    """A number with its own label, else the style's: ``vol. 18``, ``tome 144``, ``no. 1 suppl.``.

    What is no number needs no label: ``Hors série``.
    """
    if numbering is None:
        return ""
    label = numbering.label or ("" if _is_designation(numbering.value) else default)
    return " ".join(part for part in (label, numbering.value, numbering.supplement) if part)


def _is_designation(value: str) -> bool:
    if value.startswith("["):
        return any(map(str.isalpha, value))  # « [3. Sér.], 23 »
    return bool(_DESIGNATION.match(value) or _LETTERED.match(value)) and not _ROMAN.match(value)


def volume_and_number(reference: Reference, options: Options, separator: str) -> str:
    """``vol. 18 n° 2``, or with a comma between: the place of an issue in its journal."""
    numbers = (
        labelled(reference.volume, term("citation.volume", options.lang)),
        labelled(reference.number, term("citation.number", options.lang)),
    )
    return separator.join(part for part in numbers if part)


def edition(value: str, options: Options, *, first: bool = True) -> str:
    """``1re éd.``, ``2e éd.`` for a number, in figures or in words; an edition described in words stays as it is.

    What English says of one is said in our words: ``2e éd. revue`` (2nd revised); so is a year: ``éd. 2020``.
    ``1.9`` is the version of a program, or of its manual.

    Without ``first``, nothing for a first edition, which ISO 690 does not mention.
    """
    number = edition_number(value)
    if number is None:
        if _VERSION.fullmatch(value):
            return _as_version(value, options)
        return edition_in_words(value, options.lang) or value
    if number == 1 and not first:
        return ""
    return term("citation.edition", options.lang).format(edition=ordinal(number, options.lang))


def journal_series(reference: Reference, options: Options) -> Rich:
    """``nouvelle série``, ``3e série``: the series of a journal, which begins its numbers anew."""
    words = series_in_words(reference, options.lang)
    return text(words) if words else reference.collection_title


def is_volume_of_series(reference: Reference) -> bool:
    """Whether the volume counts the documents of a series, as where nothing else can be numbered by it."""
    elsewhere = reference.main_title or reference.number or is_part_of_journal(reference)
    return bool(reference.collection_title and reference.volume and not elsewhere)


def series(reference: Reference, options: Options) -> Rich:
    """``Série statistiques n° 12``, ``Notes de cours, vol. 3000``: the series, with the document's number in it."""
    name = in_its_language(reference.collection_title, reference, options)
    if is_volume_of_series(reference):
        return join([name, text(labelled(reference.volume, term("citation.volume", options.lang)))], ", ")
    if is_part_of_journal(reference):
        return name
    return join([name, text(labelled(reference.number, term("citation.number", options.lang)))], " ")


def version(reference: Reference, options: Options) -> str:
    """``version 2.1`` of a program; what is typed in words stays as it is."""
    value = reference.version
    return _as_version(value, options) if value[:1].isdecimal() else value


def _as_version(value: str, options: Options) -> str:
    return term("citation.version", options.lang).format(version=value)


def capitalised(value: str) -> str:
    """The value with a capital at its beginning; the rest stays as it is, and so does an identifier: ``abs/2001.1``."""
    if _IDENTIFIER.match(value):
        return value
    return value[:1].upper() + value[1:]
