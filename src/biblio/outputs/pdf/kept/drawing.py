"""Pages that are drawn once: what a page put into its stream is kept, and put there again where it would be the same.

What is drawn depends on what was drawn before: on the fonts that are in the file already, for a font has the size, and
a glyph the width, with which it was met first, and on how many patterns and groups have a name. A page is drawn again
where any of that is not as it was, and always where it makes patterns or groups of its own.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint.document import Page
from weasyprint.pdf.fonts import Font
from weasyprint.text.fonts import get_pango_font_key

# By the key of a font and the size with which it was met: fonts that nothing has been drawn with.
Fonts = dict[tuple[int, float], Any]


class _Widths(dict[int, float]):
    """The widths of the glyphs that a page uses: those that the file knows already, else the page's ``own``."""

    def __init__(self, known: dict[int, float]) -> None:
        super().__init__()
        self._known = known
        self.own: set[int] = set()

    def __contains__(self, glyph: object) -> bool:
        if super().__contains__(glyph):
            return True
        if glyph in self._known and isinstance(glyph, int):
            super().__setitem__(glyph, self._known[glyph])
            return True
        return False

    def __setitem__(self, glyph: int, width: float) -> None:
        self.own.add(glyph)
        super().__setitem__(glyph, width)


class _PageFonts(dict[int, Any]):
    """The fonts of a file as one page uses them: what it adds to each is kept apart, and its first ``sizes``."""

    def __init__(self, real: dict[int, Any], pristine: Fonts) -> None:
        super().__init__()
        self._real, self._pristine = real, pristine
        self.sizes: dict[int, float] = {}

    def add(self, pango_font: Any) -> tuple[Any, float]:
        """What ``Stream.add_font`` does."""
        key, description, size = get_pango_font_key(pango_font)
        if (key, size) not in self._pristine:
            self._pristine[key, size] = Font(pango_font, description, size)
        if not super().__contains__(key):
            self._use(key, size)
        return self[key], size

    def __contains__(self, key: object) -> bool:  # asked for the streams of patterns and groups
        if not super().__contains__(key) and key in self._real and isinstance(key, int):
            self._use(key, self._real[key].font_size)
        return super().__contains__(key)

    def __setitem__(self, key: int, font: Any) -> None:
        self._pristine[key, font.font_size] = font
        self._use(key, font.font_size)

    def _use(self, key: int, size: float) -> None:
        self.sizes[key] = size
        if key not in self._real:
            self._real[key] = unused(self._pristine[key, size])
        font = copy.copy(self._real[key])
        font.widths, font.to_unicode = _Widths(font.widths), {}
        super().__setitem__(key, font)


def unused(font: Any) -> Any:
    """A font as it is before anything is drawn with it."""
    font = copy.copy(font)
    font.widths, font.to_unicode, font.missing = {}, {}, {}
    font.variations = dict(font.variations)
    return font


