"""A legal text in one paragraph read backwards: « Loi n° 2016-41 du 26 janvier 2016 …, JORF n° 0022 du … »."""

from __future__ import annotations

import re

from biblio.importing.printed.notice import Reading
from biblio.importing.printed.sources import legal_fields
from biblio.importing.printed.whole import Whole

_LAW = re.compile(
    r"(?:loi|décret|arrêté|ordonnance|circulaire|instruction|directive|règlement|décision|note d'information)\b"
    r"(?:[^,.]{0,60}?\bn\s?[°º]|\s+(?:interministériel\w*\s+)?du\s+\d)",
    re.IGNORECASE,
)
_JOURNAL = re.compile(r"[\s,.(]+(?P<journal>(?:JORF|JO\b|Journal officiel|BO\b|Bulletin officiel|JOUE|JOCE).*)$")


def read_law(whole: Whole) -> Reading:
    """The notice by this grammar; its share is 0 when it does not begin as the title of a legal text."""
    reading = Reading("legislation")
    if not _LAW.match(whole.text):
        return reading
    journal = _JOURNAL.search(whole.text)
    title = whole.text[: journal.start()] if journal else whole.text
    reading.put({"title": title.strip(" ,.("), **whole.fields})
    if journal:
        found = legal_fields(journal["journal"].strip(" )."))
        reading.put(found)
        if not found:
            reading.left.append(journal["journal"])
    # Without its place in an official journal or an address, it may be a sentence that begins with a law.
    reading.share = 1.0 if journal or whole.fields else 0.5
    return reading
