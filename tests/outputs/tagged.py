"""Reads a PDF as a reader with assistive technology does: structure, text and its place, links, outline, labels.

The structure and the links come from pikepdf; the text of each marked content and where it stands from PDFium. Places
are in points from the bottom left corner of the page; pages count from 0.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")

# PDFium writes U+0002 or U+FFFE for a hyphen at the end of a line.
_HYPHENS = dict.fromkeys(map(ord, "-\u2010\u2011\u00ad\u0002\ufffe"))


@dataclass(frozen=True)
class Box:
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, numbers: Iterable[float]) -> Box:
        """The smallest box around points given as x, y, and so on."""
        values = [float(number) for number in numbers]
        xs, ys = values[::2], values[1::2]
        return cls(min(xs), min(ys), max(xs), max(ys))

    def holds(self, other: Box, margin: float) -> bool:
        """Whether ``other`` is inside this box, or no further out than ``margin``."""
        return (
            self.left - margin <= other.left
            and self.bottom - margin <= other.bottom
            and other.right <= self.right + margin
            and other.top <= self.top + margin
        )


@dataclass(frozen=True)
class Run:
    """Characters printed in one go, on one line; an ``artifact`` is marked as no part of the text (§ 14.8.2.2)."""

    text: str
    page: int
    box: Box
    artifact: bool


@dataclass(frozen=True)
class Place:
    """Where a link or a bookmark leads: a page, and the height at the top of the window."""

    page: int
    top: float


@dataclass(frozen=True)
class Annotation:
    """A link to ``uri``, or else to ``place``; one of ``quads`` for each of its lines when it has several."""

    page: int
    uri: str
    place: Place | None
    contents: str
    box: Box
    quads: tuple[Box, ...]


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline; ``level`` counts from 1."""

    level: int
    title: str
    place: Place


