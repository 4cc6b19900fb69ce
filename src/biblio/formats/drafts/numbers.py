"""The pages of a record, and its numbers in the journal, the series or the book that it is a part of."""

from __future__ import annotations

import re

from biblio.formats.drafts.draft import Draft, Meaning, flat
from biblio.reference.types import Pattern, entry_type

_RANGE = re.compile(r"(?<!\d)(?P<first>\d++)\s*+[-‐-―]++\s*+(?P<last>\d+)")
_IN_RANGE = re.compile(r"\d\s*[-‐-―]+\s*\d")
_COUNT = re.compile(r"(?<!\d)(?P<count>\d++)\s*+(?:p|pp|pages?|s|S|leaves)\b\.?", re.IGNORECASE)
_VOLUMES = re.compile(r"(?<!\d)(?P<count>\d{1,3})\s*(?:vol|tomes?)\b", re.IGNORECASE)
_INSIDE = re.compile(r"pp?\.?\s*(?P<pages>[A-Za-z]?\d+\s*[-‐-―]\s*[A-Za-z]?\d+)\.?")
_PAGES = frozenset({Meaning.PAGES, Meaning.FIRST_PAGE, Meaning.LAST_PAGE, Meaning.PAGE_COUNT})
_PAGE_WORD = re.compile(r"^\s*(?:pp?|pages?)\b[\s.]*(?=[\divxlcIVXLC])", re.IGNORECASE)


def place_numbers(draft: Draft) -> None:
    """Takes the volume, the number and the pages of a draft into its fields."""
    _extents(draft)
    draft.single("volume", Meaning.VOLUME)
    draft.single("number", Meaning.NUMBER, Meaning.SERIES_NUMBER)
    if not draft.values.keys().isdisjoint(_PAGES):
        _pages(draft)


def _extents(draft: Draft) -> None:
    """What catalogues print in the place of a number of pages, « 1 vol. (132 p.) », « p. 12-25 », as what it says.

    Volumes without pages are no number of pages: they are kept in the note.
    """
    part = entry_type(draft.kind).pattern is not Pattern.MONOGRAPH
    for tag, value in draft.values.pop(Meaning.PAGE_COUNT, ()):
        inside = _INSIDE.fullmatch(value.strip()) if part else None
        volumes, count = _VOLUMES.search(value), _COUNT.search(value)
        several = volumes is not None and int(volumes["count"]) > 1
        if volumes and several:
            draft.put("volumes", volumes["count"])
        if inside:
            draft.add(Meaning.PAGES, tag, inside["pages"])
        elif _RANGE.fullmatch(value.strip()):
            draft.add(Meaning.PAGES, tag, value.strip())
        elif volumes and not count:
            if not several:
                draft.keep(tag, value)
        else:
            draft.add(Meaning.PAGE_COUNT, tag, count["count"] if volumes and count else value)


def _pages(draft: Draft) -> None:
    """Pages of a range in one value or two; one number alone is that of all the pages, where the document is whole."""
    first, last = draft.values.pop(Meaning.FIRST_PAGE, []), draft.values.pop(Meaning.LAST_PAGE, [])
    pages = [value for _, value in draft.values.pop(Meaning.PAGES, ())]
    whole = entry_type(draft.kind).pattern is Pattern.MONOGRAPH
    start, end = (flat(each[0][1]) if each else "" for each in (first, last))
    for tag, value in (*first[1:], *last[1:]):
        draft.keep(tag, value)
    given = _range(start, end)
    if not given and pages:
        given, pages = flat(pages[0]), pages[1:]
    for value in pages:
        draft.keep("pages", value)
    given = _PAGE_WORD.sub("", given)
    count = _COUNT.fullmatch(given)
    if count or (whole and given.isdigit()):
        draft.put("pagetotal", count["count"] if count else given)
    elif given:
        draft.put("pages", _RANGE.sub(_in_full, given))
    draft.single("pagetotal", Meaning.PAGE_COUNT)


def _range(start: str, end: str) -> str:
    if not start or not end or end == start or _IN_RANGE.search(start):
        return start or end
    return f"{start.rstrip(' -–')}-{end.lstrip(' -–')}"


def _in_full(match: re.Match[str]) -> str:
    """« 1135-47 » is « 1135-1147 »."""
    first, last = match["first"], match["last"]
    return f"{first}-{first[: len(first) - len(last)]}{last}" if len(last) < len(first) else f"{first}-{last}"
