"""The knobs of typography that a style may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# The spaces that a style may name.
SPACES: Mapping[str, str] = {"nbsp": "\u00a0", "nnbsp": "\u202f", "none": ""}
Space = Literal["", "nbsp", "nnbsp", "none"]


@dataclass(frozen=True, slots=True)
class Typography:
    """What sources differ on; the defaults are those of the ``cres`` style.

    ``guillemet_space`` is the space inside « », ``colon_space`` that before « : », ``punctuation_space`` that before
    « ; ! ? »; where one is empty, it is that of the variety of French. ``range_dash`` joins the ends of a page range.
    ``ordinal_superscript`` raises the ending of 1er, 2e, XXIe.
    """

    guillemet_space: Space = ""
    colon_space: Space = ""
    punctuation_space: Space = ""
    range_dash: Literal["hyphen", "en-dash"] = "hyphen"
    ordinal_superscript: bool = True