@dataclass(eq=False, repr=False)
class Element:
    """A node of the structure tree, with what it holds in the order of reading."""

    tag: str
    parent: Element | None = None
    lang: str = ""
    expansion: str = ""
    alt: str = ""
    box: Box | None = None  # of a figure
    kids: list[Element | Run | Annotation] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{self.tag}: {words(self.runs())[:60]!r}>"

    def walk(self) -> Iterator[Element]:
        """This element and all those inside it, in the order of reading."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def find(self, *tags: str) -> list[Element]:
        """The elements of these tags, in the order of reading."""
        return [element for element in self.walk() if element.tag in tags]

    def ancestors(self) -> Iterator[Element]:
        """The elements around this one, the nearest first."""
        if self.parent is not None:
            yield self.parent
            yield from self.parent.ancestors()

    def runs(self, *skip: str) -> Iterator[Run]:
        """The text inside, but for what elements of the tags ``skip`` hold."""
        for kid in self.kids:
            if isinstance(kid, Run):
                yield kid
            elif isinstance(kid, Element) and kid.tag not in skip:
                yield from kid.runs(*skip)

    def annotations(self, *skip: str) -> Iterator[Annotation]:
        """The links inside, but for those in elements of the tags ``skip``."""
        for kid in self.kids:
            if isinstance(kid, Annotation):
                yield kid
            elif isinstance(kid, Element) and kid.tag not in skip:
                yield from kid.annotations(*skip)


@dataclass(frozen=True, repr=False)
class Tagged:
    """A whole PDF. ``furniture`` is the text of each page that the structure leaves out: running headers, folios."""

    root: Element
    furniture: tuple[tuple[Run, ...], ...]
    annotations: tuple[tuple[Annotation, ...], ...]
    outline: tuple[Bookmark, ...]
    labels: tuple[str, ...]
    boxes: tuple[Box, ...]
    text: tuple[str, ...]


def words(runs: Iterable[Run]) -> str:
    """The words of some text, with one space wherever there is one or a line ends."""
    text, previous = "", None
    for run in runs:
        broken = previous is not None and (run.page != previous.page or run.box.top < previous.box.bottom)
        text += (" " if broken else "") + run.text
        previous = run
    return " ".join(text.split())


def key(text: str) -> str:
    """What stays the same wherever lines are broken and words hyphenated: no space, no hyphen, no case."""
    return "".join(text.translate(_HYPHENS).casefold().split())


def read_pdf(content: bytes) -> Tagged:
    """Reads a tagged PDF."""
    runs, boxes, labels, text = _read_pages(content)
    with pikepdf.open(BytesIO(content)) as pdf:
        structure = _Structure(pdf, dict(runs))
        root = structure.element(pdf.Root.StructTreeRoot.K[0], None, 0)
        furniture: list[list[Run]] = [[] for _ in boxes]
        for (page, _), left in structure.runs.items():
            furniture[page] += left
        return Tagged(
            root,
            tuple(tuple(each) for each in furniture),
            tuple(tuple(structure.annotation(each, page) for each in _links(pdf, page)) for page in range(len(boxes))),
            tuple(structure.bookmarks()),
            labels,
            boxes,
            text,
        )


Contents = dict[tuple[int, int], list[Run]]


def _read_pages(content: bytes) -> tuple[Contents, tuple[Box, ...], tuple[str, ...], tuple[str, ...]]:
    """The runs by page and marked-content identifier (-1: none), and the box, the label and the text of each page."""
    runs: Contents = {}
    boxes, text = [], []
    document = pypdfium2.PdfDocument(content)
    for number, page in enumerate(document):
        boxes.append(Box(*page.get_mediabox()))
        characters = page.get_textpage()
        text.append(characters.get_text_range())
        for printed in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9, textpage=characters):
            identifier = pdfium.FPDFPageObj_GetMarkedContentID(printed)
            run = Run(printed.extract(), number, Box(*printed.get_bounds()), "Artifact" in _marks(printed))
            runs.setdefault((number, identifier), []).append(run)
        characters.close()
        page.close()
    labels = tuple(document.get_page_label(number) for number in range(len(boxes)))
    document.close()
    return runs, tuple(boxes), labels, tuple(text)


def _marks(printed: Any) -> list[str]:
    """The names of the marked contents that a page object is in."""
    names = []
    for index in range(pdfium.FPDFPageObj_CountMarks(printed)):
        buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(printed, index)
        assert pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
        names.append(bytes(buffer)[: length.value].decode("utf-16-le").rstrip("\0"))
    return names


def _links(pdf: pikepdf.Pdf, page: int) -> list[Any]:
    return [each for each in pdf.pages[page].obj.get("/Annots", ()) if each.Subtype == "/Link"]


class _Structure:
    """Reads the structure tree and the links of one PDF (ISO 32000-1 § 12.3, § 12.5.6.5, § 14.7)."""

    def __init__(self, pdf: pikepdf.Pdf, runs: Contents) -> None:
        self.pdf = pdf
        self.runs = runs  # what the tree has not claimed yet
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.names = pikepdf.NameTree(pdf.Root.Names.Dests)

    def element(self, node: Any, parent: Element | None, page: int) -> Element:
        """The element that a node of the tree is, with all that is inside; ``page`` is that of its parent."""
        page = self._page(node, page)
        element = Element(str(node.S).removeprefix("/"), parent, str(node.get("/Lang", "")), str(node.get("/E", "")))
        element.alt = str(node.get("/Alt", ""))
        element.box = Box.of(node.A.BBox) if element.tag == "Figure" else None
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                element.kids += self.runs.pop((page, int(kid)), [])
            elif kid.get("/Type") == "/MCR":
                element.kids += self.runs.pop((self._page(kid, page), int(kid.MCID)), [])
            elif kid.get("/Type") == "/OBJR":
                element.kids.append(self.annotation(kid.Obj, self._page(kid, page)))
            else:
                element.kids.append(self.element(kid, element, page))
        return element

    def _page(self, node: Any, page: int) -> int:
        return self.pages[node.Pg.objgen] if "/Pg" in node else page

    def annotation(self, link: Any, page: int) -> Annotation:
        """A link, wherever it leads."""
        action = link.get("/A", {})
        uri = str(action.get("/URI", ""))
        points = [float(number) for number in link.get("/QuadPoints", [])]
        return Annotation(
            page,
            uri,
            None if uri else self.place(link.get("/Dest", action.get("/D"))),
            str(link.get("/Contents", "")),
            Box.of(link.Rect),
            tuple(Box.of(points[start : start + 8]) for start in range(0, len(points), 8)),
        )

    def place(self, target: Any) -> Place:
        """Where a destination leads, be it named or not."""
        if isinstance(target, pikepdf.String):
            target = self.names[str(target)]
        page, fit, _, top, *_ = target
        assert fit == "/XYZ"
        return Place(self.pages[page.objgen], float(top))

    def bookmarks(self) -> Iterator[Bookmark]:
        """The outline, from top to bottom."""

        def walk(items: list[pikepdf.OutlineItem], level: int) -> Iterator[Bookmark]:
            for item in items:
                target = item.destination if item.action is None else item.action.D
                yield Bookmark(level, item.title, self.place(target))
                yield from walk(item.children, level + 1)

        with self.pdf.open_outline() as outline:
            yield from walk(list(outline.root), 1)
