"""The knobs of the citation grammar, which a style sets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What a style may choose.

    ``lang`` is the language of the terms. A list of at least ``et_al_min`` names is cut after ``et_al_use_first`` of
    them. ``displayed_url`` caps the characters that are printed of an address; the link itself stays whole.
    ``particles`` is ``kept`` before the family name, ``demoted`` behind the given name, or empty: as the grammar does.
    ``roles`` prints who translated, edited or prefaced a document where the grammar leaves it out. ``elements`` are
    those of a source, in the order of print; empty as the grammar has them. ``dates`` are in ``figures`` or ``words``
    there. ``capitals`` prints family names in capitals.
    """

    lang: str = "fr"
    et_al_min: int = 4
    et_al_use_first: int = 3
    displayed_url: int = 300
    particles: str = ""
    roles: bool = False
    elements: tuple[str, ...] = ()
    dates: str = "figures"
    capitals: bool = True
