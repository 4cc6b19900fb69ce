"""What no one would print: the layout takes a time and a memory that grow with the dossier."""

from __future__ import annotations

from biblio.dossier.select import Selection
from biblio.words.faults import Diagnostic, diagnose

MOST_NOTICES, MOST_HEADINGS = 5_000, 1_000


def beyond_measure(selection: Selection) -> tuple[Diagnostic, ...]:
    """The fault of a selection that is too large to be laid out (D119), if it is."""
    sections = [section for part in selection.parts for section in part.walk()]
    if sum(len(section.placements) for section in sections) <= MOST_NOTICES and len(sections) <= MOST_HEADINGS:
        return ()
    limits = {"notices": MOST_NOTICES, "headings": MOST_HEADINGS}
    return (diagnose("D119", selection.spec.span, **limits),)
