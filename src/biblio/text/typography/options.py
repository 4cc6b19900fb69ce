"""The knobs of typography that a style may set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Typography:
    """What sources differ on; the defaults are those of the ``cres`` style.

    ``guillemet_space`` is the space inside « »: no-break, or narrow no-break. ``range_dash`` joins the ends of a page
    range. ``ordinal_superscript`` raises the ending of 1er, 2e, XXIe.
    """

    guillemet_space: Literal["nbsp", "nnbsp"] = "nbsp"
    range_dash: Literal["hyphen", "en-dash"] = "hyphen"
    ordinal_superscript: bool = True
