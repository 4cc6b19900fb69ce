"""The HTML of a dossier as a PDF, in PDF/UA-1 and PDF/A-3a at once. The only module that calls WeasyPrint.

Nothing is read from the disk or the network: the fetcher knows the style's own files and refuses the rest, and
attachments are given as bytes. Nothing reads the clock: ``stamp`` dates the file and its attachments.
"""

from __future__ import annotations

import gc
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from io import BytesIO, StringIO
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from biblio.outputs.pdf.bounds import bounded
from biblio.outputs.pdf.finish import finisher, front_pages
from biblio.outputs.pdf.sheets import failing_rule, said
from biblio.outputs.pdf.variables import resolved
from biblio.style.style import Style
from biblio.words.faults import BiblioError, Diagnostic, Parsed, diagnose

# The address under which the style's own files are known to its sheets. No such host exists (RFC 2606 § 2).
BASE_URL = "https://style.invalid/"
VARIANT = "pdf/a-3a"
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A page laid out: the tree of its HTML, the engine's document, and what the engine says of the sheets."""

    tree: Element
    document: Any
    told: list[Diagnostic]


# Lays out HTML in a style; a fetcher serves the style's files, and the list gathers what the engine says of the rest.
LayOut = Callable[[str, Style, object, list[str]], LaidOut]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that travels inside the PDF; ``description`` is read out by readers."""

    name: str
    media_type: str
    content: bytes
    description: str


@cache
def engine_problem() -> Exception | None:
    """What keeps the layout engine from being imported, if anything does. Looked for once: it takes half a second.

    The engine prints advice of its own, in English, where a library of the system is missing: it is not shown. A second
    try would fail in another way, at what the first has left.
    """
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import weasyprint  # noqa: F401
        except Exception as error:  # noqa: BLE001  # whatever a broken installation raises
            return error
    return None


def load_engine() -> None:
    """Imports the layout engine. Raises ``OSError`` when a library of the system is missing, else ``ImportError``."""
    problem = engine_problem()
    if isinstance(problem, OSError | ImportError):
        raise problem
    if problem is not None:
        raise ImportError(f"{type(problem).__name__}: {problem}") from problem


def has_subsetter() -> bool:
    """Whether the engine, which can be loaded, has the library that makes fonts small."""
    from weasyprint.text import ffi

    return getattr(ffi, "harfbuzz_subset", None) is not None


def library_versions() -> Mapping[str, str]:
    """The versions of the system's libraries that break lines, of the engine, which can be loaded."""
    from weasyprint.text import ffi

    number = ffi.pango.pango_version()  # 15612 is 1.56.12 (PANGO_VERSION_ENCODE of Pango's reference)
    return {"pango": f"{number // 10_000}.{number // 100 % 100}.{number % 100}"}


def render_pdf(
    html: str,
    style: Style,
    attachments: Sequence[Attached],
    stamp: datetime,
    *,
    first_part: str,
    front_labels: tuple[str, str],
    lay_out: LayOut | None = None,
) -> Parsed[bytes]:
    """The PDF of a page that ``render_html`` made for the medium ``page``.

    ``first_part`` is the anchor with which page 1 begins; the pages before it carry ``front_labels``, those of the
    cover and of the contents, in the reader's page box. The diagnostics (W1) are what the layout had to say: it
    should be nothing. ``lay_out`` lays it out, where something is kept from an earlier time.
    """
    load_engine()  # only when a PDF is really made

    def made(style: Style) -> tuple[bytes, set[str], list[Diagnostic]]:
        with _listening() as messages, _uncollected(), bounded(len(html)):
            from weasyprint import Attachment

            fetcher = _fetcher(style.assets)
            laid_out = (lay_out or whole)(html, style, fetcher, messages)
            document, told = laid_out.document, laid_out.told
            gc.collect()  # a layout leaves much in cycles: swept once, before the writing asks for memory
            files = [
                Attachment(
                    string=attached.content,
                    name=attached.name,
                    description=attached.description,
                    created=stamp,
                    modified=stamp,
                    relationship="Source",
                    url_fetcher=fetcher,
                )
                for attached in attachments
            ]
            content = document.write_pdf(
                pdf_variant=VARIANT,
                attachments=files,
                finisher=finisher(
                    laid_out.tree,
                    first_part,
                    front_labels,
                    {attached.name: attached.media_type for attached in attachments},
                ),
            )
        told += (said(message, style.page_sheets) for message in messages)
        return content, {font.family for font in document.fonts.values()}, told

    content, families, told = _or_refused(style, made)
    foreign = sorted(families - bundled_fonts(style).families)
    diagnostics = [diagnose("W102", font=family) for family in foreign]
    diagnostics += [
        diagnose("W106", font=path) for path in fonts_of(style) if not read_font(style.assets[path]).families
    ]
    diagnostics += [each for each in told if has_subsetter() or "HarfBuzz" not in each.arguments["message"]]
    if not has_subsetter():
        diagnostics.append(diagnose("W104"))
    return Parsed(content, tuple(diagnostics))


def arrange(html: str, style: Style, lay_out: LayOut, then: Callable[[], Made]) -> Made:
    """Lays a page out and writes nothing; gives what ``then`` gives of it, within the same bounds."""
    load_engine()

    def arranged(style: Style) -> Made:
        with _listening() as messages, _uncollected(), bounded(len(html)):
            lay_out(html, style, _fetcher(style.assets), messages)
            return then()

    return _or_refused(style, arranged)


