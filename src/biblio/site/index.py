"""The index in which a browser searches: terms and facets with the numbers of what has them, cut into small files.

Each file is a script that hands a value of JSON to the page's own, so that it is read alike from a server and from a
disk, where pages may not fetch; nothing is loaded before it is asked for. Numbers that go up are written as their
differences, in groups of five bits.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from biblio.site.stems import STOP_WORDS, stems_of

SHARD = 32_000  # characters of a file of terms, about; a term alone may have more
TOGETHER = 16  # rows of lists in one file: a page of results may stand in as many files as it has rows
TOGETHER_EXPORTED = 64
_FIGURES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def coded(numbers: Iterable[int]) -> str:
    """Numbers that go up, each as what it is more than the last one."""
    written: list[str] = []
    last = -1
    for number in numbers:
        gap = number - last - 1
        last = number
        while gap >= 32:
            written.append(_FIGURES[gap & 31 | 32])
            gap >>= 5
        written.append(_FIGURES[gap])
    return "".join(written)


def script(name: str, value: object) -> bytes:
    """A file of the index."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"biblioData({json.dumps(name)},{written})\n".encode()


def _by_code_units(term: str) -> bytes:
    """What orders terms as JavaScript compares them."""
    return term.encode("utf-16-be", "surrogatepass")


@dataclass(slots=True)
class Index:
    """The terms of what is added, in the order of its numbers: those of its head, and those of its text alone."""

    heads: dict[str, array[int]] = field(default_factory=dict)
    bodies: dict[str, array[int]] = field(default_factory=dict)
    count: int = 0

    def add(self, head: str, body: str) -> None:
        """Adds what comes next."""
        number, first = self.count, stems_of(head)
        for terms, found in ((self.heads, first), (self.bodies, stems_of(body) - first)):
            for term in found:
                if term not in terms:
                    terms[term] = array("I")
                terms[term].append(number)
        self.count += 1

    def shards(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The files of terms: the first term of each, and its terms, each with those that have it (head, then text)."""
        first, size = "", 0
        held: dict[str, str] = {}
        for term in sorted({*self.heads, *self.bodies}, key=_by_code_units):
            entry = coded(self.heads.get(term, ())) + "." + coded(self.bodies.get(term, ()))
            if held and size + len(entry) > SHARD:
                yield first, held
                held, size = {}, 0
            first = first if held else term
            held[term] = entry
            size += len(entry) + len(term) + 6
        if held:
            yield first, held


@dataclass(frozen=True, slots=True)
class Box:
    """A facet of the index: its name, its words, and its values: slug, words, and the numbers of what has them."""

    name: str
    label: str
    values: Sequence[tuple[str, str, Sequence[int]]]


def index_files(
    index: Index, boxes: Sequence[Box], briefs: Sequence[str], wholes: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """The files of an index, with the rows that lists show; what is watched is its beginning (``wholes``)."""
    digest = sha256()
    made: list[tuple[str, bytes]] = []
    first_terms: list[str] = []

    def add(name: str, value: object) -> None:
        content = script(name, value)
        digest.update(content)
        made.append((f"data/{name}.js", content))

    for number, (first, terms) in enumerate(index.shards()):
        first_terms.append(first)
        add(f"terms-{number}", terms)
    for box in boxes:
        add(f"facet-{box.name}", {slug: coded(numbers) for slug, _, numbers in box.values})
    for name, rows in (("brief", briefs), ("whole", wholes)):
        for start in range(0, len(rows), TOGETHER):
            add(f"{name}-{start // TOGETHER}", list(rows[start : start + TOGETHER]))
    about = {
        "count": index.count,
        "watched": len(wholes),
        "terms": first_terms,
        "stop": sorted(STOP_WORDS),
        "together": [TOGETHER, TOGETHER_EXPORTED],
        "facets": [
            {"name": box.name, "label": box.label, "values": [[slug, label] for slug, label, _ in box.values]}
            for box in boxes
        ],
        "version": digest.hexdigest()[:12],
    }
    yield "data/about.js", script("about", about)
    yield from made
