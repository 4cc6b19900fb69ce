"""The keys of references that come without one: made of who, when and what, in ASCII, the same at each import."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from biblio.reference.reference import Reference
from biblio.text.collation import fold, fold_key, fold_title
from biblio.text.inline import plain

PATTERN = "{auth}-{year}-{title}"
# How much of a title, and of a body's name, stands in a key.
WORDS = 3
# What says nothing in a title, in French and in English.
_EMPTY = frozenset(
    "a an and au aux by ce ces cette d dans de des du en et for from his in into l la le les leur leurs of on ou par "
    "pour qu que qui s sa se ses son sur the to un une vers with y".split(),
)
_APART = re.compile(r"[^a-z0-9]+")


def keyed(references: Sequence[Reference], pattern: str = PATTERN) -> tuple[Reference, ...]:
    """The references, those without a key with one by ``pattern``; of two alike the second gets « -2 » at its end.

    A pattern may name ``{auth}``, ``{year}`` and ``{title}``.
    """
    taken = {fold_key(reference.citekey) for reference in references if reference.citekey}
    counts: dict[str, int] = {}
    named: list[Reference] = []
    for reference in references:
        if not reference.citekey:
            base = key_of(reference, pattern)
            key = base
            while fold_key(key) in taken:
                counts[base] = counts.get(base, 1) + 1
                key = f"{base}-{counts[base]}"
            taken.add(fold_key(key))
            reference = replace(reference, citekey=key)  # the same one, with its key
        named.append(reference)
    return tuple(named)


def key_of(reference: Reference, pattern: str = PATTERN) -> str:
    """What a reference is called by the pattern; « sans-cle » when it has nothing to be called by."""
    parts = {"auth": _who(reference), "year": _year(reference), "title": _words(fold_title(plain(reference.title)))}
    made = pattern
    for name, value in parts.items():
        made = made.replace(f"{{{name}}}", value)
    return re.sub("-{2,}", "-", made).strip("-") or "sans-cle"


def _who(reference: Reference) -> str:
    """The family name of the first person, or the first words of a body's."""
    people = next((names.people for names in (reference.author, reference.editor) if names.people), ())
    if not people:
        return ""
    return _words(fold(people[0].literal)) if people[0].literal else _ascii(fold(people[0].full_family))


def _year(reference: Reference) -> str:
    point = reference.issued.first if reference.issued else None
    return str(point.year) if point else ""


def _words(folded: str) -> str:
    words = folded.split()
    return _ascii(" ".join([word for word in words if word not in _EMPTY][:WORDS] or words[:WORDS]))


def _ascii(folded: str) -> str:
    bare = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii").lower()
    return _APART.sub("-", bare).strip("-")