def printed_pages(html: str, style: Style, first_part: str, lay_out: LayOut | None = None) -> Mapping[str, str]:
    """The number printed on the page where each anchor stands, from a layout that is not written."""
    load_engine()

    def pages(style: Style) -> Mapping[str, str]:
        with _listening() as messages, _uncollected(), bounded(len(html)):
            document = (lay_out or whole)(html, style, _fetcher(style.assets), messages).document
            front = front_pages(document.pages, first_part)
            # Backwards, so that of what runs over several pages the first one is told.
            return {
                anchor: str(index - front + 1)
                for index, page in reversed(list(enumerate(document.pages)))
                for anchor in page.anchors
            }

    return _or_refused(style, pages)


def _or_refused(style: Style, make: Callable[[Style], Made]) -> Made:
    """What ``make`` gives, or where the engine fails on a rule of a sheet, the refusal of that rule (E143)."""
    try:
        return make(style)
    except (ImportError, OSError, BiblioError):
        raise  # the machine's, or said already
    except Exception as error:
        place = failing_rule(style.page_sheets, lambda sheets: _fails(make, replace(style, page_sheets=sheets)))
        if place is None:
            raise
        raise BiblioError(diagnose("E143", place, problem=type(error).__name__)) from error


def _fails(make: Callable[[Style], object], style: Style) -> bool:
    try:
        make(style)
    except (ImportError, OSError):
        raise
    except Exception:  # noqa: BLE001  # whatever the engine raises on a sheet
        return True
    return False


def whole(html: str, style: Style, fetcher: object, messages: list[str]) -> LaidOut:
    """A page laid out from nothing."""
    sheets = sheets_of(style, fetcher, messages)
    page = page_of(html, fetcher)
    return LaidOut(page.etree_element, page.render(stylesheets=sheets.sheets, font_config=sheets.fonts), sheets.told)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a style as the engine has them, their ``texts``, the fonts that they name, and what it says."""

    sheets: list[Any]
    texts: list[str]
    fonts: Any
    told: list[Diagnostic]


def sheets_of(style: Style, fetcher: object, messages: list[str]) -> Sheets:
    """The sheets of a style, read by the engine; what it says of each, at its place, is taken from ``messages``."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    read = Sheets([], [], FontConfiguration(), [])
    for sheet in resolved(style.page_sheets):
        read.sheets.append(CSS(string=sheet.css, base_url=BASE_URL, url_fetcher=fetcher, font_config=read.fonts))
        read.texts.append(sheet.css)
        read.told.extend(said(message, (sheet,)) for message in messages)
        messages.clear()
    return read


def page_of(html: str, fetcher: object) -> Any:
    """A page of HTML, read by the engine."""
    from weasyprint import HTML

    return HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)


def _fetcher(assets: Mapping[str, bytes]):  # type: ignore[no-untyped-def]  # a class that only exists once WeasyPrint is imported
    """A fetcher that serves the style's files by their paths and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StyleFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def __init__(self) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False)

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  # WeasyPrint gives it
            content = assets.get(url.removeprefix(BASE_URL)) if url.startswith(BASE_URL) else None
            if content is None:
                raise ValueError("not a file of the style")
            return URLFetcherResponse(url, content)

    return StyleFetcher()


class _Messages(logging.Handler):
    """Collects what a logger says."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collects what WeasyPrint logs in place of printing it.

    Its Python warnings are dropped: they speak of the machine's fonts, which are not used, and of libraries (see W104).
    """
    logger = logging.getLogger("weasyprint")
    handler = _Messages()
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield handler.messages
    finally:
        logger.handlers, logger.propagate = handlers, propagate


@contextmanager
def _uncollected() -> Iterator[None]:
    """Suspends the collection of cycles, which would walk every box of the layout again and again.

    What was there before is set aside, so that a collection asked for meanwhile looks at the layout alone.
    """
    enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class BundledFonts:
    """The families of some fonts, and the code points that at least one of them has."""

    families: frozenset[str]
    points: frozenset[int]


def fonts_of(style: Style) -> tuple[str, ...]:
    """The paths of the font files of a style."""
    return tuple(path for path in style.assets if path.endswith((".ttf", ".otf")))


def bundled_fonts(style: Style) -> BundledFonts:
    """Looks into the font files of a style."""
    fonts = [read_font(style.assets[path]) for path in fonts_of(style)]
    return BundledFonts(
        frozenset().union(*(font.families for font in fonts)),
        frozenset().union(*(font.points for font in fonts)),
    )


# A build asks twice, for its families and for its characters, and a preview at every change.
@lru_cache(maxsize=32)
def read_font(content: bytes) -> BundledFonts:
    """The families and the code points of one font; of a damaged one, none."""
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(BytesIO(content), lazy=True)
        # Name 16 is the typographic family, name 1 the one of old systems (OpenType specification, table « name »).
        families = frozenset(str(name) for number in (16, 1) if (name := font["name"].getDebugName(number)))
        return BundledFonts(families, frozenset(font.getBestCmap() or ()))
    except Exception:  # noqa: BLE001  # a damaged font fails in any of its tables, each in a way of its own
        return BundledFonts(frozenset(), frozenset())
