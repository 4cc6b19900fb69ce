"""What a query is sure to want, as values: what an index goes by, before each reference that it gives is asked itself.

A value of these may want more references than the query does, and never fewer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from biblio.text.collation import fold, searchable

# Characters that ``searchable`` gives as ``fold`` does; a text with others is folded besides.
_BEYOND_LATIN = re.compile(r"[^\x00-\x7f\xa0«»°’‘–—…“”\u202fŒœÀ-ÏÑ-ÖÙ-Ýà-ïñ-öù-ýÿ]")
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """What very many references share: type, label, language, access, and the variables that have a value."""

    entry_type: str
    label: str
    language: str
    is_open: bool | None
    present: frozenset[str]


class Column(StrEnum):
    """The texts of references in which words are looked for."""

    TITLES = "titles"
    PEOPLE = "people"
    PUBLISHER = "publisher"
    JOURNALS = "journals"
    TEXT = "text"  # all that a notice says in words, the others among it


@dataclass(frozen=True, slots=True)
class Shaped:
    """References of such a shape."""

    holds: Callable[[Shape], bool]


@dataclass(frozen=True, slots=True)
class OneOf:
    """References of which one value of that variable is one of these words, folded."""

    variable: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Within:
    """References of which the days that a date may stand for meet one of these spans of days, first and last."""

    variable: str
    spans: tuple[tuple[tuple[int, int, int], tuple[int, int, int]], ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """References in whose texts all the words of one of these ways stand; with ``begun``, words that begin so."""

    column: Column
    ways: tuple[tuple[str, ...], ...]
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Keyed:
    """References one of whose keys, folded, fits one of these patterns of ``fnmatch``."""

    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """References that one of these wants; of none, no reference."""

    each: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """References that all of these want; of none, every reference."""

    each: tuple[Wanted, ...]


Wanted = Shaped | OneOf | Within | Worded | Keyed | Either | Both
EVERYTHING = Both(())
NOTHING = Either(())


def both(wanted: Sequence[Wanted]) -> Wanted:
    """What all of these want."""
    found = tuple(each for each in wanted if each != EVERYTHING)
    return found[0] if len(found) == 1 else Both(found)


def either(wanted: Sequence[Wanted]) -> Wanted:
    """What one of these wants."""
    return EVERYTHING if EVERYTHING in wanted else Either(tuple(wanted))


def words_in(text: str) -> frozenset[str]:
    """The words of a text that may be looked for in it, without accents and in small letters."""
    words = frozenset(_PLAIN_WORD.findall(searchable(text)))
    return words if text.isascii() or not _BEYOND_LATIN.search(text) else words | words_of(fold(text))


def words_of(folded: str) -> frozenset[str]:
    """The words of a text that is folded."""
    return frozenset(_WORD.findall(folded))
