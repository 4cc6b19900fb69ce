"""The indexes at the end of a dossier: who, which bodies, journals, themes and territories, and where they are found.

An index tells the numbers of notices, where they have any. Else it tells pages, which nobody knows before the layout,
and must not tell the same one twice: such a dossier is laid out twice, once to read the page of each notice, then with
those pages written in (``with_pages``). The indexes stand at the end, so that what they say moves nothing in front of
them; texts may follow them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from biblio.citation.names import family_first, filing_parts
from biblio.compose.composer import Composer
from biblio.document.tree import Document, Index, IndexEntry, Mention, Notice, Section
from biblio.reference.bodies import joined_again
from biblio.reference.name import Name
from biblio.reference.reference import Reference
from biblio.text.collation import fold, merged, without_article
from biblio.text.inline import Rich, plain, text
from biblio.words.tables import term

# The names that an index holds: who made the document, or the book that it is a part of.
_ROLES = ("author", "editor", "editor_a", "editor_b", "editor_c", "translator", "book_author")

# Given names of which only the first letters are known: « J.-L. », « J L », « J ».
_INITIALS = re.compile(r"[^\W\d_](?:\.?[\s-]*[^\W\d_](?![^\W\d_]))*\.?(?![^\W\d_])")
# From how many pages in a row on an index tells the first and the last one.
_RANGE = 3

# A word of an index as it is printed, and the parts by which it is filed.
Word = tuple[Rich, tuple[str, ...]]
WordsOf = Callable[[Reference, Composer], Iterable[Word]]


def indexes(
    wanted: Sequence[str],
    printed: Iterable[tuple[Notice, Reference]],
    composer: Composer,
    breaks: str = "",
) -> tuple[Section, ...]:
    """The part that holds the indexes asked for, with one section each; nothing when they would all be empty.

    ``breaks`` tells where it begins, as a part of the dossier does.
    """
    if not wanted:
        return ()
    lang = composer.options.lang
    pairs = [
        (reference, Mention(notice.anchor, composer.title_of(reference), number=notice.number))
        for notice, reference in printed
    ]
    part = composer.anchor("index")
    sections = tuple(
        _section(composer.anchor(f"index-{name}"), 3, term(f"index.{name}", lang), composer, (Index(entries),))
        for name in wanted
        if (entries := _entries(WORDS[name], pairs, composer))
    )
    if not sections:
        return ()
    return (replace(_section(part, 2, term("index.title", lang), composer), sections=sections, breaks=breaks),)


def _section(anchor: str, level: int, title: str, composer: Composer, blocks: tuple[Index, ...] = ()) -> Section:
    return Section(anchor, level, composer.words(title), blocks, running=title)


def with_pages(document: Document, page_of: Mapping[str, str], dash: str = "-") -> Document:
    """The document whose indexes tell the pages of their notices, by anchor: each page once, in order.

    Three pages or more in a row are told by the first and the last one, with ``dash`` between them.
    """
    return replace(document, parts=tuple(_paged(part, page_of, dash) for part in document.parts))


def has_index(document: Document) -> bool:
    """Whether a document must be laid out to know what it says: not where its notices have numbers."""
    return any(
        isinstance(block, Index) and any(not each.number for entry in block.entries for each in entry.mentions)
        for section in document.sections
        for block in section.blocks
    )


def _paged(section: Section, page_of: Mapping[str, str], dash: str) -> Section:
    blocks = tuple(
        Index(tuple(replace(entry, mentions=_ranges(_once_a_page(entry, page_of), dash)) for entry in block.entries))
        if isinstance(block, Index)
        else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks, sections=tuple(_paged(inner, page_of, dash) for inner in section.sections))


def _once_a_page(entry: IndexEntry, page_of: Mapping[str, str]) -> tuple[Mention, ...]:
    first: dict[str, Mention] = {}
    for mention in entry.mentions:
        page = page_of.get(mention.anchor, "")
        first.setdefault(page, replace(mention, page=page))
    return tuple(first.values())


def _ranges(mentions: Sequence[Mention], dash: str) -> tuple[Mention, ...]:
    """The mentions with one for each row of pages, which leads to the first of them."""
    if not all(mention.page.isdigit() for mention in mentions):
        return tuple(mentions)
    told: list[Mention] = []
    for _, numbered in groupby(enumerate(mentions), lambda each: int(each[1].page) - each[0]):
        row = [mention for _, mention in numbered]
        if len(row) >= _RANGE:
            row = [replace(row[0], page=f"{row[0].page}{dash}{row[-1].page}")]
        told += row
    return tuple(told)


def _entries(
    words_of: WordsOf,
    printed: Iterable[tuple[Reference, Mention]],
    composer: Composer,
) -> tuple[IndexEntry, ...]:
    """The entries by their words; those that differ by accents, case or punctuation alone are one, as first written.

    So is somebody whose given name stands in full here and by its initials there, where nobody else has these.
    """
    found = [
        (fold(plain(word[0])), word, mention)
        for reference, mention in printed
        for word in words_of(reference, composer)
    ]
    words: dict[str, Word] = {}
    for same, word, _ in found:
        words.setdefault(same, word)
    whole = _in_full(words) if words_of is _people else {}
    mentions: dict[str, dict[str, Mention]] = {}
    for same, _, mention in found:
        mentions.setdefault(whole.get(same, same), {})[mention.anchor] = mention
    for same in whole:
        del words[same]
    return tuple(
        IndexEntry(composer.set(label), tuple(mentions[same].values()))
        for same, (label, _) in sorted(words.items(), key=lambda word: merged(word[1][1]))
    )


def _in_full(words: Mapping[str, Word]) -> Mapping[str, str]:
    """The people who stand by initials, and the only ones of that name in full whom the initials fit."""
    full: dict[str, list[tuple[str, str]]] = {}
    for same, (_, (family, given)) in words.items():
        if given and not _INITIALS.fullmatch(given):
            full.setdefault(fold(family), []).append((same, _initials(given)))
    whole = {}
    for same, (_, (family, given)) in words.items():
        if given and _INITIALS.fullmatch(given):
            fitting = [other for other, known in full.get(fold(family), ()) if known.startswith(_initials(given))]
            if len(fitting) == 1:
                whole[same] = fitting[0]
    return whole


def _initials(given: str) -> str:
    return "".join(word[0] for word in fold(given).split())


def _title(label: Rich, composer: Composer) -> Word:
    """A title and how it is sorted. « Le Bodo » is no title: the articles of names are part of them."""
    return label, (without_article(plain(label), composer.options.lang),)


def _names(reference: Reference) -> Iterator[Name]:
    for role in _ROLES:
        yield from getattr(reference, role).people


def _people(reference: Reference, composer: Composer) -> Iterator[Word]:
    demoted = composer.style.demotes
    options = replace(composer.options, particles="demoted" if demoted else "kept")
    for name in _names(reference):
        if not name.literal:
            label = family_first(name, options, reference.language)
            yield label, filing_parts(name, reference.language, demoted=demoted)


def _bodies(reference: Reference, composer: Composer) -> Iterator[Word]:
    names = (name.literal for name in _names(reference) if name.literal)
    yield from ((text(name), (name,)) for name in (*names, *joined_again(reference.publisher)))


def _journals(reference: Reference, composer: Composer) -> Iterator[Word]:
    if reference.journal_title:
        yield _title(reference.journal_title, composer)


def _themes(reference: Reference, composer: Composer) -> Iterator[Word]:
    return (_title(text(composer.label_of(word)), composer) for word in reference.keyword)


def _territories(reference: Reference, composer: Composer) -> Iterator[Word]:
    return (_title(text(composer.label_of(word)), composer) for word in reference.territory)


# What each index holds of a reference.
WORDS: Mapping[str, WordsOf] = {
    "people": _people,
    "bodies": _bodies,
    "journals": _journals,
    "themes": _themes,
    "territories": _territories,
}