@dataclass(frozen=True, slots=True)
class _Use:
    """How a page uses a font: the size that it meets first, widths of glyphs, which of them it told, their words."""

    size: float
    widths: dict[int, float]
    own: frozenset[int]
    to_unicode: dict[int, str]

    def holds(self, font: Any) -> bool:
        """Whether the page would use a font of the file in the same way."""
        known = font.widths
        return all(
            known[glyph] == width if glyph in known else glyph in self.own for glyph, width in self.widths.items()
        )

    def told(self, font: Any) -> None:
        """Tells a font of the file what the page uses of it."""
        for glyph, width in self.widths.items():
            font.widths.setdefault(glyph, width)
        for glyph, words in self.to_unicode.items():
            font.to_unicode.setdefault(glyph, words)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a page put into its stream, its tags, fonts and images, and its states of transparency."""

    scale: float
    items: tuple[Any, ...]
    tags: dict[Any, Any]
    fonts: dict[int, _Use]
    images: dict[str, Any]
    states: dict[str, Any]


class KeptPage(Page):  # type: ignore[misc]  # WeasyPrint has no types
    """A page that is drawn once, for as long as the same would be drawn; ``items`` is what it put into its stream."""

    def __init__(self, page_box: Any, pristine: Fonts) -> None:
        super().__init__(page_box)
        self._pristine = pristine
        self._drawn: _Drawn | None = None
        self.items: tuple[Any, ...] = ()

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Puts the page into its stream."""
        if self._drawn is None or not self._is_drawn_again(self._drawn, stream, scale):
            self._draw(stream, scale)

    def _is_drawn_again(self, drawn: _Drawn, stream: Any, scale: float) -> bool:
        fonts = stream._fonts
        if drawn.scale != scale or not all(use.holds(fonts[key]) for key, use in drawn.fonts.items() if key in fonts):
            return False
        for key, use in drawn.fonts.items():
            if key not in fonts:
                fonts[key] = unused(self._pristine[key, use.size])
            use.told(fonts[key])
        for name, state in drawn.states.items():
            stream._resources["ExtGState"].setdefault(name, state)
        _add_images(stream, drawn.images)
        stream._tags.update({box: dict(tag) for box, tag in drawn.tags.items()})
        stream.stream.extend(drawn.items)
        return True

    def _draw(self, stream: Any, scale: float) -> None:
        self._drawn = None
        resources, start = stream._resources, len(stream.stream)
        before = {name: len(resources[name]) for name in ("Pattern", "Shading")}
        objects = set(resources["XObject"])
        with _apart(stream, self._pristine) as (fonts, images):
            super().paint(stream, scale)
        uses = {
            key: _Use(fonts.sizes[key], dict(font.widths), frozenset(font.widths.own), font.to_unicode)
            for key, font in fonts.items()
        }
        for key, use in uses.items():
            use.told(stream._fonts[key])
        _add_images(stream, images)
        items = self.items = tuple(stream.stream[start:])
        states = [name for item in items if (name := _state(item))]
        is_own = (
            all(len(resources[name]) == count for name, count in before.items())
            and set(resources["XObject"]) - objects <= set(images)
            and not any(name.startswith("s") for name in states)
            and not any(_uses_object(item, images) for item in items)
            and not any(font.missing or font.bitmap or font.svg or font.png or font.colr for font in fonts.values())
        )
        if is_own:
            kept = {name: resources["ExtGState"][name] for name in states}
            self._drawn = _Drawn(
                scale, items, {box: dict(tag) for box, tag in stream._tags.items()}, uses, images, kept
            )


@contextmanager
def _apart(stream: Any, pristine: Fonts) -> Iterator[tuple[_PageFonts, dict[str, Any]]]:
    """Has a page drawn with fonts and images of its own, so that all that it uses is seen."""
    real, real_images = stream._fonts, stream._images
    fonts, images = _PageFonts(real, pristine), dict[str, Any]()
    stream._fonts, stream._images, stream.add_font = fonts, images, fonts.add
    try:
        yield fonts, images
    finally:
        stream._fonts, stream._images = real, real_images
        del stream.add_font


def _add_images(stream: Any, images: dict[str, Any]) -> None:
    for name, data in images.items():
        stream._resources["XObject"].setdefault(name, None)
        known = stream._images.setdefault(name, {**data, "dpi_ratios": set(), "x_object": None})
        known["dpi_ratios"] |= data["dpi_ratios"]


def _state(item: Any) -> str:
    """The name of the graphics state that an item of a stream sets, if it does (ISO 32000-1 § 8.4.5)."""
    return item[1:-3].decode() if isinstance(item, bytes) and item.endswith(b" gs") else ""


def _uses_object(item: Any, images: dict[str, Any]) -> bool:
    """Whether an item of a stream draws a group, or any other object that is none of these images (§ 8.8)."""
    return isinstance(item, bytes) and item.endswith(b" Do") and item[1:-3].decode() not in images
