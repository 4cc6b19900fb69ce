"""A press that keeps the type standing: it lays out a dossier again and again, and each time what has changed alone.

It stands in the place of ``lay_out`` of ``outputs/pdf/engine.py``, and gives what that would give, to the byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from biblio.outputs.pdf.engine import LaidOut, page_of, sheets_of, whole
from biblio.outputs.pdf.kept.trees import Unkept
from biblio.places import at
from biblio.style.style import Style
from biblio.words.faults import Diagnostic

# The versions of the engine whose inside is known.
KNOWN = ("70.0",)
# Imports the engine.
laid_out = at("biblio.outputs.pdf.kept.layout:laid_out")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that was laid out last: its ``number``, from 0, and its size, in pixels of CSS.

    ``anchors`` are what links call the places on it, in the order of reading, with the box of each: left, top, right
    and bottom. What runs over several pages is on each of them.
    """

    number: int
    width: float
    height: float
    anchors: Mapping[str, tuple[float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The pages that were laid out last, of ``count`` in all; ``content`` is a PDF of these alone, to be looked at."""

    count: int
    sheets: tuple[Sheet, ...]
    content: bytes


@dataclass(slots=True)
class Press:
    """One layout, kept; ``whole`` says whether all of it was laid out last time."""

    whole: bool = True
    _style: Style | None = None
    _layout: Any = None
    _told: tuple[Diagnostic, ...] = ()
    # What the engine said while it laid out and drew what is kept: a page that is kept says nothing again.
    _said: list[str] = field(default_factory=list)

    def lay_out(self, html: str, style: Style, fetcher: object, messages: list[str]) -> LaidOut:
        """The layout of a page, its tree, and what the engine says of the sheets; as ``engine.lay_out``."""
        from weasyprint import __version__

        if __version__ not in KNOWN:
            return whole(html, style, fetcher, messages)
        self.whole = not self._follows(html, style, fetcher, messages)
        if self.whole:
            self._anew(html, style, fetcher, messages)
        self._said = messages
        return LaidOut(self._layout.tree, self._layout.document(), list(self._told))

    @property
    def keeps(self) -> bool:
        """Whether there is a layout to follow."""
        return self._layout is not None

    def drawn(self) -> tuple[object, ...]:
        """What each page has drawn, once the layout was written: the same value where a page looks the same."""
        return tuple(page.items for page in self._layout.pages) if self._layout else ()

    def excerpt(self) -> Excerpt:
        """The pages that were laid out last, drawn."""
        if self._layout is None:
            return Excerpt(0, (), b"")
        numbers, pages = self._layout.remade, self._layout.pages
        before = len(self._said)
        content = self._layout.excerpt(numbers) if numbers else b""
        del self._said[before:]  # that links lead to pages that are not in it
        sheets = (Sheet(each, pages[each].width, pages[each].height, pages[each].anchors) for each in numbers)
        return Excerpt(len(pages), tuple(sheets), content)

    def forget(self) -> None:
        """Keeps nothing: the next layout is whole."""
        self._layout = self._style = None
        self._said = []

    def _follows(self, html: str, style: Style, fetcher: object, messages: list[str]) -> bool:
        layout, self._layout = self._layout, None
        if layout is None or self._said or style != self._style:
            return False
        try:
            layout.follow(html, partial(page_of, fetcher=fetcher))
        except Unkept:
            messages.clear()
            return False
        except Exception:  # noqa: BLE001  # what the engine did not expect: the whole says whether it is the sheets'
            messages.clear()
            return False
        if messages:  # in the order in which the whole would say it
            messages.clear()
            return False
        self._layout = layout
        return True

    def _anew(self, html: str, style: Style, fetcher: object, messages: list[str]) -> None:
        self._layout = self._style = None
        sheets = sheets_of(style, fetcher, messages)
        self._layout = laid_out(html, partial(page_of, fetcher=fetcher), sheets.sheets, sheets.texts, sheets.fonts)
        self._told, self._style = tuple(sheets.told), style
