"""A layout that follows its HTML: what changed is styled and boxed anew, and laid out until breaks fall as before.

The engine lays a page out from where the one before it ended, and notes for each page where it began and with which
counters (``page_maker``). It makes pages again by itself where a reference to a page changes. This module has it do so
for the pages that an edited element is on, and for the page before them, which may now end elsewhere. What the engine
does around that, from boxes to margins, is done as ``weasyprint.document`` and ``weasyprint.layout`` do it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import DEFAULT_OPTIONS
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.html import get_html_metadata
from weasyprint.layout import initialize_page_maker
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import make_all_pages, make_margin_boxes
from weasyprint.pdf.metadata import DocumentMetadata

from biblio.outputs.pdf.kept.boxing import Boxing, Graft
from biblio.outputs.pdf.kept.drawing import Fonts, KeptPage
from biblio.outputs.pdf.kept.fragments import edited_notice
from biblio.outputs.pdf.kept.trees import Unkept

# The engine's own bound on rounds of pagination (``weasyprint.layout.layout_document``).
ROUNDS = 8
# What sheets may ask for that reaches over pages by other ways than counters and named strings.
_FAR = re.compile(
    r"target-text|running\(|element\(|footnote|note\(|@note|position\s*:\s*fixed|\d(?:vw|vh|vmin|vmax|vi|vb)\b|@import",
    re.IGNORECASE,
)
# Reads HTML for the engine.
Read = Callable[[str], Any]
# A notice as a page of its own: in its body a list, in which it is the first item.
ALONE = "<!DOCTYPE html><html><head></head><body><ul>{}</ul></body></html>"
_COUNTS_PAGES = re.compile(r"\bpages\b", re.IGNORECASE)


@dataclass(slots=True)
class _Laid:
    """A page as it was laid out: its box, the named strings and the bookmarks in it, and what its margins say."""

    box: Any
    strings: tuple[tuple[str, str], ...]
    marked: tuple[tuple[int, str], ...]
    margins: object = None
    page: Any = None


class Layout:
    """The layout of a page of HTML with these sheets, which are CSS of the engine.

    ``remade`` are the numbers, from 0, of the pages that were laid out last time.
    """

    def __init__(self, text: str, read: Read, sheets: Sequence[Any], texts: Sequence[str], fonts: Any) -> None:
        self.remade: tuple[int, ...] = ()
        html = read(text)
        self._text = text
        self._first, self._html, self._fonts = html, html, fonts  # the first one's tree is that of the boxes
        counters = CounterStyle()
        self._context = Document._build_layout_context(
            html, fonts, counters, {}, {**DEFAULT_OPTIONS, "stylesheets": sheets}
        )
        self._boxing = Boxing(html, self._context, counters)
        self._counts_pages = any(_COUNTS_PAGES.search(text) for text in texts)
        self._is_near = not any(_FAR.search(text) for text in texts)
        self._pristine: Fonts = {}
        self._laid: list[_Laid] = []
        initialize_page_maker(self._context, self._boxing.root)
        self._paginate()
        self._finish()

    @property
    def tree(self) -> Element:
        """The HTML that the boxes are of."""
        return self._boxing.tree

    @property
    def pages(self) -> tuple[KeptPage, ...]:
        """The pages, in order."""
        return tuple(laid.page for laid in self._laid)

    def document(self) -> Any:
        """The pages as a document that can be written."""
        html = self._html
        metadata = DocumentMetadata(**get_html_metadata(html))
        output_intent = DEFAULT_OPTIONS["output_intent"]
        return Document(list(self.pages), metadata, html.url_fetcher, self._fonts, {}, output_intent)

    def excerpt(self, numbers: Sequence[int]) -> bytes:
        """A PDF of some of the pages, from 0, to be looked at: with nothing of what makes it good for more."""
        pages = self.pages
        document = self.document().copy([pages[number] for number in numbers])
        content: bytes = document.write_pdf(pdf_tags=True, uncompressed_pdf=True)
        return content

    def follow(self, text: str, read: Read) -> None:
        """Lays out what is not in the HTML ``text`` as it was. ``read`` reads HTML for the engine.

        Raises ``Unkept`` where the whole must be laid out: this layout is of no more use then.
        """
        if not self._is_near:
            raise Unkept
        if text == self._text:
            self.remade = ()
            return
        grafts, html = self._of_a_notice(text, read), None
        if grafts is None:
            html = read(text)
            grafts = self._boxing.grafts(html.etree_element)
        maker = self._context.page_maker
        breaks = [_span(item[0]) for item in maker]
        paths, gone = self._boxing.graft(grafts, html)
        for path in paths:
            for index in _pages_of(path, breaks):
                maker[index][-1]["content_changed"] = True
        for *_, remake in maker:
            remake["content_lookups"] = [each for each in remake["content_lookups"] if each not in gone]
        self._text, self._html = text, html or self._html
        self._context.tables.clear()
        self._paginate()
        self._finish()

    def _of_a_notice(self, text: str, read: Read) -> tuple[Graft, ...] | None:
        """What is to be made anew where the words of one notice changed, and nothing else; it alone is read."""
        edited = edited_notice(self._text, text)
        if edited is None:
            return None
        old, new = (read(ALONE.format(each)).etree_element for each in (edited.old, edited.new))
        return self._boxing.grafts_of_words(edited.anchor, old[-1][0][0], new[-1][0][0])

    def _paginate(self) -> None:
        """Makes the pages that are to be made, again and again until all references to pages are right."""
        context = self._context
        pages = [laid.box for laid in self._laid]
        total = len(pages)
        footnotes = context.footnotes.copy()
        for _ in range(ROUNDS):
            context.footnotes = footnotes.copy()
            before, pages = total, list(self._made(pages))
            total = len(pages)
            for _, _, _, state, _ in context.page_maker:
                state[1]["pages"] = [total]
            if self._laid:
                self._refer_again()
            again = ("content_changed", "pages_wanted") if before != total else ("content_changed",)
            if not any(remake[each] for *_, remake in context.page_maker for each in again):
                break
        else:
            self._is_near = False
        known = {id(laid.box): laid for laid in self._laid}
        self._laid = [known.get(id(page)) or self._read(page, number) for number, page in enumerate(pages)]

    def _refer_again(self) -> None:
        """Has the pages made again on which a reference tells the page where something stood before.

        The engine does not see it by itself where the reference is told by an attribute (``attr()``), and lays a whole
        out so often that it comes right.
        """
        collector, maker = self._context.target_collector, self._context.page_maker
        for (box, token), item in list(collector.counter_lookup_items.items()):
            if token == "content" and item.missing_target_counters:
                before = _words(box)
                item.parse_again(item.cached_page_counter_values)
                if _words(box) != before and item.page_maker_index is not None and item.page_maker_index < len(maker):
                    maker[item.page_maker_index][-1]["content_changed"] = True

    def _made(self, pages: list[Any]) -> Iterator[Any]:
        context = self._context
        for page in make_all_pages(context, self._boxing.root, self._first, pages):
            if context.broken_out_of_flow or context.reported_footnotes or context.footnotes:
                self._is_near = False  # the next page begins with more than its note says
            yield page

    def _read(self, page: Any, number: int) -> _Laid:
        """What a new page says beside its text. Its own counters are known by now."""
        counters = self._context.page_maker[number + 1][3][1]
        strings: list[tuple[str, str]] = []
        marked: list[tuple[int, str]] = []
        for box in page.descendants():
            if box.missing_link:
                self._tell_counters(box, counters)
            if box.string_set and box.string_set != "none":
                strings += box.string_set
            if box.bookmark_label:
                marked.append((id(box.element), _end(box.element_tag)))
        return _Laid(page, tuple(strings), tuple(marked))

    def _tell_counters(self, box: Any, counters: Any) -> None:
        """Fills in the counters of pages in named strings and bookmarks, as ``layout_document`` does."""
        for (source, token), item in self._context.target_collector.counter_lookup_items.items():
            if box.missing_link == source and token != "content":
                if token == "bookmark-label" and not box.bookmark_label:
                    continue
                item.parse_again(counters)
                if token == "bookmark-label":
                    box.bookmark_label = source.bookmark_label

    def _finish(self) -> None:
        """Gives new pages their bookmarks, once for each element, and their margins; kept ones are as they were."""
        context = self._context
        while stale := self._outdated():
            for number in stale:
                context.page_maker[number][-1]["content_changed"] = True
            self._paginate()
        remade = []
        seen: set[tuple[int, str]] = set()
        context.string_set = defaultdict(lambda: defaultdict(list))
        for number, laid in enumerate(self._laid):
            for name, words in laid.strings:
                context.string_set[name][number + 1].append(words)
            if laid.page is None:
                _mark_once(laid.box, seen)
            seen.update(laid.marked)
        for number, (laid, told) in enumerate(zip(self._laid, self._margins(), strict=True)):
            if laid.page is not None:
                continue
            remade.append(number)
            context.current_page = number + 1
            self._dress(laid.box, context.page_maker[number + 1][3])
            laid.margins, laid.page = told, KeptPage(laid.box, self._pristine)
        self.remade = tuple(remade)

    def _outdated(self) -> list[int]:
        """The pages that were kept, and whose margins would say something else."""
        return [
            number
            for number, (laid, told) in enumerate(zip(self._laid, self._margins(), strict=True))
            if laid.page is not None and laid.margins != told
        ]

    def _margins(self) -> Iterator[object]:
        """What the margins of each page may say: its counters, and its named strings with those from before it."""
        last: dict[str, str] = {}
        for number, laid in enumerate(self._laid):
            (depth,), counters, *_ = self._context.page_maker[number + 1][3]
            counted = {name: tuple(values) for name, values in counters.items()}
            if not self._counts_pages:
                counted.pop("pages", None)
            yield depth, counted, dict(last), laid.strings
            last.update(laid.strings)

    def _dress(self, page: Any, state: Any) -> None:
        """Puts the margins and the backgrounds of a page around it; there are no fixed boxes."""
        root, footnotes, notes = page.children
        if page.fixed_boxes:
            self._is_near = False
        children = [root, *(area for area in (footnotes, notes) if area.children)]
        children += make_margin_boxes(self._context, page, state)
        page.children = tuple(children)
        layout_backgrounds(page, self._context.get_image_from_uri)


def laid_out(text: str, read: Read, sheets: Sequence[Any], texts: Sequence[str], fonts: Any) -> Layout:
    """The HTML ``text``, as ``read`` reads it, laid out with sheets, whose words are ``texts``, and their fonts."""
    return Layout(text, read, sheets, texts, fonts)


def _words(box: Any) -> list[str]:
    return [each.text for each in box.descendants() if isinstance(each, TextBox)]


def _mark_once(page: Any, seen: set[tuple[int, str]]) -> None:
    """Takes the bookmarks of elements that earlier pages, or boxes, have."""
    marked = set(seen)
    for box in page.descendants():
        if box.bookmark_label:
            key = id(box.element), _end(box.element_tag)
            if key in marked:
                box.bookmark_label = ""
            marked.add(key)


def _end(tag: str) -> str:
    return tag.partition("::")[2] if tag.endswith(("::before", "::after")) else ""


# Where a page begins, as the numbers of the boxes that lead there: at the least, and at the most.
_Break = tuple[tuple[float, ...], tuple[float, ...]]


def _span(resume_at: Any) -> _Break:
    """Where a page begins. In columns and rows a page begins at several places: the least and the most of them all."""
    steps: list[float] = []
    while resume_at and len(resume_at) == 1:
        ((index, resume_at),) = resume_at.items()
        steps.append(index)
    return tuple(steps), (*steps, math.inf) if resume_at else tuple(steps)


def _pages_of(path: tuple[int, ...], breaks: Sequence[_Break]) -> range:
    """The pages, from 0, that what is at ``path`` stands on, and the one before them.

    ``breaks`` tells where each page begins, and at last the end.
    """
    after = (*path[:-1], path[-1] + 1)
    last = len(breaks) - 2
    inside = [
        number
        for number in range(last + 1)
        if breaks[number][0] < after and (number == last or breaks[number + 1][1] >= path)
    ]
    return range(max(inside[0] - 1, 0), inside[-1] + 1) if inside else range(last + 1)
