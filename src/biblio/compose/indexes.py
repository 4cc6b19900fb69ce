"""The indexes at the end of a dossier: who, which bodies, journals, themes and territories, on which pages.

An index tells pages, which nobody knows before the layout, and must not tell the same one twice. So a dossier with
indexes is laid out twice: once to read the page of each notice, then with those pages written in (``with_pages``). The
indexes stand at the end, so that what they say moves nothing in front of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

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

# A word of an index as it is printed, and the parts by which it is filed.
Word = tuple[Rich, tuple[str, ...]]
WordsOf = Callable[[Reference, Composer], Iterable[Word]]


def indexes(
    wanted: Sequence[str],
    printed: Iterable[tuple[Notice, Reference]],
    composer: Composer,
) -> tuple[Section, ...]:
    """The part that holds the indexes asked for, with one section each; nothing when they would all be empty."""
    if not wanted:
        return ()
    lang = composer.options.lang
    pairs = [(reference, Mention(notice.anchor, composer.title_of(reference))) for notice, reference in printed]
    part = composer.anchor("index")
    sections = tuple(
        Section(composer.anchor(f"index-{name}"), 3, composer.words(term(f"index.{name}", lang)), (Index(entries),))
        for name in wanted
        if (entries := _entries(_WORDS[name], pairs, composer))
    )
    return (Section(part, 2, composer.words(term("index.title", lang)), (), sections),) if sections else ()


def with_pages(document: Document, page_of: Mapping[str, str]) -> Document:
    """The document whose indexes tell the pages of their notices, by anchor: each page once, in order."""
    return replace(document, parts=tuple(_paged(part, page_of) for part in document.parts))


def has_index(document: Document) -> bool:
    """Whether a document must be laid out to know what it says."""
    return any(isinstance(block, Index) for section in document.sections for block in section.blocks)


def _paged(section: Section, page_of: Mapping[str, str]) -> Section:
    blocks = tuple(
        Index(tuple(replace(entry, mentions=_once_a_page(entry, page_of)) for entry in block.entries))
        if isinstance(block, Index)
        else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks, sections=tuple(_paged(inner, page_of) for inner in section.sections))


def _once_a_page(entry: IndexEntry, page_of: Mapping[str, str]) -> tuple[Mention, ...]:
    first: dict[str, Mention] = {}
    for mention in entry.mentions:
        page = page_of.get(mention.anchor, "")
        first.setdefault(page, replace(mention, page=page))
    return tuple(first.values())


def _entries(
    words_of: WordsOf,
    printed: Iterable[tuple[Reference, Mention]],
    composer: Composer,
) -> tuple[IndexEntry, ...]:
    """The entries by their words; those that differ by accents, case or punctuation alone are one, as first written."""
    words: dict[str, Word] = {}
    mentions: dict[str, dict[str, Mention]] = {}
    for reference, mention in printed:
        for word in words_of(reference, composer):
            same = fold(plain(word[0]))
            words.setdefault(same, word)
            mentions.setdefault(same, {})[mention.anchor] = mention
    return tuple(
        IndexEntry(composer.set(label), tuple(mentions[same].values()))
        for same, (label, _) in sorted(words.items(), key=lambda word: merged(word[1][1]))
    )


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


_WORDS: Mapping[str, WordsOf] = {
    "people": _people,
    "bodies": _bodies,
    "journals": _journals,
    "themes": _themes,
    "territories": _territories,
}
