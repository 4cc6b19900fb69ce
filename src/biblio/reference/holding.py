"""Where a documentation centre keeps a document: the place, the call number, and on what terms it lends it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# « CRES Marseille : PREV 12.3 (prêt 3 semaines) »: the place ends at the first colon with a blank behind it, so that a
# call number such as « 614:364 » stays whole.
_LINE = re.compile(r"(?:(?P<place>[^:]*+): )?(?P<call_number>.*?)(?: ?\((?P<terms>[^()]*+)\))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Holding:
    """One copy, or one place with copies; each part may be empty, but not all of them."""

    place: str = ""
    call_number: str = ""
    terms: str = ""

    def __str__(self) -> str:
        """The line as it is typed."""
        terms = f"({self.terms})" if self.terms else ""
        place = f"{self.place} :" if self.place else ""
        return " ".join(part for part in (place, self.call_number, terms) if part)


def parse_holding(line: str) -> Holding | None:
    """Reads ``Place : call number (terms)``, of which place and terms may be missing; ``None`` for a blank line."""
    line = " ".join(line.split())
    match = _LINE.fullmatch(line)
    found = (
        Holding((match["place"] or "").rstrip(), match["call_number"], match["terms"] or "") if line and match else None
    )
    return found if found != Holding() else None
