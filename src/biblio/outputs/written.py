"""The page and the e-mail of a composed dossier, as the table of outputs asks for them."""

from __future__ import annotations

from datetime import datetime

from biblio.compose.composed import Composed
from biblio.outputs.html import render_email, render_html
from biblio.outputs.message import too_long
from biblio.outputs.take_away import take_away
from biblio.words.faults import Parsed


def written_html(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    """The page for a screen, in UTF-8, with what may be taken away from it."""
    return Parsed(render_html(composed.document, composed.style, "screen", stamp, take_away(composed, stamp)).encode())


def written_email(composed: Composed, stamp: datetime) -> Parsed[bytes]:
    """The e-mail, in UTF-8, with what is said of one that is too long; nothing in it is dated."""
    html = render_email(composed.document, composed.style)
    return Parsed(html.encode(), too_long(html, composed))
