"""The lines of a page of a PDF, with their places, sizes and manners, and where its links lead.

Source: PDFium's public headers ``fpdf_text.h`` and ``fpdf_doc.h``, through pypdfium2.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from biblio.importing.printed.labels import label_of
from biblio.importing.printed.paragraph import Run, text_of, tidy

_BOLD = re.compile(r"bold|black|heavy|demi|semib", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq", re.IGNORECASE)
# What PDFium puts in the place of a hyphen at the end of a line.
HYPHEN = "\x02"
_ITALIC_FLAG = 1 << 6
_MARK = re.compile(r"(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,3}[.)]|[•·▪►‣◦●○■–—])")
# Characters of a page and links of it beyond which nothing is looked at.
_MOST_CHARACTERS = 60_000
_MOST_LINKS = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line in print: its runs, the page (from 1) and the line in it, its box in points from the lower left corner.

    ``base`` is the height of its characters' feet, ``hyphen`` whether a hyphen ends it, ``mark`` a label or a number
    that stands before it at a distance.
    """

    runs: tuple[Run, ...]
    page: int
    number: int
    left: float
    right: float
    base: float
    size: float
    hyphen: bool = False
    mark: str = ""

    @property
    def text(self) -> str:
        """All its characters."""
        return text_of(self.runs)

    @property
    def manner(self) -> tuple[bool, bool]:
        """Whether it is in bold and in italic, by most of its letters."""
        letters = sum(len(run.text) for run in self.runs) or 1
        bold = sum(len(run.text) for run in self.runs if run.bold)
        italic = sum(len(run.text) for run in self.runs if run.italic)
        return bold * 2 > letters, italic * 2 > letters


@dataclass(slots=True)
class _Character:
    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    url: str


def lines_of(document: Any, index: int, raw: Any) -> list[Line]:
    """The lines of page ``index``, from 0, in the order in which the page paints them."""
    page = document[index]
    try:
        links = list(_links(document, page, raw))
        text_page = page.get_textpage()
        try:
            return _with_marks(list(_lines(list(_characters(text_page, raw, links)), index + 1)))
        finally:
            text_page.close()
    finally:
        page.close()


def _with_marks(lines: list[Line]) -> list[Line]:
    """The lines with the bullets and numbers that the page paints apart from them, at their height."""
    alone = [line for line in lines if _MARK.fullmatch(line.text)]
    if not alone:
        return lines
    marks: dict[int, str] = {}
    for mark in alone:
        beside = [
            line
            for line in lines
            if abs(line.base - mark.base) < 0.3 * mark.size and line.left >= mark.right and not line.mark
        ]
        if beside:
            nearest = min(beside, key=lambda line: line.left)
            marks[id(nearest)], marks[id(mark)] = mark.text, ""
    return [
        replace(line, mark=marks[id(line)]) if marks.get(id(line)) else line
        for line in lines
        if marks.get(id(line), line.text)
    ]


def _links(document: Any, page: Any, raw: Any) -> Iterator[tuple[float, float, float, float, str]]:
    """The boxes of the page's links with their addresses."""
    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    count = 0
    while count < _MOST_LINKS and raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        count += 1
        action = raw.FPDFLink_GetAction(link)
        if not action:
            continue
        length = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
        if not 1 < length <= 8_000:
            continue
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(document.raw, action, buffer, length)
        address = buffer.value.decode("utf-8", "replace")
        boxes = raw.FPDFLink_CountQuadPoints(link)
        quad = raw.FS_QUADPOINTSF()
        rect = raw.FS_RECTF()
        for number in range(min(boxes, 40)):
            if raw.FPDFLink_GetQuadPoints(link, number, ctypes.byref(quad)):
                xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                yield min(xs), max(xs), min(ys), max(ys), address
        if not boxes and raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rect)):
            # Some programs write the corners of a box the other way round.
            across, up = sorted((rect.left, rect.right)), sorted((rect.bottom, rect.top))
            yield across[0], across[1], up[0], up[1], address


