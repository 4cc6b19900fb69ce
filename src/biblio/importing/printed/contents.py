"""The table of contents of a printed dossier: where it stands, and which headings it announces at which level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from biblio.importing.printed.paragraph import Paragraph
from biblio.text.collation import fold, fold_title

_ENTRY = re.compile(r"(?P<title>.*?[^\W\d].*?)[\s.…·_]*(?:\s|\.{2,}|…)(?:p\.\s*)?(?P<page>\d{1,3}|[ivxl]{1,6})")
_NAMED = frozenset({"sommaire", "table des matieres", "contents", "table of contents", "plan", "sommaire du dossier"})
# Headings over what a notice is found by, which is no part of the list.
_INDEXES = re.compile(
    r"(?:index|liste|table)\b.*\b(?:auteurs?|titres?|mots[- ]cl[ée]s|sigles|th[èe]mes|revues|figures|matières|authors?"
    r"|titles?|keywords?|acronyms)\b.*"
    r"|index|sigles(?: et acronymes)?|glossaire|acronyms|keywords",
    re.IGNORECASE,
)
_FEWEST = 3
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Contents:
    """The paragraphs from ``start`` to ``end`` are the table; ``entries`` are its titles, folded, and their levels."""

    start: int = 0
    end: int = 0
    entries: tuple[tuple[str, int], ...] = ()

    def find(self, text: str, after: int = 0) -> int | None:
        """Which entry announces a heading, the next one of several with the same title; ``None`` for any other text."""
        folded = fold(text)
        numbers = [number for number, (title, _) in enumerate(self.entries) if title == folded]
        return next((number for number in numbers if number >= after), numbers[-1] if numbers else None)

    def names(self, text: str) -> bool:
        """Whether some heading has this title, but for its leading article."""
        return fold_title(text) in {fold_title(title) for title, _ in self.entries}


def contents_of(paragraphs: Sequence[Paragraph]) -> Contents:
    """The table of contents near the beginning; an empty one when there is none."""
    limit = min(len(paragraphs), max(60, len(paragraphs) // 4))
    start = 0
    while start < limit:
        end = start
        last = 0
        entries: list[tuple[str, Paragraph]] = []
        while end < len(paragraphs):
            first = paragraphs[end]
            match = _entry(first.text)
            if match is None and entries and end + 1 < len(paragraphs):
                # A long title goes on in a second line, which has the page.
                match = _entry(f"{first.text} {paragraphs[end + 1].text}")
                end += match is not None
            if match is None:
                break
            page = int(match["page"]) if match["page"].isdigit() else last
            if page < last:
                break
            last = page
            entries.append((match["title"].strip(" .…"), first))
            end += 1
        if len(entries) >= _FEWEST and _recur(entries, paragraphs[end:]):
            named = start > 0 and is_contents_title(paragraphs[start - 1].text)
            return Contents(start - named, end, _levels(entries))
        start = max(end, start + 1)
    return _named_contents(paragraphs, limit)


def _entry(text: str) -> re.Match[str] | None:
    return _ENTRY.fullmatch(text) if len(text) < _LONGEST else None


def _named_contents(paragraphs: Sequence[Paragraph], limit: int) -> Contents:
    """A table of contents without pages, known by its title and by headings that all come again."""
    for start in range(limit):
        if not is_contents_title(paragraphs[start].text):
            continue
        later: dict[str, int] = {}
        for index in range(start + 1, len(paragraphs)):
            later[fold(paragraphs[index].text)] = index
        end = start + 1
        entries: list[tuple[str, Paragraph]] = []
        while end < len(paragraphs) and later.get(fold(paragraphs[end].text), 0) > end and len(entries) < 300:
            entries.append((paragraphs[end].text, paragraphs[end]))
            end += 1
        return Contents(start, end, _levels(entries))
    return Contents()


def is_contents_title(text: str) -> bool:
    """Whether a paragraph is the title of a table of contents."""
    return fold(text) in _NAMED


def is_index_title(text: str) -> bool:
    """Whether a paragraph is the title of an index or of a list of acronyms."""
    return len(text) < 80 and _INDEXES.fullmatch(text.strip(" :")) is not None


def _recur(entries: Sequence[tuple[str, Paragraph]], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether at least half of what is announced comes."""
    texts = {fold(each.text) for each in paragraphs}
    return sum(fold(title) in texts for title, _ in entries) * 2 >= len(entries)


def _levels(entries: Sequence[tuple[str, Paragraph]]) -> tuple[tuple[str, int], ...]:
    """The folded title and the level of each entry, told by its numbering, its bullet, its boldness or its indent."""
    numbered = [re.match(r"(\d+(?:\.\d+)*)[.)]?\s", title) for title, _ in entries]
    ranks: list[tuple[object, ...]]
    if sum(match is not None for match in numbered) * 3 > len(entries) * 2:
        ranks = [(match[1].count(".") if match else 0,) for match in numbered]
    else:
        ranks = [
            (
                bool(each.mark),
                each.level,
                not each.bold if any(e.bold for _, e in entries) else False,
                round(each.indent / 6) if each.size else round(each.indent),
            )
            for _, each in entries
        ]
    order = {rank: position for position, rank in enumerate(sorted(set(ranks)), 1)}
    return tuple((fold(title), min(order[rank], 6)) for (title, _), rank in zip(entries, ranks, strict=True))
