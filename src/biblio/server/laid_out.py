"""Dossiers that are kept laid out, with what their pages look like: the work of a process beside the desk."""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from biblio.build.pipeline import Request
from biblio.build.resident import Place, Resident
from biblio.project.project import BUILD
from biblio.words.faults import Diagnostic, is_blocked

# How many dossiers are kept laid out: each takes some 100 MB.
KEPT = 2
# Pixels for each of CSS at which pages are compared: the least change of a letter changes some.
COMPARED = 1.0
POINTS = 72 / 96  # a pixel of CSS


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the ``digest`` of what is seen of it, its size in pixels of CSS, and what stands where on it."""

    digest: str
    width: float
    height: float
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a dossier as they would be published, with the faults that were met.

    They are ``stale`` where faults forbid to publish what the files say now, and these are of before; ``whole`` says
    whether all of them were laid out.
    """

    pages: tuple[Page, ...]
    faults: tuple[Diagnostic, ...]
    stale: bool
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page, and where it is drawn from: a PDF, and its place in it."""

    page: Page
    content: bytes
    index: int


class Dossiers:
    """The dossiers of a project that are kept laid out, the last ones asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._kept: dict[str, _Dossier] = {}
        self._drawing = threading.Lock()  # PDFium does one thing at a time

    def look(self, slug: str, anew: bool) -> Pages:
        """The pages of a dossier as its files are now, all of them laid out ``anew``. Raises ``BiblioError``."""
        dossier = self._kept.pop(slug, None) or _Dossier(self._root, slug, self._drawing)
        try:
            return dossier.look(anew=anew)
        finally:
            self._kept[slug] = dossier  # the last one asked for is the last to be forgotten
            for each in list(self._kept)[:-KEPT]:
                del self._kept[each]

    def draw(self, slug: str, digest: str, width: int) -> bytes | None:
        """A page as a PNG, ``width`` pixels wide; ``None`` where there is none of this digest any more."""
        dossier = self._kept.get(slug)
        sheet = next((each for each in dossier.shown if each.page.digest == digest), None) if dossier else None
        if sheet is None:
            return None
        with self._drawing:
            return _png(sheet, width)


class _Dossier:
    """One dossier: its pages as they are laid out, and those that are ``shown``, the last without grave faults."""

    def __init__(self, root: Path, slug: str, drawing: threading.Lock) -> None:
        self.shown: tuple[_Sheet, ...] = ()
        self._drawing = drawing
        self._resident = Resident(root, slug, Request(root / BUILD))
        self._laid: dict[int, _Sheet] = {}

    def look(self, *, anew: bool) -> Pages:
        if anew:
            self._resident.forget()
            gc.collect()  # what the layouts before have left, while nobody waits
        looked = self._resident.look()
        stale = looked.value is None or is_blocked(looked.diagnostics, strict=False)
        if look := looked.value:
            with self._drawing:
                made = {
                    page.number: _Sheet(Page(digest, page.width, page.height, page.places), look.content, index)
                    for index, (page, digest) in enumerate(zip(look.pages, _digests(look.content), strict=True))
                }
            self._laid = {number: sheet for number, sheet in (self._laid | made).items() if number <= look.count}
            if not stale or not self.shown:
                self.shown = tuple(self._laid[number] for number in sorted(self._laid))
        pages, faults = (sheet.page for sheet in self.shown), map(sent, looked.diagnostics)
        return Pages(tuple(pages), tuple(faults), stale, self._resident.whole)


def _digests(content: bytes) -> list[str]:
    """What the pages of a PDF look like, each in a word."""
    if not content:
        return []
    from pypdfium2 import PdfDocument

    with PdfDocument(content) as document:
        return [sha256(page.render(scale=COMPARED * POINTS).buffer).hexdigest()[:32] for page in document]


def _png(sheet: _Sheet, width: int) -> bytes:
    from pypdfium2 import PdfDocument

    out = BytesIO()
    with PdfDocument(sheet.content) as document:
        page = document[sheet.index]
        page.render(scale=width / page.get_width()).to_pil().save(out, "PNG", compress_level=3)
    return out.getvalue()


def sent(fault: Diagnostic) -> Diagnostic:
    """A fault that can be sent to another process: a read-only mapping cannot."""
    return replace(fault, arguments=dict(fault.arguments))
