"""The keys of references that come without one: made of who, when and what, in ASCII, the same at each import.

A pattern has parts in braces, ``{auth}-{year}-{title}``: their names are those of ``PARTS``, and a number says how much
of each, ``{auth:2}{year:2}``. With a capital the words are capitalised and stand together: ``{Auth}{year}{Title}``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from biblio.reference.name import Name
from biblio.reference.reference import Reference
from biblio.text.collation import fold, fold_key, fold_title
from biblio.text.inline import Rich, plain

PATTERN = "{auth}-{year}-{title}"
# How much of a title, and of a body's name, stands in a key.
WORDS = 3
# What says nothing in a title, in French and in English.
_EMPTY = frozenset(
    "a an and au aux by ce ces cette d dans de des du en et for from his in into l la le les leur leurs of on ou par "
    "pour qu que qui s sa se ses son sur the to un une vers with y".split(),
)
_APART = re.compile(r"[^a-z0-9]+")
_PART = re.compile(r"\{(?P<name>\w+)(?::(?P<count>\d{1,2}))?\}")
_LITERAL = re.compile(r"[A-Za-z0-9._:+/-]*")
_LONGEST = 200  # characters of a key


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a pattern: the words that a reference gives, and how many of them count unless the pattern says."""

    words: Callable[[Reference, int], Sequence[str]]
    count: int


class Keys:
    """Gives keys by a pattern, each once; ``is_taken`` says whether a key leads to a reference already."""

    def __init__(self, pattern: str = PATTERN, is_taken: Callable[[str], bool] = bool) -> None:
        self._pattern = pattern
        self._is_taken = is_taken
        self._given: set[str] = set()
        self._counts: dict[str, int] = {}

    def is_given(self, key: str) -> bool:
        """Whether a reference has got that key."""
        return fold_key(key) in self._given

    def for_(self, reference: Reference) -> str:
        """The key of a reference: its own if nobody else has it, else one by the pattern."""
        return self._unique(reference.citekey or key_of(reference, self._pattern))

    def _unique(self, base: str) -> str:
        """The key, or the same with « -2 » at its end for the second that asks for it."""
        key = base
        while fold_key(key) in self._given or self._is_taken(key):
            self._counts[base] = self._counts.get(base, 1) + 1
            key = f"{base}-{self._counts[base]}"
        self._given.add(fold_key(key))
        return key


def is_pattern(text: str) -> bool:
    """Whether a text is a pattern of keys: known parts, at least one, and between them what a key may hold."""
    parts = [match["name"] for match in _PART.finditer(text)]
    between = _PART.sub("", text)
    return bool(parts) and all(name.lower() in PARTS for name in parts) and _LITERAL.fullmatch(between) is not None


def key_of(reference: Reference, pattern: str = PATTERN) -> str:
    """What a reference is called by the pattern; « sans-cle » when it has nothing to be called by."""

    def said(match: re.Match[str]) -> str:
        part = PARTS[match["name"].lower()]
        words = list(filter(None, part.words(reference, int(match["count"] or part.count))))
        capital = match["name"][0].isupper()
        return "".join(word.title().replace("-", "") for word in words) if capital else "-".join(words)

    made = _PART.sub(said, pattern)
    return re.sub("-{2,}", "-", made).strip("-._:+/")[:_LONGEST] or "sans-cle"


def _people(reference: Reference, count: int) -> Iterator[str]:
    """The family names of the first people, or the first words of a body's."""
    people = next((names.people for names in (reference.author, reference.editor) if names.people), ())
    return map(_who, people[:count])


def _who(person: Name) -> str:
    return "-".join(_words(fold(person.literal), WORDS)) if person.literal else _ascii(fold(person.full_family))


def _year(reference: Reference, count: int) -> tuple[str, ...]:
    point = reference.issued.first if reference.issued else None
    return (f"{point.year:04d}"[-count:],) if point and count else ()


def _title(reference: Reference) -> Rich:
    """The title, or where there is none that of the whole, of the meeting or of the host."""
    return reference.title or reference.main_title or reference.event_title or reference.container_title


def _words(folded: str, count: int) -> list[str]:
    words = folded.split()
    chosen = [word for word in words if word not in _EMPTY][:count] or words[:count]
    return [made for word in chosen if (made := _ascii(word))]


def _ascii(folded: str) -> str:
    bare = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii").lower()
    return _APART.sub("-", bare).strip("-")


PARTS: Mapping[str, Part] = {
    "auth": Part(lambda reference, count: list(_people(reference, count)), 1),
    "year": Part(_year, 4),
    "title": Part(lambda reference, count: _words(fold_title(plain(_title(reference))), count), WORDS),
    "journal": Part(lambda reference, count: _words(fold_title(plain(reference.container_title)), count), WORDS),
    "volume": Part(lambda reference, _: [_ascii(fold(reference.volume.value))] if reference.volume else [], 1),
    "number": Part(lambda reference, _: [_ascii(fold(reference.number.value))] if reference.number else [], 1),
    "type": Part(lambda reference, _: [_ascii(reference.entry_type)], 1),
}
