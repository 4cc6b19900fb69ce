"""The look of office documents: how each paragraph is set, in the fonts and colours of a style's sheet for pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from biblio.compose.composed import Composed
from biblio.style.style import Style

_VARIABLE = re.compile(r"--(?P<name>face|ink|soft|accent):\s*(?P<value>[^;}]+)")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\b")
_NAME = re.compile(r"[^\W_][\w -]{0,60}")


DEEPEST = 3  # levels of the contents

# What each of our paragraphs looks like: half-points, the colour by its name in the look, space before and after in
# twentieths of a point, bold, italic, kept with the next paragraph.
PARAGRAPHS: dict[str, tuple[int, str, int, int, bool, bool, bool]] = {
    "cover-event": (24, "soft", 1200, 240, False, False, True),
    "publisher": (22, "ink", 0, 600, True, False, False),
    "contents": (32, "accent", 480, 160, True, False, True),
    "label": (18, "accent", 280, 0, True, False, True),
    "new": (18, "accent", 0, 0, True, False, True),
    "authors": (21, "ink", 0, 0, False, False, True),
    "notice-title": (22, "ink", 0, 0, False, False, True),
    "authors-first": (21, "ink", 240, 0, False, False, True),
    "notice-title-first": (22, "ink", 240, 0, False, False, True),
    "source": (21, "ink", 0, 60, False, False, False),
    "event": (21, "ink", 0, 0, False, False, False),
    "note": (20, "soft", 0, 0, False, False, False),
    "annotation": (21, "ink", 60, 60, False, False, False),
    "topics": (20, "soft", 0, 0, False, False, False),
    "details": (20, "soft", 0, 0, False, False, False),
    "holding": (20, "soft", 0, 0, False, False, False),
    "link": (20, "ink", 0, 60, False, False, False),
    "box-title": (22, "accent", 240, 60, True, False, True),
    "when": (20, "accent", 240, 0, True, False, True),
    "place": (20, "soft", 0, 0, False, False, False),
    "acronym": (21, "ink", 0, 60, False, False, False),
    "index": (20, "ink", 0, 40, False, False, False),
    "credit": (18, "soft", 0, 160, False, False, False),
    "closing": (20, "soft", 480, 0, False, False, False),
}
# Of pandoc's own styles: half-points, colour, space before and after.
HEADINGS = {
    "Title": (56, "accent", 0, 160),
    "Subtitle": (30, "ink", 0, 320),
    "Date": (22, "soft", 0, 60),
    "Heading1": (36, "accent", 560, 160),
    "Heading2": (28, "accent", 400, 120),
    "Heading3": (24, "accent", 320, 80),
    "Heading4": (22, "accent", 280, 80),
    "Heading5": (22, "soft", 280, 80),
}


@dataclass(frozen=True, slots=True)
class Look:
    """A font by its name, and colours in six figures, without ``#``: of the text, of what is beside it, of headings."""

    font: str = "Liberation Sans"
    ink: str = "000000"
    soft: str = "444444"
    accent: str = "000000"


def look_of(composed: Composed) -> Look:
    """What the style's sheet declares, and the dossier's own colour; what neither does is plain and black."""
    look, colour = _of_style(composed.style), composed.document.cover.colour
    return replace(look, accent=_six(colour)) if colour else look


def _of_style(style: Style) -> Look:
    found: dict[str, str] = {}
    for declared in _VARIABLE.finditer(style.page_css):
        name, value = declared["name"], declared["value"].strip()
        if name == "face":
            font = value.split(",")[0].strip(" \"'")
            found |= {"font": font} if _NAME.fullmatch(font) else {}
        elif colour := _COLOUR.match(value):
            found[name] = _six(colour[0])
    return Look(**found)


def _six(colour: str) -> str:
    figures = colour[1:].upper()
    return figures if len(figures) == 6 else "".join(figure * 2 for figure in figures)
