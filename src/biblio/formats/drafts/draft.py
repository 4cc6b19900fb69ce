"""A record in the making: what each of its values means, before it is known in which field any of them goes."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from biblio.words.faults import Span

_EMPTY = frozenset(
    {"nan", "null", "none", "n/a", "undefined", "(null)", "-", "n.d.", "s.d.", "s. d.", "[s.d.]", "[not available]"}
)
_LONGEST_EMPTY = max(map(len, _EMPTY))
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});")


class Meaning(StrEnum):
    """What the value of a tag is."""

    AUTHOR = "author"
    AUTHOR_IN_SHORT = "author in short"  # « Smith JA », where the full name may stand beside
    EDITOR = "editor"
    EDITOR_IN_SHORT = "editor in short"
    TRANSLATOR = "translator"
    BOOK_AUTHOR = "bookauthor"
    BODY = "body"  # a body as an author
    TITLE = "title"
    SHORT_TITLE = "shorttitle"
    PARALLEL_TITLE = "paralleltitle"
    HOST = "host"  # the title of what it is a part of
    HOST_IN_FULL = "host in full"
    HOST_IN_SHORT = "host in short"
    HOST_BOOK = "host book"
    SERIES = "series"
    EVENT = "eventtitle"
    EVENT_PLACE = "venue"
    EVENT_DATE = "eventdate"
    DATE = "date"
    OLD_DATE = "old date"  # of an older form of the format, which a newer tag corrects
    YEAR = "year"
    ACCESSED = "urldate"
    VOLUME = "volume"
    NUMBER = "number"
    SERIES_NUMBER = "series number"
    VOLUMES = "volumes"
    PAGES = "pages"
    FIRST_PAGE = "first page"
    LAST_PAGE = "last page"
    PAGE_COUNT = "pagetotal"
    ARTICLE_NUMBER = "eid"
    EDITION = "edition"
    PUBLISHER = "publisher"
    PLACE = "location"
    DOI = "doi"
    MAYBE_DOI = "maybe doi"  # a DOI, or what kind of work it is
    STANDARD_NUMBER = "standard number"  # an ISBN or an ISSN, or the number of a report
    IDENTIFIER = "identifier"  # a DOI, an address or an item's number, with its kind in brackets
    PMID = "pmid"
    PMCID = "pmcid"
    ADDRESS = "url"
    FILE = "file"
    CALL_NUMBER = "library"
    LANGUAGE = "langid"
    KEYWORDS = "keywords"
    ABSTRACT = "abstract"
    NOTE = "note"
    GENRE = "type"
    KEY = "key"
    KIND = "kind"  # what kind of document it is: the reader of the format has looked at it
    FRAME = "frame"  # says how the file is made, nothing of the document
    KEPT = "kept"  # has no field of ours, and is kept under its tag


@dataclass(slots=True)
class Draft:
    """The values of one record in the making: of each meaning, in the order of the file, with the tag of each.

    ``kept`` has what gets no field, by tag; ``given_first`` is how the file writes people without a comma.
    """

    kind: str
    place: Span
    values: dict[Meaning, list[tuple[str, str]]] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)
    fields: dict[str, str | Sequence[str]] = field(default_factory=dict)
    given_first: bool = False

    def add(self, meaning: Meaning, tag: str, value: str) -> None:
        """One more value."""
        if meaning is Meaning.KEPT:
            self.keep(tag, value)
        elif meaning in self.values:
            self.values[meaning].append((tag, value))
        else:
            self.values[meaning] = [(tag, value)]

    def keep(self, tag: str, value: str) -> None:
        """A value for which there is no field."""
        self.kept.setdefault(tag, []).append(value)

    def all(self, *meanings: Meaning) -> list[str]:
        """The values of some meanings, in the order of the meanings."""
        return [value for meaning in meanings for _, value in self.values.get(meaning, ())]

    def first(self, *meanings: Meaning) -> str:
        """The first value of some meanings; empty without one."""
        for meaning in meanings:
            for _, value in self.values.get(meaning, ()):
                return value
        return ""

    def take(self, *meanings: Meaning) -> list[tuple[str, str]]:
        """The values of some meanings with their tags, which are then gone from the draft."""
        return [each for meaning in meanings for each in self.values.pop(meaning, ())]

    def put(self, name: str, value: str | Sequence[str]) -> None:
        """A field that has a value, unless it is there already."""
        if value and name not in self.fields:
            self.fields[name] = value

    def single(self, name: str, *meanings: Meaning) -> None:
        """The first value of some meanings as a field; the others are kept."""
        for meaning in meanings:
            for tag, value in self.values.pop(meaning, ()):
                text = flat(value)
                if self.fields.setdefault(name, text) != text:
                    self.keep(tag, value)


def flat(value: str) -> str:
    """A value on one line."""
    return " ".join(value.split())


def cleaned(value: str) -> str:
    """A value without the entities of HTML that databases leave in it; empty when it says that there is none."""
    # What is longer has blanks at its ends, or says something.
    if len(value) <= _LONGEST_EMPTY or value[0].isspace() or value[-1].isspace():
        bare = value.strip()
        if len(bare) <= _LONGEST_EMPTY and bare.lower() in _EMPTY:
            return ""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), value) if "&" in value else value
