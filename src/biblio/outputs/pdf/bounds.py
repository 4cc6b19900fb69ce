"""What a layout may do, counted and not timed: a slow machine lays out what a fast one does, and no more than that.

A style sheet can keep the engine busy for ever. Blocks laid out, lines, pages, tracks, drawings and what variables
stand for are counted against the length of the page, many times what real dossiers take (one block, or line, for each
13 characters of HTML at the least), selectors as the engine takes them. The engine tells nobody what it does: some of
its functions, each looked up where it is called, are replaced by ones that count.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from biblio.words.faults import BiblioError, diagnose

# Blocks and lines: as many for any page, and more for each character of its HTML.
STEPS, STEPS_A_CHARACTER = 5_000, 0.5
# Pages likewise. A page of A7 has some hundred characters of HTML.
PAGES, PAGES_A_CHARACTER = 200, 0.05
# What variables stand for, in characters, with more for each token: a variable of two others may double at each step
# (CSS Custom Properties § 3.3 lets programs bound it). A page of 100 KB that shows a picture of 100 KB, held by a
# variable, above each of 500 headings stays below.
VALUES, VALUES_A_CHARACTER, TOKEN = 20_000_000, 500, 16
# Tokens of selectors: of rules in rules, each may name the one around it twice. A sheet of 50,000 rules has 100,000.
SELECTORS = 500_000
# Nodes of drawings: each may draw others twice. A drawing of 1,000 nodes at the head of each page stays below.
NODES, NODES_A_CHARACTER = 50_000, 2
# Rectangles and curves: the dots of a border, the waves of a line, pictures along an edge, the curves of drawings.
STROKES, STROKES_A_CHARACTER = 1_000_000, 20
# Tracks of grids that are asked for by their number.
TRACKS, TRACKS_A_CHARACTER = 10_000, 0.05
# CSS pixels: the widest page of a PDF (14,400 units, ISO 32000-1 annex C), and the widest box that may stand on it.
WIDEST_PAGE, WIDEST_BOX = 19_200, 1_000_000
# Where something else has no end, the processor's time ends it; no dossier comes near.
SECONDS, CHARACTERS_A_SECOND = 60, 500

# The names of the functions that are counted, by where they are in the engine.
COUNTED = (("block", "block_level_layout_switch"), ("inline", "get_next_linebox"))
PAGED = ("page", "remake_page")
RESOLVED = ("css", "resolve_var")
SELECTED = ("validation", "compile_selector_list")
DRAWN = ("drawing", "draw_node")
REPEATED = ("grid", "_get_template_tracks")
STROKED = (("stream", "rectangle"), ("stream", "curve_to"))


class _TooMuch(BaseException):
    """A bound is reached. Not an ``Exception``, which the layout engine catches here and there."""


class _Work:
    """What may still be done."""

    def __init__(self, characters: int) -> None:
        self.steps = STEPS + characters * STEPS_A_CHARACTER
        self.pages = PAGES + characters * PAGES_A_CHARACTER
        self.values = VALUES + characters * VALUES_A_CHARACTER
        self.selectors = SELECTORS
        self.nodes = NODES + characters * NODES_A_CHARACTER
        self.tracks = TRACKS + characters * TRACKS_A_CHARACTER
        self.strokes = STROKES + characters * STROKES_A_CHARACTER

    def step(self, made: Any) -> None:
        self.steps -= 1
        if self.steps < 0 or _is_wider(made[0], WIDEST_BOX):
            raise _TooMuch

    def page(self, made: Any) -> None:
        self.pages -= 1
        if self.pages < 0 or _is_wider(made[0], WIDEST_PAGE):
            raise _TooMuch

    def value(self, tokens: Any) -> None:
        for token in _all_of(tokens):
            text = getattr(token, "value", "")
            self.values -= TOKEN + (len(text) if isinstance(text, str) else 0)
            if self.values < 0:
                raise _TooMuch

    def node(self, _: Any) -> None:
        self.nodes -= 1
        if self.nodes < 0:
            raise _TooMuch

    def stroke(self, _: Any) -> None:
        self.strokes -= 1
        if self.strokes < 0:
            raise _TooMuch

    def grid(self, tracks: Any) -> None:
        # Between the names of lines, tracks and ("repeat()", how often, tracks).
        repeated = (track for track in tracks[1::2] if track[:1] == ("repeat()",) and isinstance(track[1], int))
        self.tracks -= sum(track[1] * len(track[2]) for track in repeated)
        if self.tracks < 0:
            raise _TooMuch

    def selector(self, tokens: Any) -> None:
        for _ in _all_of(tokens):
            self.selectors -= 1
            if self.selectors < 0:
                raise _TooMuch


_work: ContextVar[_Work | None] = ContextVar("_work", default=None)


def _all_of(tokens: Any) -> Iterator[Any]:
    """Tokens with those inside them."""
    left = list(tokens or ())
    while left:
        token = left.pop()
        yield token
        left += getattr(token, "arguments", None) or getattr(token, "content", None) or ()


def _is_wider(box: Any, most: int) -> bool:
    width, height = getattr(box, "width", 0), getattr(box, "height", 0)
    return any(isinstance(size, int | float) and size > most for size in (width, height))


@contextmanager
def bounded(characters: int) -> Iterator[None]:
    """Ends the layout and the drawing of a page of so many characters of HTML that go beyond their bounds (E112).

    Raises ``BiblioError`` (E112). The engine has been imported.
    """
    _count()
    work = _Work(characters)
    token = _work.set(work)
    try:
        with _within(SECONDS + characters / CHARACTERS_A_SECOND):
            yield
        if min(work.nodes, work.strokes) < 0:  # the engine leaves out a drawing that fails, for whatever reason
            raise _TooMuch
    except (_TooMuch, RecursionError, MemoryError, SyntaxError) as error:
        # SyntaxError: the engine's selectors become Python code, whose brackets may only be 200 deep.
        raise BiblioError(diagnose("E112")) from error
    finally:
        _work.reset(token)


def _count() -> None:
    """Puts what counts in the place of the engine's functions, once."""
    from weasyprint import css
    from weasyprint.css import validation
    from weasyprint.layout import block, grid, inline, page
    from weasyprint.pdf.stream import Stream
    from weasyprint.svg import SVG

    layout = {"block": block, "inline": inline, "page": page, "grid": grid}
    places = {**layout, "css": css, "validation": validation, "drawing": SVG, "stream": Stream}
    for (place, name), told, is_made in (
        *((each, _Work.step, True) for each in COUNTED),
        (PAGED, _Work.page, True),
        (RESOLVED, _Work.value, True),
        (SELECTED, _Work.selector, False),
        (DRAWN, _Work.node, False),
        (REPEATED, _Work.grid, False),
        *((each, _Work.stroke, False) for each in STROKED),
    ):
        function = getattr(places[place], name)
        if not hasattr(function, "__wrapped__"):
            setattr(places[place], name, _counting(function, told, is_made=is_made))


def _counting(function: Callable[..., Any], told: Callable[[_Work, Any], None], *, is_made: bool) -> Callable[..., Any]:
    """The function, which tells what it has made, or else what it is to be made of."""

    @wraps(function)
    def counting(*arguments: Any, **named: Any) -> Any:
        work = _work.get()
        if work and not is_made:
            told(work, arguments[0])
        made = function(*arguments, **named)
        if work and is_made:
            told(work, made)
        return made

    return counting


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Ends what takes more of the processor, where the system can tell (POSIX, and the main thread)."""

    def stop(number: int, frame: object) -> None:
        raise _TooMuch

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, stop)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, 0.5)  # again, when the engine's libraries swallowed it
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
