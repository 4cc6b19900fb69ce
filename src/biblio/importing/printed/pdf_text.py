"""A PDF with text as paragraphs: lines joined where a paragraph goes on, running heads and folios dropped.

A PDF has no paragraphs, only characters at places: what belongs together is told by size, manner, distance, margins and
by whether the first word of the next line would still have had room. Tags are not looked at, as most PDFs have none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from biblio.importing.printed.fragments import YEAR
from biblio.importing.printed.labels import label_of
from biblio.importing.printed.paragraph import Paragraph, Run, paragraph
from biblio.importing.printed.pdf_page import Line, lines_of
from biblio.text.collation import fold
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

MOST_PAGES = 1_500
_MOST_LINES = 200_000
_BULLET = re.compile(r"([•·▪►‣◦●○■]|[–—-](?=\s))\s*|(\[\d{1,4}\]|\(\d{1,4}\)|\d{1,3}[.)](?=\s))\s*")
_ADDRESS_END = re.compile(r"(?:https?://|www\.)\S*$|^[^\s.]{0,60}[/?=&%_]\S*$")
# First halves of words that keep their hyphen at the end of a line.
_KEEP_HYPHEN = frozenset(
    "socio médico medico sous non vice demi semi ex mi auto bio co contre inter-villes pluri psycho éco".split()
)
_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
# What stands at the head of a page where something goes on: « Rapport (suite) ».
_GOES_ON = re.compile(r".{1,60} \((?:suite|continued|cont(?:in)?\.|continuación)\)")
_FOLIO = re.compile(
    r"(?:page |p\.\s*)?[-–]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–]?(?:\s*(?:/|sur|of)\s*\d{1,4})?", re.IGNORECASE
)


def looks_like_pdf(content: bytes) -> bool:
    """Whether the bytes are of a PDF."""
    return b"%PDF-" in content[:1024]


def read_pdf_text(content: bytes, path: str) -> Parsed[tuple[Paragraph, ...]]:
    """The paragraphs of a PDF, in its order, with the faults: it cannot be opened (P342) or has no text (P343)."""
    import pypdfium2
    import pypdfium2.raw as raw

    faults: list[Diagnostic] = []
    try:
        document = pypdfium2.PdfDocument(content)
    except (pypdfium2.PdfiumError, ValueError):
        return Parsed((), (diagnose("P342", Span(path)),))
    try:
        lines, heights = _all_lines(document, raw, path, faults)
    except pypdfium2.PdfiumError:
        return Parsed((), (diagnose("P342", Span(path)),))
    finally:
        document.close()
    if not lines:
        faults.append(diagnose("P343", Span(path)))
        return Parsed((), tuple(faults))
    return Parsed(tuple(_paragraphs(_without_running(lines, heights))), tuple(faults))


def _all_lines(document: Any, raw: Any, path: str, faults: list[Diagnostic]) -> tuple[list[Line], dict[int, float]]:
    lines: list[Line] = []
    heights: dict[int, float] = {}
    count = len(document)
    for index in range(min(count, MOST_PAGES)):
        if len(lines) > _MOST_LINES:
            break
        heights[index + 1] = document.get_page_size(index)[1]
        lines += lines_of(document, index, raw)
    else:
        if count <= MOST_PAGES:
            return lines, heights
    faults.append(diagnose("P344", Span(path), pages=len(heights), count=count))
    return lines, heights


def _without_running(lines: Sequence[Line], heights: dict[int, float]) -> list[Line]:
    """The lines without what comes at one height on page after page, and without bare page numbers at the edges."""
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    texts = Counter(key for page in by_page.values() for key in {_running_key(line) for line in page})
    places = Counter(key for page in by_page.values() for key in {_place(line) for line in _edges(page)})
    body = Counter(line.size for line in lines).most_common(1)[0][0]
    dropped: set[int] = set()
    for page in by_page.values():
        height = heights[page[0].page]
        for line in _edges(page):
            at_edge = line.base > height * 0.88 or line.base < height * 0.12
            number = _FOLIO.fullmatch(line.text) is not None
            often = texts[_running_key(line)] >= max(3, len(by_page) // 4) or (
                len(by_page) < 6 and texts[_running_key(line)] > 1
            )
            alike = places[_place(line)] >= 3 and line.size < body and _stands_apart(line, page)
            goes_on = _GOES_ON.fullmatch(line.text) is not None
            if at_edge and (number or often or alike or goes_on):
                dropped.add(id(line))
    return [line for line in lines if id(line) not in dropped]


def _edges(page: Sequence[Line]) -> list[Line]:
    """The two lowest and the two highest heights of a page."""
    heights = sorted({round(line.base) for line in page})
    kept = {*heights[:2], *heights[-2:]}
    return [line for line in page if round(line.base) in kept]


def _running_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", fold(line.text)), round(line.base / 4)


def _place(line: Line) -> tuple[int, float]:
    return round(line.base / 3), line.size


def _stands_apart(line: Line, page: Sequence[Line]) -> bool:
    others = [abs(other.base - line.base) for other in page if round(other.base) != round(line.base)]
    return not others or min(others) > 1.6 * line.size


@dataclass(slots=True)
class _Measures:
    """What is usual in a document: the distance of lines by size, the right margin by left one, the hanging indent."""

    leading: dict[float, float]
    right: dict[tuple[float, int], float]
    hanging: bool
    words: Counter[str]


def _measure(lines: Sequence[Line]) -> _Measures:
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    right: dict[tuple[float, int], float] = defaultdict(float)
    words: Counter[str] = Counter()
    for line in lines:
        key = line.size, round(line.left / 8)
        right[key] = max(right[key], line.right)
        words.update(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.lower()))
    for before, after in pairwise(lines):
        if before.page == after.page and before.size == after.size and 0 < before.base - after.base < 4 * before.size:
            gaps[before.size][round(before.base - after.base)] += 1
    leading = {
        size: min(gap for gap, count in found.items() if count * 4 >= max(found.values()))
        for size, found in gaps.items()
    }
    whole = max(right.values(), default=0.0)
    # A hanging indent and what hangs from it end at one margin.
    widest = {
        (size, left): max(other for (own, near), other in right.items() if own == size and abs(near - left) <= 6)
        for size, left in right
    }
    deeper = shallower = 0
    for before, after in pairwise(lines):
        if before.page == after.page and before.size == after.size and before.right < whole * 0.8:
            deeper += after.left - before.left > 8
            shallower += before.left - after.left > 8
    return _Measures(leading, widest, shallower >= deeper and shallower > 2, words)


def _paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    measures = _measure(lines)
    made: list[Paragraph] = []
    pending: list[Line] = []
    for line in lines:
        if pending and _goes_on(pending, line, measures):
            pending.append(line)
            continue
        made += _made(pending, len(made), measures)
        pending = [line]
    made += _made(pending, len(made), measures)
    return made


def _goes_on(pending: Sequence[Line], line: Line, measures: _Measures) -> bool:
    """Whether a paragraph goes on in the next line."""
    before = pending[-1]
    if line.mark or abs(line.size - before.size) > 0.6 or _begins_item(pending, line):
        return False
    same_address = bool(before.runs[-1].url) and before.runs[-1].url == line.runs[0].url
    if same_address and abs(before.base - line.base) < 3 * line.size:
        return True
    across = before.page != line.page
    gap = before.base - line.base
    leading = measures.leading.get(line.size, 1.3 * line.size)
    if not across and not (-0.5 < gap < leading * 1.35 + 1):
        return False
    if before.hyphen:
        return True
    if before.runs[-1].bold != line.runs[0].bold or before.manner[0] != line.manner[0]:
        return False
    if (
        before.manner[1] != line.manner[1]
        and (before.manner[1] or len(pending) == 1)
        and before.runs[-1].italic != line.runs[0].italic
    ):
        return False
    if (
        bool(before.runs[-1].url) != bool(line.runs[0].url)
        and not before.text.endswith((",", ":", "("))
        and _is_address(line.text)
    ):
        return False
    right = measures.right.get((before.size, round(before.left / 8)), before.right)
    first = line.text.split(" ", 1)[0]
    width = (line.right - line.left) / max(1, len(line.text))
    no_room = before.right + (len(first) + 0.5) * width > right - 1
    if across:
        return (
            no_room
            and line.manner == before.manner
            and not before.text.endswith((".", "]", ")"))
            and line.text[:1].islower()
        )
    if measures.hanging:
        if line.left < before.left - 4:
            return False
        if line.left > before.left + 4 and len(pending) == 1:
            return True
        if len(pending) == 1 and abs(line.left - before.left) <= 4 and _YEAR.search(before.text):
            return False  # a notice of one line: what belongs to it would hang
        if len(pending) > 1 and abs(line.left - before.left) <= 4:
            return True
    strong = line.manner[0] and before.manner[0]
    return no_room or strong or before.text.endswith((",", "-"))


def _begins_item(pending: Sequence[Line], line: Line) -> bool:
    """Whether a bullet or a number begins a line; « 147. » at its start is one only where 146 began the paragraph."""
    mark = _BULLET.match(line.text)
    if mark is None or mark[1]:
        return mark is not None
    number = int(re.sub(r"\D", "", mark[2]))
    own = _BULLET.match(pending[0].text)
    last = re.sub(r"\D", "", pending[0].mark or (own[2] if own and own[2] else ""))
    return number == 1 or (last.isdigit() and number == int(last) + 1)


def _made(lines: Sequence[Line], count: int, measures: _Measures) -> list[Paragraph]:
    """One paragraph of some lines; before it the label that stands at its side, as a paragraph of its own."""
    if not lines:
        return []
    first = lines[0]
    where = f"p. {first.page}, l. {first.number}"
    out: list[Paragraph] = []
    mark = first.mark
    if mark and label_of(mark):
        out.append(paragraph([Run(mark, bold=True)], count + 1, where, size=first.size, indent=first.left))
        mark = ""
    runs: list[Run] = []
    for index, line in enumerate(lines):
        own = list(line.runs)
        if not index and not mark and (bullet := _BULLET.match(line.text)) is not None:
            mark = (bullet[1] or bullet[2]).strip()
            own = _from(own, bullet.end())
        if index:
            runs += _joint(lines[index - 1], line, measures)
        runs += own
    made = paragraph(runs, count + len(out) + 1, where, mark=mark, size=first.size, indent=first.left)
    return [*out, made] if made.text else out


def _from(runs: list[Run], start: int) -> list[Run]:
    out = []
    for run in runs:
        if start < len(run.text):
            out.append(Run(run.text[start:], run.bold, run.italic, run.url))
        start = max(0, start - len(run.text))
    return out


def _joint(before: Line, after: Line, measures: _Measures) -> list[Run]:
    """What stands between two lines of a paragraph: a blank, a hyphen, or nothing."""
    last = before.runs[-1]

    def between(text: str) -> list[Run]:
        return [Run(text, last.bold, last.italic, last.url if last.url == after.runs[0].url else "")]

    token = before.text.rsplit(" ", 1)[-1]
    in_address = _ADDRESS_END.search(token) is not None and (
        bool(last.url) or "://" in token or token.startswith("www.")
    )
    if not before.hyphen:
        if in_address and " " not in after.text.strip() and not _is_address(after.text):
            return []
        return [] if token.endswith("-") else between(" ")
    if in_address:
        return between("-")
    first, second = re.findall(r"[^\W\d_]*$", token)[0].lower(), re.match(r"[^\W\d_]*", after.text)
    rest = second[0].lower() if second else ""
    if after.text[:1].isupper() or not rest or not first:
        return between("-")
    whole, parted = (
        measures.words[first + rest],
        sum(n for word, n in measures.words.items() if f"{first}-{rest}" in word),
    )
    if whole != parted:
        return [] if whole > parted else between("-")
    return between("-") if first in _KEEP_HYPHEN else []


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "www."))
