"""Where an annotation comes from: the closed vocabulary that documentation centres print in square brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Who wrote the text, or the text that it is drawn from."""

    PUBLISHER = "éditeur"
    AUTHOR = "auteur"
    DOCUMENTALIST = "documentaliste"


@dataclass(frozen=True, slots=True)
class Provenance:
    """``adapted`` is *d'après*: rewritten from that source; ``extract`` is *extrait*: only a part of its text."""

    source: Source
    adapted: bool = False
    extract: bool = False


_PROVENANCE = re.compile(
    r"(?P<extract>extrait\s+)?(?:(?:du\s+)?résumé\s+)?(?P<adapted>d['’]après\s+)?(?:de\s+)?(?:l['’]\s*)?"
    r"(?P<source>éditeur|auteur|documentaliste)s?",
    re.IGNORECASE,
)


def parse_provenance(value: str) -> Provenance | None:
    """Reads ``éditeur``, ``d'après auteur``, ``extrait résumé éditeur`` …; anything else gives ``None``."""
    match = _PROVENANCE.fullmatch(value.strip())
    if match is None:
        return None
    return Provenance(Source(match["source"].lower()), bool(match["adapted"]), bool(match["extract"]))
