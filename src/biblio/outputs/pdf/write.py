"""A composed dossier as a PDF: laid out twice where an index needs page numbers, the references attached."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from biblio.compose.composed import Composed
from biblio.compose.indexes import has_index, with_pages
from biblio.document.tree import Document
from biblio.formats import FORMATS
from biblio.outputs.html import render_html
from biblio.outputs.pdf.engine import Attached, LayOut, arrange, printed_pages, render_pdf, whole
from biblio.outputs.pdf.fallback import missing_characters, with_fallback
from biblio.style.style import Sheet, Style
from biblio.text.inline import plain
from biblio.text.typography.french import DASHES
from biblio.words.faults import BiblioError, Diagnostic, Parsed, diagnose
from biblio.words.tables import term

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Layouts:
    """How a dossier is laid out, to know the pages that its indexes tell and to be printed: else from nothing."""

    counted: LayOut = whole
    printed: LayOut = whole


def render(composed: Composed, stamp: datetime, layouts: Layouts = Layouts()) -> Parsed[bytes]:
    """The PDF with the references attached, dated ``stamp`` (UTC), and the faults of its layout.

    Raises ``BiblioError`` when the engine cannot be loaded (E106) or the system refuses it room (E105).
    """
    lang = composed.spec.lang
    with _in_reach():
        page = _page(composed, stamp, layouts)
        pdf = render_pdf(
            page.html,
            page.style,
            _attached(composed),
            stamp,
            first_part=page.first_part,
            front_labels=(term("dossier.cover", lang), plain(page.document.contents_title)),
            lay_out=layouts.printed,
        )
    found = unprintable(composed, page.document)
    # What the engine says of a glyph that is missing, W101 says with its character and its notice.
    said = (each for each in pdf.diagnostics if not found or ".notdef glyph" not in each.arguments.get("message", ""))
    return Parsed(pdf.value, (*found, *said))


def looked_at(composed: Composed, stamp: datetime, layouts: Layouts, then: Callable[[], Made]) -> Made:
    """Lays the dossier out and writes nothing; gives what ``then`` gives of the layout. Raises as ``render`` does."""
    with _in_reach():
        page = _page(composed, stamp, layouts)
        return arrange(page.html, page.style, layouts.printed, then)


@dataclass(frozen=True, slots=True)
class _Page:
    """What is laid out: the document with all that it says, its style, its HTML, and the anchor of page 1."""

    document: Document
    style: Style
    html: str
    first_part: str


def _page(composed: Composed, stamp: datetime, layouts: Layouts) -> _Page:
    document = composed.document
    style = with_fallback(composed.style, words_of(document))
    pictures = {each.picture.name: each.picture.content for each in document.figures}
    style = _coloured(replace(style, assets={**style.assets, **pictures}), document.cover.colour)
    first_part = document.parts[0].anchor if document.parts else ""
    if has_index(document):
        counted = render_html(document, style, "page", stamp)
        pages = printed_pages(counted, style, first_part, layouts.counted)
        document = with_pages(document, pages, DASHES[style.spec.range_dash])
    return _Page(document, style, render_html(document, style, "page", stamp), first_part)


def _attached(composed: Composed) -> list[Attached]:
    return [
        Attached(
            f"references{row.extension}",
            row.mime_type,
            row.written(composed.selection.references),
            term("dossier.references", composed.spec.lang).format(format=row.name),
        )
        for row in FORMATS.own.values()
        if row.attached
    ]


@contextmanager
def _in_reach() -> Iterator[None]:
    """Says what it is of the machine that keeps the engine from its work (E105, E106)."""
    try:
        yield
    except ImportError as error:  # a library that cannot be mapped: little memory, or a broken installation
        raise BiblioError(diagnose("E106", reason=str(error).partition("\n")[0])) from error
    except OSError as error:
        if error.errno is not None:  # the system's: no place for the fonts that the engine unpacks
            raise BiblioError(diagnose("E105", reason=error.strerror or str(error))) from error
        # cffi says so when Pango or HarfBuzz is not on the machine.
        raise BiblioError(diagnose("E106", reason=str(error).partition("\n")[0])) from error


def _coloured(style: Style, colour: str) -> Style:
    """The style with the dossier's own colour in the place of its accent, where it has one."""
    own = Sheet("", f":root {{ --accent: {colour}; }}\n")
    return replace(style, page_sheets=(*style.page_sheets, own)) if colour else style


def unprintable(composed: Composed, document: Document) -> tuple[Diagnostic, ...]:
    """The characters of a dossier that no font of its style has (W101), each where its words were typed."""
    words = words_of(document)
    found = missing_characters(words, with_fallback(composed.style, words))
    places = composed.selection.places if found else {}
    return tuple(replace(each, span=places[each.citekey or ""]) for each in found)


def words_of(document: Document) -> Mapping[str, str]:
    """The text that a document prints, by citekey; the empty key has the dossier's own words."""
    words = {"": "".join(plain(rich) for rich in document.texts)}
    for notice in document.notices:
        words[notice.citekey] = notice.label + notice.new + "".join(plain(line.on_paper) for line in notice.lines)
    return words