def _characters(text_page: Any, raw: Any, links: list[tuple[float, float, float, float, str]]) -> Iterator[_Character]:
    handle = text_page.raw
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    manners: dict[bytes, tuple[bool, bool]] = {}
    for index in range(min(text_page.count_chars(), _MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(handle, index)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        raw.FPDFText_GetFontInfo(handle, index, name, 128, flags)
        if name.value not in manners:
            font = name.value.decode("utf-8", "replace")
            heavy = raw.FPDFText_GetFontWeight(handle, index) >= 600
            manners[name.value] = (
                heavy or _BOLD.search(font) is not None,
                bool(flags.value & _ITALIC_FLAG) or _ITALIC.search(font) is not None,
            )
        bold, italic = manners[name.value]
        middle, height = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        url = ""
        if character.strip():
            url = next(
                (link[4] for link in links if link[0] <= middle <= link[1] and link[2] - 1 <= height <= link[3] + 1), ""
            )
        size = raw.FPDFText_GetFontSize(handle, index)
        if not all(map(math.isfinite, (left.value, right.value, y.value, size))):
            continue  # a broken matrix
        yield _Character(character, left.value, right.value, y.value, size, bold, italic, url)


def _lines(characters: list[_Character], page: int) -> Iterator[Line]:
    """The characters line by line; a label or a number that stands at a distance before a line is its mark."""
    pending: list[_Character] = []
    number = 0
    for each in [*characters, _Character("\n", 0, 0, 0, 0, False, False, "")]:
        last = next((other for other in reversed(pending) if other.text.strip()), None)
        moved = (
            last is not None
            and each.text.strip()
            and abs(each.base - last.base) > 0.7 * max(last.size, 1)
            and each.left < last.left
        )
        if each.text in "\r\n" or moved:
            if any(other.text.strip() for other in pending):
                number += 1
                yield from _line(pending, page, number)
            pending = []
        if each.text not in "\r\n":
            pending.append(each)
        if each.text == HYPHEN:
            number += 1
            yield from _line(pending, page, number)
            pending = []


def _line(characters: list[_Character], page: int, number: int) -> Iterator[Line]:
    solid = [each for each in characters if each.text.strip() and each.text != HYPHEN]
    if not solid:
        return
    sizes = [round(each.size, 1) for each in solid]
    size = max(set(sizes), key=sizes.count)
    cut = _after_mark(characters, size)
    mark = "".join(each.text for each in characters[:cut]).strip()
    body = [each for each in characters[cut:] if each.text != HYPHEN]
    solid = [each for each in body if each.text.strip()]
    bases = [round(each.base, 1) for each in solid]
    runs = tidy(_runs(body))
    if not runs:
        return  # controls alone
    yield Line(
        runs,
        page,
        number,
        min(each.left for each in solid),
        max(each.right for each in solid),
        max(set(bases), key=bases.count),
        size,
        characters[-1].text == HYPHEN,
        mark,
    )


def _runs(characters: list[_Character]) -> Iterator[Run]:
    """The characters in runs of one manner; a blank is in that of what stands before it, as PDFium makes blanks up."""
    text: list[str] = []
    manner = (False, False, "")
    for index, each in enumerate(characters):
        own = (each.bold, each.italic, each.url)
        if not each.text.strip():
            if 0 < index < len(characters) - 1 and _is_raised(characters[index - 1], characters[index + 1]):
                continue
            following = characters[index + 1].url if index + 1 < len(characters) else ""
            own = (manner[0], manner[1], manner[2] if following == manner[2] else "")
        if own != manner and text:
            yield Run("".join(text), *manner)
            text = []
        manner = own
        text.append(each.text)
    yield Run("".join(text), *manner)


def _is_raised(before: _Character, after: _Character) -> bool:
    """Whether a character is raised close behind another, as « re » behind « 1 »: no blank stands between them."""
    return after.base > before.base + 0.5 and after.left - before.right < 0.12 * before.size


def _after_mark(characters: list[_Character], size: float) -> int:
    """How many characters at the start are a label or a number at a distance from the rest; 0 when none are."""
    last: _Character | None = None
    text = ""
    for index, each in enumerate(characters):
        if not each.text.strip():
            text += " "
            continue
        before, gap = text.strip(), each.left - last.right if last is not None else 0.0
        if gap > 0.45 * size and _MARK.fullmatch(before):
            return index
        if gap > 0.9 * size:
            return index if label_of(before) is not None else 0
        text += each.text
        if len(text) > 40:
            return 0
        last = each
    return 0
